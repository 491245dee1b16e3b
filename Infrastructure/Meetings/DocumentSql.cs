using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Reading;
using Registry.Infrastructure.Schema;

namespace Registry.Infrastructure.Meetings;

internal static class DocumentSql
{
    public static readonly RecordParents Parents = new(
        "Document",
        "Id",
        "",
        ("forums", "r.ForumCode"),
        ("bodies", "r.BodyId")
    );

    private static readonly Sql HasStep = $"EXISTS (SELECT 1 FROM {MeetingTables.Steps} s WHERE s.DocumentId = d.Id";

    public static readonly ListSql List = ListSql.OfRecords(
        typeof(DocumentFilters),
        MeetingTables.Documents,
        "d",
        new Dictionary<string, Sql>
        {
            ["id"] = $"d.Id",
            ["name"] = $"d.SortName",
            ["date"] = $"d.FromEarliest",
        },
        new Dictionary<string, Sql>
        {
            ["Forum"] = $"d.ForumCode {Sql.In("Forum")}",
            ["Body"] = $"d.BodyId = @Body",
            ["BodyCode"] =
                $"EXISTS (SELECT 1 FROM {ForumTables.Bodies} b WHERE b.Id = d.BodyId AND b.Code = @BodyCode)",
            ["Kind"] = $"d.Kind {Sql.In("Kind")}",
            ["Symbol"] = $"d.Symbol = @Symbol",
            ["Status"] = $"d.Status {Sql.In("Status")}",
            // A document has the status of its last step until it has certainly taken the next one.
            ["StatusOn"] = $"""
            {HasStep} AND s.Status {Sql.In("StatusOn")} AND s.FromEarliest <= @OnLast
            AND NOT EXISTS (SELECT 1 FROM {MeetingTables.Steps} l
            WHERE l.DocumentId = s.DocumentId AND l.Position > s.Position AND l.FromLatest <= @OnFirst))
            """,
            ["On"] = $"{HasStep} AND s.FromEarliest <= @OnLast)",
            ["Within"] = $"{HasStep} AND s.FromEarliest <= @WithinLast AND s.UntilLatest >= @WithinFirst)",
            ["Meeting"] = $"{HasStep} AND s.MeetingId = @Meeting)",
            ["StatusAt"] = $"{HasStep} AND s.MeetingId = @Meeting AND s.Status {Sql.In("StatusAt")})",
            ["AdoptedAt"] = $"{HasStep} AND s.MeetingId = @AdoptedAt AND s.Status = 'adopted')",
            ["DiscussedAt"] = $"{HasStep} AND s.MeetingId = @DiscussedAt AND s.Status = 'discussed')",
            ["SignedAt"] = $"{HasStep} AND s.MeetingId = @SignedAt AND s.Status = 'signed')",
            ["RelatedTo"] = $"""
            EXISTS (SELECT 1 FROM {MeetingTables.Relations} r
            WHERE (r.DocumentId = d.Id AND r.TargetId = @RelatedTo)
               OR (r.DocumentId = @RelatedTo AND r.TargetId = d.Id))
            """,
        }
    );

    public const string Superseded = """
        SELECT r.DocumentId, r.TargetId
        FROM DocumentRelation r
        WHERE r.Kind = 'supersedes'
        """;

    public const string Fulfilled = "SELECT DISTINCT f.FulfilledId FROM DocumentFulfilment f WHERE f.DocumentId = @Id";
}
