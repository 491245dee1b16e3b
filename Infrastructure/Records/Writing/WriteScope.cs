namespace Registry.Infrastructure.Records.Writing;

/// <summary>The records that an author may write.</summary>
/// <param name="Collections">The collections; null for all.</param>
/// <param name="Forums">The forums, with the records that belong to them; null for all records.</param>
public sealed record WriteScope(IReadOnlySet<string>? Collections, IReadOnlySet<string>? Forums)
{
    /// <summary>All records.</summary>
    public static readonly WriteScope All = new(null, null);

    /// <summary>True when the scope limits anything.</summary>
    public bool IsLimited => Collections is not null || Forums is not null;

    /// <summary>Checks a collection.</summary>
    /// <exception cref="Domain.ForbiddenException">The collection is outside the scope.</exception>
    public void Check(string collection)
    {
        if (Collections?.Contains(collection) == false)
        {
            throw new Domain.ForbiddenException(
                $"The scope of the key does not include {collection}; it includes {string.Join(", ", Collections.Order())}."
            );
        }
    }

    /// <summary>Checks the forum to which a record belongs.</summary>
    /// <param name="noun">The word for the record.</param>
    /// <param name="forum">The forum; null when the record belongs to none.</param>
    /// <exception cref="Domain.ForbiddenException">The record is outside the scope.</exception>
    public void Check(string noun, string? forum)
    {
        if (Forums is null || (forum is not null && Forums.Contains(forum)))
        {
            return;
        }

        var scope = string.Join(", ", Forums.Order());
        throw new Domain.ForbiddenException(
            forum is null
                ? $"The {noun} belongs to no forum, and the scope of the key is {scope}."
                : $"The {noun} belongs to {forum}, and the scope of the key is {scope}."
        );
    }
}
