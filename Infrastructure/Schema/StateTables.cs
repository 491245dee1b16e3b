using Registry.Infrastructure.Records.Mapping;

namespace Registry.Infrastructure.Schema;

/// <summary>The tables of states, each with its history table.</summary>
internal static class StateTables
{
    public static readonly RecordTable Identifiers = new("StateIdentifier", "StateCode", "Position", "Scheme", "Value")
    {
        Collection = "states",
    };

    public static readonly RecordTable Predecessors = new(
        "StatePredecessor",
        "StateCode",
        "Position",
        "PredecessorCode"
    )
    {
        Collection = "states",
        References = new Dictionary<string, string> { ["PredecessorCode"] = "states" },
    };

    public static readonly RecordTable States = new(
        "State",
        "Code",
        ["Name", "SortName", "Region", .. PeriodRow.Columns, "Record"]
    )
    {
        Collection = "states",
    };
}
