using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Models;

namespace Registry.Infrastructure.Schema;

/// <summary>The tables of meetings, documents and outcomes, each with its history table.</summary>
internal static class MeetingTables
{
    public static readonly RecordTable Documents = new(
        "Document",
        "Id",
        ["Symbol", "Kind", "ForumCode", "BodyId", "Status", "Name", "SortName", .. PeriodRow.Columns, "Record"]
    )
    {
        Collection = "documents",
        References = new Dictionary<string, string> { ["ForumCode"] = "forums", ["BodyId"] = "bodies" },
    };

    public static readonly RecordTable Steps = new(
        "DocumentStep",
        "DocumentId",
        ["Position", "Status", "MeetingId", "OnText", .. PeriodRow.Columns]
    )
    {
        Collection = "documents",
        References = new Dictionary<string, string> { ["MeetingId"] = "meetings" },
    };

    public static readonly RecordTable Relations = new("DocumentRelation", "DocumentId", "Position", "Kind", "TargetId")
    {
        Collection = "documents",
        References = new Dictionary<string, string> { ["TargetId"] = "documents" },
    };

    public static readonly RecordTable DocumentFulfilments = new(
        "DocumentFulfilment",
        "DocumentId",
        "Position",
        "FulfilledId",
        "Step"
    )
    {
        Collection = "documents",
        References = new Dictionary<string, string> { ["FulfilledId"] = "outcomes" },
    };

    public static readonly RecordTable Outcomes = new(
        "Outcome",
        "Id",
        ["MeetingId", "AgendaItem", "Verb", "DocumentId", "Name", "FollowUp", "DueText", .. PeriodRow.Columns, "Record"]
    )
    {
        Collection = "outcomes",
        References = new Dictionary<string, string> { ["MeetingId"] = "meetings", ["DocumentId"] = "documents" },
    };

    public static readonly RecordTable Subjects = new(
        "OutcomeSubject",
        "OutcomeId",
        ["Position", "Role", .. SubjectRow.Columns]
    )
    {
        Collection = "outcomes",
        References = new Dictionary<string, string>
        {
            ["StateCode"] = "states",
            ["ForumCode"] = "forums",
            ["BodyId"] = "bodies",
            ["MinisterId"] = "ministers",
        },
    };

    public static readonly RecordTable OutcomeFulfilments = new(
        "OutcomeFulfilment",
        "OutcomeId",
        "Position",
        "FulfilledId"
    )
    {
        Collection = "outcomes",
        References = new Dictionary<string, string> { ["FulfilledId"] = "outcomes" },
    };

    public static readonly RecordTable Meetings = new(
        "Meeting",
        "Id",
        [
            "ForumCode",
            "BodyId",
            "Kind",
            "Format",
            "Mode",
            "Ordinal",
            "Status",
            "Name",
            "SortName",
            "Country",
            "Host",
            "MarginsOf",
            "ChairState",
            "ChairForum",
            "ChairMinister",
            .. PeriodRow.Columns,
            "Record",
        ]
    )
    {
        Collection = "meetings",
        References = new Dictionary<string, string>
        {
            ["ForumCode"] = "forums",
            ["BodyId"] = "bodies",
            ["Country"] = "states",
            ["Host"] = "states",
            ["ChairState"] = "states",
            ["ChairForum"] = "forums",
            ["ChairMinister"] = "ministers",
            ["MarginsOf"] = "meetings",
        },
    };

    public static readonly RecordTable Participants = new(
        "MeetingParticipant",
        "MeetingId",
        "Position",
        "StateCode",
        "ForumCode",
        "BodyId",
        "MinisterId",
        "Capacity"
    )
    {
        Collection = "meetings",
        References = new Dictionary<string, string>
        {
            ["StateCode"] = "states",
            ["ForumCode"] = "forums",
            ["BodyId"] = "bodies",
            ["MinisterId"] = "ministers",
        },
    };
}
