using Registry.Infrastructure.Records;

namespace Registry.Infrastructure.Changes;

/// <summary>A record whose changes are followed, with those of the records that belong to it.</summary>
public sealed record ChangeSubject
{
    private ChangeSubject(string collection, string id) => (Collection, Id) = (collection, id);

    /// <summary>The collections that changes are of.</summary>
    public static IReadOnlyList<string> Collections { get; } = [.. RecordKinds.All.Select(kind => kind.Collection)];

    /// <summary>The collection: <c>forums</c>.</summary>
    public string Collection { get; }

    /// <summary>The id in the collection: <c>CICA</c>, <c>CICA/secretariat</c>, <c>cica.kaz</c>.</summary>
    public string Id { get; }

    /// <summary>Reads <c>forums/CICA</c>, in either case as in paths; null where no such collection is.</summary>
    public static ChangeSubject? Find(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || slash == text.Length - 1 || !Collections.Contains(text[..slash], StringComparer.Ordinal))
        {
            return null;
        }

        var (collection, id) = (text[..slash], text[(slash + 1)..]);
        return new(
            collection,
            collection switch
            {
                "forums" or "states" => id.ToUpperInvariant(),
                "bodies" when id.Split('/') is [var forum, var code] =>
                    $"{forum.ToUpperInvariant()}/{code.ToLowerInvariant()}",
                _ => id.ToLowerInvariant(),
            }
        );
    }
}
