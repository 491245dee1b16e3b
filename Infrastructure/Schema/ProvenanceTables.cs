using Registry.Infrastructure.Records.Mapping;

namespace Registry.Infrastructure.Schema;

/// <summary>The tables of sources, citations and claims, each with its history table.</summary>
internal static class ProvenanceTables
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

    public static readonly RecordTable Claims = new(
        "Claim",
        "Id",
        "Collection",
        "SubjectId",
        "Field",
        "ValueKey",
        "SourceId",
        "Preferred",
        "Rival",
        "Record"
    )
    {
        Collection = "claims",
    };
}
