using Registry.Infrastructure.Records;

namespace Registry.Infrastructure.Changes;

/// <summary>A record whose changes are listed together with those of the records that belong to it.</summary>
public sealed record ChangeSubject
{
    private ChangeSubject(string collection, string id) => (Collection, Id) = (collection, id);

    /// <summary>The collections that have changes.</summary>
    public static IReadOnlyList<string> Collections { get; } = RecordKinds.Collections;

    /// <summary>The collection: <c>forums</c>.</summary>
    public string Collection { get; }

    /// <summary>The id in the collection: <c>CICA</c>, <c>CICA/secretariat</c>, <c>cica.kaz</c>.</summary>
    public string Id { get; }

    /// <summary>
    /// Parses <c>forums/CICA</c>, in any case, as paths are; null when the collection does not exist.
    /// </summary>
    public static ChangeSubject? Find(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 || slash == text.Length - 1 || RecordKinds.Find(text[..slash]) is not { } kind
            ? null
            : new(kind.Collection, kind.Cased(text[(slash + 1)..]));
    }
}
