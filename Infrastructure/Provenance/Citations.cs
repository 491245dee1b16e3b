using System.Text.Json;
using System.Text.Json.Nodes;
using Registry.Domain;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Documents;
using Registry.Infrastructure.Schema;

namespace Registry.Infrastructure.Provenance;

/// <summary>
/// What a record cites, found in the record itself: in every list <c>sources</c>, wherever it stands, and in the member
/// <c>source</c> of a claim. So no kind of record has to know that sources are indexed.
/// </summary>
internal sealed class Citations : RecordObserver
{
    private const string Member = "source";
    private const string List = "sources";
    private const string Text = "citation";

    /// <summary>Names the record in the index: <c>memberships/cica.kwt</c>.</summary>
    private static string KeyOf(RecordKind kind, string id) => $"{kind.Collection}/{id}";

    /// <summary>Adds the words of each source that a record cites by id alone.</summary>
    /// <remarks>The table of the index refers to the sources, so that the others are found to exist there.</remarks>
    /// <exception cref="RuleBrokenException">A source does not exist.</exception>
    public override async Task<string> CompleteAsync(WriteSession session, string record)
    {
        // Most records cite by id or not at all; those that do not are never taken apart.
        if (!MayCite(record))
        {
            return record;
        }

        var whole = JsonNode.Parse(record)!.AsObject();
        var wordless = In(whole).Where(citation => citation != whole && citation[Text] is null).ToArray();
        foreach (var citation in wordless)
        {
            var stored = await session.RequireAsync(SourceStore.Kind, (string)citation[Member]!);
            citation.Insert(0, Text, References.Read<SourceDocument>(stored).Citation!);
        }

        return wordless.Length == 0 ? record : whole.ToJsonString(RegistryJson.Options);
    }

    /// <summary>Archives which sources a record cited.</summary>
    public override async Task ArchivedAsync(WriteSession session, RecordKind kind, string id)
    {
        var key = KeyOf(kind, id);
        if (await session.ExecuteAsync(ProvenanceTables.Citations.Archive, new { Id = key, Now = session.Instant }) > 0)
        {
            await session.ExecuteAsync(ProvenanceTables.Citations.Delete, new { Id = key });
        }
    }

    /// <summary>Notes which sources a record cites.</summary>
    public override async Task WrittenAsync(WriteSession session, RecordKind kind, string id, RecordRow main)
    {
        foreach (var (source, count) in SourcesIn(main.Record))
        {
            await session.ExecuteAsync(
                ProvenanceTables.Citations.Insert,
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

    /// <summary>Requires each source that a record cites.</summary>
    public override async Task ExplainAsync(WriteSession session, string record)
    {
        foreach (var source in SourcesIn(record).Keys)
        {
            await session.RequireAsync(SourceStore.Kind, source);
        }
    }

    /// <summary>Lists the records that cite a source, claims included.</summary>
    public override Task<IReadOnlyList<string>> UsersAsync(WriteSession session, RecordKind kind, string id) =>
        kind == SourceStore.Kind
            ? session.QueryAsync<string>(SourceSql.Users, new { Id = id })
            : base.UsersAsync(session, kind, id);

    private static bool MayCite(string record) => record.Contains($"\"{Member}\":", StringComparison.Ordinal);

    /// <summary>The sources that a record cites, with the number of places of each.</summary>
    private static Dictionary<string, int> SourcesIn(string record) =>
        MayCite(record)
            ? In(JsonNode.Parse(record)!.AsObject())
                .GroupBy(citation => (string)citation[Member]!, StringComparer.Ordinal)
                .ToDictionary(citations => citations.Key, citations => citations.Count(), StringComparer.Ordinal)
            : [];

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
