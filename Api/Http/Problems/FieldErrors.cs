namespace Registry.Api.Http.Problems;

/// <summary>The request is invalid; <see cref="Errors"/> lists every invalid field.</summary>
internal sealed class InvalidRequestException(IReadOnlyDictionary<string, string[]> errors)
    : Exception("The request is not valid.")
{
    public IReadOnlyDictionary<string, string[]> Errors { get; } = errors;

    public static InvalidRequestException Of(string field, string sentence) =>
        new(new Dictionary<string, string[]> { [field] = [sentence] });
}

/// <summary>
/// Collects the errors of a request, so that the response names every invalid field. A field keeps its first error,
/// since later ones may only follow from it.
/// </summary>
internal sealed class FieldErrors
{
    private const int MaxFields = 100;
    private const int MaxNameLength = 120;
    private readonly SortedDictionary<string, string[]> _errors = new(StringComparer.Ordinal);

    /// <summary>The errors, by field.</summary>
    public IReadOnlyDictionary<string, string[]> Found => _errors;

    public bool Any => _errors.Count > 0;

    public void Add(string field, string sentence)
    {
        if (_errors.Count < MaxFields)
        {
            _errors.TryAdd(field.Length <= MaxNameLength ? field : field[..MaxNameLength] + "…", [sentence]);
        }
    }

    /// <exception cref="InvalidRequestException">There are errors.</exception>
    public void ThrowIfAny()
    {
        if (Any)
        {
            throw new InvalidRequestException(_errors);
        }
    }
}
