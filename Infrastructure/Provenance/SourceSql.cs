using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Documents;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Provenance;

internal static class SourceSql
{
    public static readonly RecordTable Sources = new(
        "Source",
        "Id",
        ["Title", "SortName", "Url", "Language", "Kind", "Reliability", .. PeriodRow.Columns, "Record"]
    );

    public static readonly ListSql List = new(
        typeof(SourceFilters),
        "s.Record",
        "Source s",
        "s.Id",
        new Dictionary<string, string>
        {
            ["id"] = "s.Id",
            ["title"] = "s.SortName",
            ["published"] = "s.FromEarliest",
        },
        new Dictionary<string, string>
        {
            ["Kind"] = "s.Kind = @Kind",
            ["Language"] = "s.Language = @Language",
            ["Reliability"] = "s.Reliability = @Reliability",
            ["Url"] = "s.Url = @Url",
            ["Within"] = "s.FromEarliest <= @WithinLast AND s.UntilLatest >= @WithinFirst",
        }
    );

    /// <summary>
    /// Which records cite which sources, and how often: an index of what stands in the records of every collection.
    /// </summary>
    public static readonly RecordTable Citations = new(
        "Citation",
        "CitingRecord",
        "SourceId",
        "Collection",
        "CitingId",
        "Places"
    );

    public static readonly ListSql Citing = new(
        typeof(CitationFilters),
        "c.Collection, c.CitingId, c.Places",
        "Citation c",
        "c.CitingRecord",
        new Dictionary<string, string> { ["record"] = "c.CitingRecord" },
        new Dictionary<string, string>
        {
            ["Source"] = "c.SourceId = @Source",
            ["Collection"] = "c.Collection = @Collection",
        }
    );

    /// <summary>What keeps a source on record.</summary>
    public const string Users = """
        SELECT c.CitingRecord FROM Citation c WHERE c.SourceId = @Id ORDER BY c.CitingRecord
        """;
}
