using Registry.Infrastructure.Records.Mapping;

namespace Registry.Infrastructure.Schema;

/// <summary>The tables of ministers, posts and appointments, each with its history table.</summary>
internal static class MinisterTables
{
    public static readonly RecordTable Posts = new(
        "Post",
        "Id",
        [
            "Kind",
            "StateCode",
            "ForumCode",
            "BodyId",
            "AccreditedTo",
            "SingleHolder",
            "Name",
            "SortName",
            .. PeriodRow.Columns,
            "Record",
        ]
    )
    {
        Collection = "posts",
        References = new Dictionary<string, string>
        {
            ["StateCode"] = "states",
            ["BodyId"] = "bodies",
            ["AccreditedTo"] = "forums",
        },
    };

    public static readonly RecordTable Appointments = new(
        "Appointment",
        "Id",
        ["PostId", "MinisterId", "Acting", "FromText", "UntilText", .. PeriodRow.Columns, "Record"]
    )
    {
        Collection = "appointments",
        References = new Dictionary<string, string> { ["PostId"] = "posts", ["MinisterId"] = "ministers" },
    };

    public static readonly RecordTable Ministers = new(
        "Minister",
        "Id",
        ["Name", "SortName", .. PeriodRow.Columns, "Record"]
    )
    {
        Collection = "ministers",
    };

    public static readonly RecordTable Identifiers = new(
        "MinisterIdentifier",
        "MinisterId",
        "Position",
        "Scheme",
        "Value"
    )
    {
        Collection = "ministers",
    };
}
