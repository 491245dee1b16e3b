namespace Registry.Api.Pipeline;

/// <summary>The request cannot be understood; <see cref="Errors"/> lists every field at fault.</summary>
internal sealed class InvalidRequestException(IReadOnlyDictionary<string, string[]> errors)
    : Exception("The request is not valid.")
{
    public IReadOnlyDictionary<string, string[]> Errors { get; } = errors;

    public static InvalidRequestException Of(string field, string sentence) =>
        new(new Dictionary<string, string[]> { [field] = [sentence] });
}

/// <summary>Collects what is wrong with a request, field by field, so that the caller hears of everything at once.</summary>
internal sealed class FieldErrors
{
    private const int MostFields = 100;
    private const int LongestName = 120;
    private readonly SortedDictionary<string, List<string>> _errors = new(StringComparer.Ordinal);

    public void Add(string field, string sentence)
    {
        var name = field.Length <= LongestName ? field : field[..LongestName] + "…";
        if (_errors.TryGetValue(name, out var sentences))
        {
            if (!sentences.Contains(sentence))
            {
                sentences.Add(sentence);
            }
        }
        else if (_errors.Count < MostFields)
        {
            _errors.Add(name, [sentence]);
        }
    }

    public bool Has(string field) => _errors.ContainsKey(field);

    public bool Any => _errors.Count > 0;

    /// <exception cref="InvalidRequestException">Something was added.</exception>
    public void ThrowIfAny()
    {
        if (Any)
        {
            throw new InvalidRequestException(_errors.ToDictionary(error => error.Key, error => error.Value.ToArray()));
        }
    }
}
