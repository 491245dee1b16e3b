using Registry.Infrastructure.Records.Reading;
using Registry.Infrastructure.Schema;

namespace Registry.Infrastructure.Provenance;

internal static class SourceSql
{
    public static readonly ListSql List = ListSql.OfRecords(
        typeof(SourceFilters),
        ProvenanceTables.Sources,
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
        $"{ProvenanceTables.Citations} c",
        "c.CitingRecord",
        new Dictionary<string, Sql> { ["record"] = $"c.CitingRecord" },
        new Dictionary<string, Sql>
        {
            ["Source"] = $"c.SourceId = @Source",
            ["Collection"] = $"c.Collection = @Collection",
        }
    );

    /// <summary>Selects the records that cite a source, which prevent its deletion.</summary>
    public const string Users = """
        SELECT c.CitingRecord FROM Citation c WHERE c.SourceId = @Id ORDER BY c.CitingRecord
        """;

    /// <summary>Selects the sources that a record cites.</summary>
    public const string CitedBy = """
        SELECT c.SourceId, c.Places, c.Version FROM Citation c WHERE c.CitingRecord = @Id
        """;
}
