namespace Registry.Domain.Provenance;

/// <summary>
/// The path of a value in a record, as a JSON Pointer (RFC 6901): <c>/standings/0/from</c>. The whole record is not a
/// field.
/// </summary>
public sealed record ClaimedField
{
    /// <summary>The pattern of a pointer into a record.</summary>
    public const string Pattern = "^(/([^/~]|~[01])*)+$";

    /// <summary>The message for another format.</summary>
    public const string Sentence = "It is a JSON Pointer into the record, such as /standings/0/from.";

    /// <summary>The maximum number of characters.</summary>
    public const int MaxLength = 200;

    /// <exception cref="IllegalValueException">The text is not a pointer into a record.</exception>
    public ClaimedField(string pointer)
    {
        if (pointer.Length > MaxLength || !pointer.StartsWith('/') || HasOpenEscape(pointer))
        {
            throw new IllegalValueException("field", Sentence);
        }

        Pointer = pointer;
        Steps =
        [
            .. pointer[1..]
                .Split('/')
                .Select(step =>
                    step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)
                ),
        ];
    }

    /// <summary>The text of the pointer.</summary>
    public string Pointer { get; }

    /// <summary>The names of members and the indexes of lists on the path to the value, the outermost first.</summary>
    public IReadOnlyList<string> Steps { get; }

    /// <inheritdoc/>
    public bool Equals(ClaimedField? other) => other is not null && other.Pointer == Pointer;

    /// <inheritdoc/>
    public override int GetHashCode() => Pointer.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Pointer;

    private static bool HasOpenEscape(string pointer)
    {
        for (var at = pointer.IndexOf('~'); at >= 0; at = pointer.IndexOf('~', at + 1))
        {
            if (at + 1 == pointer.Length || pointer[at + 1] is not ('0' or '1'))
            {
                return true;
            }
        }

        return false;
    }
}
