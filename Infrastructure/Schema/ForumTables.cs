using Registry.Infrastructure.Records.Mapping;

namespace Registry.Infrastructure.Schema;

/// <summary>The tables of forums, bodies, memberships and chairmanships, each with its history table.</summary>
internal static class ForumTables
{
    public static readonly RecordTable Memberships = new(
        "Membership",
        "Id",
        "ForumCode",
        "MemberKind",
        "MemberCode",
        "StateCode",
        "MemberForumCode",
        "Record"
    )
    {
        Collection = "memberships",
        References = new Dictionary<string, string>
        {
            ["ForumCode"] = "forums",
            ["StateCode"] = "states",
            ["MemberForumCode"] = "forums",
        },
    };

    public static readonly RecordTable Standings = new(
        "Standing",
        "MembershipId",
        ["Id", "ForumCode", "Position", "Kind", "FromText", "UntilText", .. PeriodRow.Columns]
    )
    {
        Collection = "memberships",
    };

    public static readonly RecordTable Forums = new(
        "Forum",
        "Code",
        ["Name", "SortName", "SeatCountry", .. PeriodRow.Columns, "Record"]
    )
    {
        Collection = "forums",
        References = new Dictionary<string, string> { ["SeatCountry"] = "states" },
    };

    public static readonly RecordTable Identifiers = new("ForumIdentifier", "ForumCode", "Position", "Scheme", "Value")
    {
        Collection = "forums",
    };

    public static readonly RecordTable Predecessors = new(
        "ForumPredecessor",
        "ForumCode",
        "Position",
        "PredecessorCode"
    )
    {
        Collection = "forums",
        References = new Dictionary<string, string> { ["PredecessorCode"] = "forums" },
    };

    public static readonly RecordTable Stages = new(
        "ForumStage",
        "ForumCode",
        ["Position", "Nature", .. PeriodRow.Columns]
    )
    {
        Collection = "forums",
    };

    public static readonly RecordTable Bodies = new(
        "Body",
        "Id",
        ["ForumCode", "Code", "ParentId", "Kind", "Name", "SortName", "SeatCountry", .. PeriodRow.Columns, "Record"]
    )
    {
        Collection = "bodies",
        References = new Dictionary<string, string>
        {
            ["ForumCode"] = "forums",
            ["ParentId"] = "bodies",
            ["SeatCountry"] = "states",
        },
    };

    public static readonly RecordTable Chairmanships = new(
        "Chairmanship",
        "Id",
        [
            "ForumCode",
            "BodyId",
            "ChairKind",
            "ChairCode",
            "StateCode",
            "ChairForumCode",
            "HandoverId",
            "FromText",
            "UntilText",
            .. PeriodRow.Columns,
            "Record",
        ]
    )
    {
        Collection = "chairmanships",
        References = new Dictionary<string, string>
        {
            ["ForumCode"] = "forums",
            ["BodyId"] = "bodies",
            ["StateCode"] = "states",
            ["ChairForumCode"] = "forums",
            ["HandoverId"] = "meetings",
        },
    };
}
