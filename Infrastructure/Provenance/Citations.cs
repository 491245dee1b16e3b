using System.Text.Json;
using System.Text.Json.Nodes;
using Registry.Domain;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Documents;

namespace Registry.Infrastructure.Provenance;

/// <summary>
/// What a record cites, found in the record itself: in every list <c>sources</c>, wherever it stands, and in the member
/// <c>source</c> of a claim. So no kind of record has to know that sources are indexed.
/// </summary>
internal static class Citations
{
    private const string Member = "source";
    private const string List = "sources";
    private const string Text = "citation";

    /// <summary>Names the record in the index: <c>memberships/cica.kwt</c>.</summary>
    public static string KeyOf(RecordKind kind, string id) => $"{kind.Collection}/{id}";

    /// <summary>The record, with the words of each source it cites by id alone.</summary>
    /// <remarks>That the other sources are on record is seen to by the table of the index, which refers to them.</remarks>
    /// <exception cref="RuleBrokenException">A source is not on record.</exception>
    public static async Task<(string Record, IReadOnlyDictionary<string, int> Places)> ReadAsync(
        WriteSession session,
        string record
    )
    {
        // Most records cite by id or not at all; those that do not are never taken apart.
        if (!record.Contains($"\"{Member}\":", StringComparison.Ordinal))
        {
            return (record, new Dictionary<string, int>());
        }

        var whole = JsonNode.Parse(record)!.AsObject();
        var cited = In(whole).ToArray();
        var places = cited
            .GroupBy(citation => (string)citation[Member]!, StringComparer.Ordinal)
            .ToDictionary(citations => citations.Key, citations => citations.Count(), StringComparer.Ordinal);
        var wordless = cited.Where(citation => citation != whole && citation[Text] is null).ToArray();
        foreach (var citation in wordless)
        {
            var stored = await session.RequireAsync(SourceStore.Kind, (string)citation[Member]!);
            citation.Insert(0, Text, References.Read<SourceDocument>(stored).Citation!);
        }

        return (wordless.Length == 0 ? record : whole.ToJsonString(RegistryJson.Options), places);
    }

    /// <summary>Puts into the history which sources a record cited, and forgets it.</summary>
    public static async Task ArchiveAsync(WriteSession session, string key, DateTimeOffset now)
    {
        if (await session.ExecuteAsync(SourceSql.Citations.Archive, new { Id = key, Now = now }) > 0)
        {
            await session.ExecuteAsync(SourceSql.Citations.Delete, new { Id = key });
        }
    }

    /// <summary>Notes which sources a record cites.</summary>
    public static async Task NoteAsync(
        WriteSession session,
        RecordKind kind,
        string id,
        RecordRow main,
        IReadOnlyDictionary<string, int> places
    )
    {
        foreach (var (source, count) in places)
        {
            await session.ExecuteAsync(
                SourceSql.Citations.Insert,
                new CitationRow
                {
                    CitingRecord = KeyOf(kind, id),
                    SourceId = source,
                    Collection = kind.Collection,
                    CitingId = id,
                    Places = count,
                    Version = main.Version,
                    RecordedFrom = main.RecordedFrom,
                }
            );
        }
    }

    private static IEnumerable<JsonObject> In(JsonObject whole)
    {
        if (whole[Member] is JsonValue own && own.GetValueKind() == JsonValueKind.String)
        {
            // A claim: its value is what somebody says, and cites nothing.
            return [whole];
        }

        return Within(whole);
    }

    private static IEnumerable<JsonObject> Within(JsonNode? node) =>
        node switch
        {
            JsonArray items => items.SelectMany(Within),
            JsonObject members => members.SelectMany(member =>
                member is { Key: List, Value: JsonArray citations }
                    ? citations
                        .OfType<JsonObject>()
                        .Where(citation =>
                            citation[Member] is JsonValue source && source.GetValueKind() == JsonValueKind.String
                        )
                    : Within(member.Value)
            ),
            _ => [],
        };

    private sealed record CitationRow : RecordRow
    {
        public string CitingRecord { get; init; } = "";
        public string SourceId { get; init; } = "";
        public string Collection { get; init; } = "";
        public string CitingId { get; init; } = "";
        public int Places { get; init; }
    }
}
