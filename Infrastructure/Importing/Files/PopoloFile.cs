using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Tables;

namespace Registry.Infrastructure.Importing.Files;

/// <summary>Reads a Popolo document.</summary>
/// <remarks>
/// Persons become ministers; organizations become forums and bodies; posts become posts; memberships with a post or a
/// role become appointments. What the registry has no field for is left out, and reported.
/// </remarks>
public sealed class PopoloFile
{
    /// <summary>
    /// The maximum size of a document, in bytes: it is read as a whole, because its parts refer to each other in any
    /// order.
    /// </summary>
    private const int MaxBytes = 64 * 1024 * 1024;

    private static readonly string[] Lists = ["persons", "organizations", "posts", "memberships"];

    private readonly RegistryDatabase _database;

    internal PopoloFile(RegistryDatabase database) => _database = database;

    /// <summary>Reads the rows of a document.</summary>
    /// <param name="file">The document.</param>
    /// <param name="state">
    /// The state of the legislature and government that it describes, or null when it is not given.
    /// </param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="UnreadableFileException">It is not a Popolo document, or too large.</exception>
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
                new(Refusal.Unreadable, $"It has invalid Unicode in line {line}: a lone surrogate, as an escape.")
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
                ?? throw new UnreadableFileException(new(Refusal.Unreadable, "It is not a JSON object."));
        }
        catch (JsonException broken)
        {
            throw new UnreadableFileException(
                new(
                    Refusal.Unreadable,
                    $"It is not valid JSON: line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1}."
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
        return reading.Rows(await OnRecordAsync(reading.DerivedPosts, cancellationToken));
    }

    /// <exception cref="UnreadableFileException">It is too large.</exception>
    private static async Task<byte[]> ReadAsync(Stream file, CancellationToken cancellationToken)
    {
        using var text = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; (read = await file.ReadAsync(buffer, cancellationToken)) > 0; )
        {
            text.Write(buffer, 0, read);
            if (text.Length > MaxBytes)
            {
                throw new UnreadableFileException(
                    new(
                        "too-large",
                        $"A Popolo document has at most {MaxBytes} bytes. Send a larger one as newline-delimited JSON."
                    )
                );
            }
        }

        return text.ToArray();
    }

    /// <summary>Finds the ministers on record with an identifier of a person, by the id of the person.</summary>
    private async Task<Dictionary<string, string[]>> KnownAsync(
        JsonObject document,
        CancellationToken cancellationToken
    )
    {
        var known = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var person in PopoloJson.Of(document, "persons"))
        {
            var found = new SortedSet<string>(StringComparer.Ordinal);
            foreach (var (scheme, value) in PopoloJson.IdentifiersOf(person))
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

            if (found.Count > 0 && PopoloJson.Text(person, "id") is { } id)
            {
                known[id] = [.. found];
            }
        }

        return known;
    }

    /// <summary>Finds the posts that are on record: they stay unchanged.</summary>
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
