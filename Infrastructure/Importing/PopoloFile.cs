using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Tables;

namespace Registry.Infrastructure.Importing;

/// <summary>
/// A Popolo document: persons become ministers, organizations forums and bodies, posts posts, and memberships in posts, or
/// with a role, appointments. What Popolo says and the registry has no place for is left out, and that is said.
/// </summary>
public sealed class PopoloFile
{
    /// <summary>The largest document, in bytes: it is read whole, since its parts name each other in any order.</summary>
    private const int Longest = 64 * 1024 * 1024;

    private static readonly string[] Lists = ["persons", "organizations", "posts", "memberships"];

    private readonly RegistryDatabase _database;

    internal PopoloFile(RegistryDatabase database) => _database = database;

    /// <summary>The rows of a document.</summary>
    /// <param name="file">The document.</param>
    /// <param name="state">The state whose legislature and government it describes; null where that is not said.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="UnreadableFileException">It is no Popolo document, or too large.</exception>
    internal async Task<IEnumerable<ImportedRow>> RowsAsync(
        Stream file,
        string? state,
        CancellationToken cancellationToken
    )
    {
        var text = await ReadAsync(file, cancellationToken);
        if (JsonText.FindBroken(text) is { } place)
        {
            var line = 1 + text.AsSpan(0, (int)place).Count((byte)'\n');
            throw new UnreadableFileException(
                new(
                    Refusal.Unreadable,
                    $"It has broken Unicode in line {line}: half of a surrogate pair, as an escape."
                )
            );
        }

        JsonObject document;
        try
        {
            var node = JsonNode.Parse(
                text,
                documentOptions: new JsonDocumentOptions { MaxDepth = 40, AllowDuplicateProperties = false }
            );
            document =
                node as JsonObject
                ?? throw new UnreadableFileException(new(Refusal.Unreadable, "It is no JSON object."));
        }
        catch (JsonException broken)
        {
            throw new UnreadableFileException(
                new(
                    Refusal.Unreadable,
                    $"It is not JSON: line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1}."
                )
            );
        }

        if (!Lists.Any(list => document[list] is JsonArray))
        {
            throw new UnreadableFileException(
                new(Refusal.Unreadable, $"It has none of the lists {string.Join(", ", Lists)}.")
            );
        }

        var reading = new PopoloDocument(document, state, await KnownAsync(document, cancellationToken));
        return reading.Rows(await OnRecordAsync(reading.MadePosts, cancellationToken));
    }

    /// <exception cref="UnreadableFileException">It is too large.</exception>
    private static async Task<byte[]> ReadAsync(Stream file, CancellationToken cancellationToken)
    {
        using var text = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; (read = await file.ReadAsync(buffer, cancellationToken)) > 0; )
        {
            text.Write(buffer, 0, read);
            if (text.Length > Longest)
            {
                throw new UnreadableFileException(
                    new(
                        "too-large",
                        $"A Popolo document has at most {Longest} bytes. Send what is larger as lines of JSON."
                    )
                );
            }
        }

        return text.ToArray();
    }

    /// <summary>The ministers on record that have an identifier of a person, by the id of that.</summary>
    private async Task<Dictionary<string, string[]>> KnownAsync(
        JsonObject document,
        CancellationToken cancellationToken
    )
    {
        var known = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var person in PopoloDocument.Of(document, "persons"))
        {
            var found = new SortedSet<string>(StringComparer.Ordinal);
            foreach (var (scheme, value) in PopoloDocument.IdentifiersOf(person))
            {
                found.UnionWith(
                    await _database.ReadAsync(
                        connection =>
                            connection.QueryAsync<string>(
                                RecordKinds.Of("ministers").Identifiers!.Identified,
                                new { Scheme = scheme, Value = value }
                            ),
                        cancellationToken
                    )
                );
            }

            if (found.Count > 0 && PopoloDocument.Text(person, "id") is { } id)
            {
                known[id] = [.. found];
            }
        }

        return known;
    }

    /// <summary>Those of the posts that are on record: they stay as they are there.</summary>
    private async Task<HashSet<string>> OnRecordAsync(IEnumerable<string> posts, CancellationToken cancellationToken)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var post in posts)
        {
            found.UnionWith(
                await _database.ReadAsync(
                    connection => connection.QueryAsync<string>(ImportSql.PostOnRecord, new { Id = post }),
                    cancellationToken
                )
            );
        }

        return found;
    }
}
