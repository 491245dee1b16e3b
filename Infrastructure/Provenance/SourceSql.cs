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
    )
    {
        Collection = "sources",
    };

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

    public static readonly ListSql List = ListSql.OfRecords(
        typeof(SourceFilters),
        Sources,
        "s",
        new Dictionary<string, Sql>
        {
            ["id"] = $"s.Id",
            ["title"] = $"s.SortName",
            ["published"] = $"s.FromEarliest",
        },
        new Dictionary<string, Sql>
        {
            ["Kind"] = $"s.Kind {Sql.In("Kind")}",
            ["Language"] = $"s.Language {Sql.In("Language")}",
            ["Reliability"] = $"s.Reliability {Sql.In("Reliability")}",
            ["Url"] = $"s.Url = @Url",
            ["Within"] = $"s.FromEarliest <= @WithinLast AND s.UntilLatest >= @WithinFirst",
        }
    );

    public static readonly ListSql Citing = new(
        typeof(CitationFilters),
        $"c.Collection, c.CitingId, c.Places",
        $"{Citations} c",
        "c.CitingRecord",
        new Dictionary<string, Sql> { ["record"] = $"c.CitingRecord" },
        new Dictionary<string, Sql>
        {
            ["Source"] = $"c.SourceId = @Source",
            ["Collection"] = $"c.Collection = @Collection",
        }
    );

    /// <summary>What keeps a source on record.</summary>
    public const string Users = """
        SELECT c.CitingRecord FROM Citation c WHERE c.SourceId = @Id ORDER BY c.CitingRecord
        """;
}
