using System.Text.Json;
using System.Text.Json.Nodes;
using Registry.Domain;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Writing;
using Registry.Infrastructure.Schema;

namespace Registry.Infrastructure.Provenance;

/// <summary>
/// Finds the sources that a record cites: in every list <c>sources</c>, at any depth, and in the member <c>source</c>
/// of a claim.
/// </summary>
/// <remarks>So the kinds of records do not depend on the index of sources.</remarks>
internal sealed class Citations : RecordObserver
{
    private const string Member = "source";
    private const string List = "sources";
    private const string Text = "citation";

    /// <summary>Gets the name of the record in the index: <c>memberships/cica.kwt</c>.</summary>
    private static string KeyOf(RecordKind kind, string id) => $"{kind.Collection}/{id}";

    /// <summary>Adds the text of each source that a record cites only by id.</summary>
    /// <remarks>The other sources are validated by the foreign key of the table of the index.</remarks>
    /// <exception cref="RuleBrokenException">A source does not exist.</exception>
    public override async Task<string> CompleteAsync(WriteSession session, string record)
    {
        // Most records have no source without its text; those that cannot have one are not parsed.
        if (!MayCite(record))
        {
            return record;
        }

        var whole = JsonNode.Parse(record)!.AsObject();
        var wordless = In(whole).Where(citation => citation != whole && citation[Text] is null).ToArray();
        foreach (var citation in wordless)
        {
            var stored = await session.RequireAsync(SourceStore.Kind, (string)citation[Member]!);
            citation.Insert(0, Text, References.Read<SourceModel>(stored).Citation!);
        }

        return wordless.Length == 0 ? record : whole.ToJsonString(RegistryJson.Options);
    }

    /// <summary>Archives the sources that a record cited.</summary>
    public override async Task ArchivedAsync(WriteSession session, RecordKind kind, string id)
    {
        var key = KeyOf(kind, id);
        await session.DeferAsync(ProvenanceTables.Citations.Archive, new { Id = key, Now = session.Instant });
        await session.DeferAsync(ProvenanceTables.Citations.Delete, new { Id = key });
    }

    /// <summary>Stores the sources that a record cites.</summary>
    public override async Task WrittenAsync(WriteSession session, RecordKind kind, string id, RecordRow main)
    {
        foreach (var (source, count) in SourcesIn(main.Record))
        {
            await session.DeferAsync(
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

    /// <summary>True when the index has the sources that a current record cites, and no other ones.</summary>
    internal static async Task<bool> AreCurrentAsync(WriteSession session, RecordKind kind, StoredRecord stored)
    {
        var held = await session.QueryAsync<CitationRow>(SourceSql.CitedBy, new { Id = KeyOf(kind, stored.Id) });
        var cited = SourcesIn(stored.Record);
        return held.Count == cited.Count
            && held.All(row => row.Version == stored.Version && cited.GetValueOrDefault(row.SourceId) == row.Places);
    }

    /// <summary>Validates that each source that a record cites exists.</summary>
    public override async Task ExplainAsync(WriteSession session, string record)
    {
        foreach (var source in SourcesIn(record).Keys)
        {
            await session.RequireAsync(SourceStore.Kind, source);
        }
    }

    /// <summary>The records that cite a source, claims included.</summary>
    public override ReadAhead? UsersOf(RecordKind kind, string id) =>
        kind == SourceStore.Kind ? new(SourceSql.Users, new { Id = id }) : null;

    private static bool MayCite(string record) => record.Contains($"\"{Member}\":", StringComparison.Ordinal);

    /// <summary>Lists the sources that a record cites, with the number of citations of each.</summary>
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
            // The value of a claim is a statement of its source and cites nothing.
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
