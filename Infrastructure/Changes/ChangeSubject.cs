using Registry.Infrastructure.Records;

namespace Registry.Infrastructure.Changes;

/// <summary>A record whose changes are followed, with those of the records that belong to it.</summary>
public sealed record ChangeSubject
{
    private ChangeSubject(string collection, string id) => (Collection, Id) = (collection, id);

    /// <summary>The collections that changes are of.</summary>
    public static IReadOnlyList<string> Collections { get; } = RecordKinds.Collections;

    /// <summary>The collection: <c>forums</c>.</summary>
    public string Collection { get; }

    /// <summary>The id in the collection: <c>CICA</c>, <c>CICA/secretariat</c>, <c>cica.kaz</c>.</summary>
    public string Id { get; }

    /// <summary>Reads <c>forums/CICA</c>, in either case as in paths; null where no such collection is.</summary>
    public static ChangeSubject? Find(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 || slash == text.Length - 1 || RecordKinds.Find(text[..slash]) is not { } kind
            ? null
            : new(kind.Collection, kind.Cased(text[(slash + 1)..]));
    }
}
