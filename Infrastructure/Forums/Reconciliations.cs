using System.Text.Json;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Provenance;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Documents;
using Registry.Infrastructure.Records.Reading;
using Registry.Infrastructure.Schema;

namespace Registry.Infrastructure.Forums;

/// <summary>A declared count held against the members on record.</summary>
public sealed record ReconciliationDocument
{
    /// <summary>The code of the forum.</summary>
    public required string Forum { get; init; }

    /// <summary>The day asked for.</summary>
    public required DateOnly On { get; init; }

    /// <summary>The standing that is counted.</summary>
    public required StandingKind Standing { get; init; }

    /// <summary>The latest count declared for that day or an earlier one; absent where there is none.</summary>
    public DeclaredCountDocument? Declared { get; init; }

    /// <summary>How many are on record on the day asked for, the uncertain ones among them.</summary>
    public required int Computed { get; init; }

    /// <summary>How many are on record on the day of the declared count; absent where there is none.</summary>
    public int? ComputedThen { get; init; }

    /// <summary>The number computed less the number declared; absent where none is declared.</summary>
    public int? Difference { get; init; }

    /// <summary>
    /// What is left of the difference when those who joined and left since are taken off: 0 where the record agrees with
    /// the declared count. Uncertain and disputed members may explain it.
    /// </summary>
    public int? Remainder { get; init; }

    /// <summary>The members that explain the difference, or may.</summary>
    public required IReadOnlyList<ReconciledMemberDocument> Members { get; init; }
}

/// <summary>A member that explains a difference, or may.</summary>
public sealed record ReconciledMemberDocument
{
    /// <summary>Who it is.</summary>
    public required PartyDocument Member { get; init; }

    /// <summary>The id of its membership.</summary>
    public required string Membership { get; init; }

    /// <summary>Why it counts.</summary>
    public required ReconciliationReason Reason { get; init; }

    /// <summary>The ids of the rival claims, where it is disputed.</summary>
    public IReadOnlyList<string>? Claims { get; init; }
}

/// <summary>Holds the declared counts of forums against the members on record.</summary>
public sealed class Reconciliations(RegistryDatabase database, ForumReads forums)
{
    private const int Most = 10_000;

    /// <summary>The latest count declared for a day or before it, and what explains the difference to the record.</summary>
    /// <exception cref="NotFoundException">There is no such forum.</exception>
    /// <exception cref="GoneException">The forum was deleted.</exception>
    public Task<ReconciliationDocument> ReconcileAsync(
        string code,
        DateOnly on,
        StandingKind standing,
        DateTimeOffset? knownAt,
        CancellationToken cancellationToken
    ) => database.InOneStateAsync(() => ReconcileOneAsync(code, on, standing, knownAt, cancellationToken));

    private async Task<ReconciliationDocument> ReconcileOneAsync(
        string code,
        DateOnly on,
        StandingKind standing,
        DateTimeOffset? knownAt,
        CancellationToken cancellationToken
    )
    {
        var forum = References.Read<ForumDocument>(await forums.GetAsync(code, knownAt, cancellationToken));
        var counts = forum.DeclaredCounts ?? [];
        var latest = Reconciliation.LatestOf(counts.Select(count => count.ToCount()), standing, on);
        var declared = counts.FirstOrDefault(count => count.Standing == standing && count.On == latest?.On);
        return await database.ReadAsync(
            knownAt,
            async session =>
            {
                var now = await StandingAsync(session, code, standing, on, knownAt);
                var answer = new ReconciliationDocument
                {
                    Forum = code,
                    On = on,
                    Standing = standing,
                    Declared = declared,
                    Computed = now.Count,
                    Members = [],
                };
                if (declared is null)
                {
                    return answer;
                }

                var day = declared.On!.LastDay;
                var then = await StandingAsync(session, code, standing, day, knownAt);
                var disputed = await DisputedAsync(session, code, standing, [day, on], knownAt);
                var reconciled = new Reconciliation(declared.Count!.Value, Certainties(then), Certainties(now));
                var rows = now
                    .Values.Concat(then.Values)
                    .DistinctBy(row => row.Membership)
                    .ToDictionary(row => row.Membership, StringComparer.Ordinal);
                return answer with
                {
                    ComputedThen = then.Count,
                    Difference = reconciled.Difference,
                    Remainder = reconciled.Remainder,
                    Members =
                    [
                        .. Members(reconciled.Joined, rows, ReconciliationReason.Joined),
                        .. Members(reconciled.Left, rows, ReconciliationReason.Left),
                        .. Members(reconciled.Uncertain, rows, ReconciliationReason.Uncertain),
                        .. disputed,
                    ],
                };
            },
            cancellationToken
        );
    }

    /// <summary>Who had the standing on a day, by membership: certain where any of the rows is.</summary>
    private static async Task<IReadOnlyDictionary<string, ResolvedStanding>> StandingAsync(
        ReadSession session,
        string forum,
        StandingKind standing,
        DateOnly day,
        DateTimeOffset? knownAt
    )
    {
        var request = All(
            "member",
            knownAt,
            new StandingFilters
            {
                Forum = forum,
                On = DaySpan.Of(day),
                Standing = [Words.Of(standing)],
            }
        );
        var page = await MembershipSql.Resolved.ReadAsync<ResolvedStanding>(session, request);
        return page
            .Rows.GroupBy(row => row.Membership, StringComparer.Ordinal)
            .ToDictionary(rows => rows.Key, rows => rows.MaxBy(row => row.Certainty)!, StringComparer.Ordinal);
    }

    /// <summary>Those who by a rival claim would have stood otherwise on one of the days.</summary>
    private static async Task<IReadOnlyList<ReconciledMemberDocument>> DisputedAsync(
        ReadSession session,
        string forum,
        StandingKind standing,
        DateOnly[] days,
        DateTimeOffset? knownAt
    )
    {
        var request = All(
            "subject",
            knownAt,
            new ClaimFilters
            {
                Forum = [forum],
                Collection = ["memberships"],
                Rival = true,
            }
        );
        var claims = await ClaimSql.List.ReadAsync<RecordListRow>(session, request);
        var rivals = claims
            .Rows.Select(row => JsonSerializer.Deserialize<ClaimDocument>(row.Record, RegistryJson.Options)!)
            .GroupBy(claim => claim.Subject!.Id!, StringComparer.Ordinal);
        var disputed = new List<ReconciledMemberDocument>();
        foreach (var claimed in rivals)
        {
            var stored = await session.RowAsync<StoredRecord>(ForumTables.Memberships.Find, new { Id = claimed.Key });
            var membership = References.Read<MembershipDocument>(stored!);
            string[] telling =
            [
                .. claimed
                    .Where(claim =>
                        Claimed(stored!, claim) is { } other
                        && Reconciliation.IsDisputed(PeriodsOf(membership, standing), PeriodsOf(other, standing), days)
                    )
                    .Select(claim => claim.Id!),
            ];
            if (telling.Length > 0)
            {
                disputed.Add(
                    new ReconciledMemberDocument
                    {
                        Member = membership.Member!,
                        Membership = claimed.Key,
                        Reason = ReconciliationReason.Disputed,
                        Claims = telling,
                    }
                );
            }
        }

        return disputed;
    }

    /// <summary>The membership as a claim has it; null where its field is not there any more.</summary>
    private static MembershipDocument? Claimed(StoredRecord stored, ClaimDocument claim)
    {
        try
        {
            var facts = claim.ToFacts();
            var (record, _) = FieldsOfRecords.With(typeof(MembershipDocument), stored.Record, facts.Field, facts.Value);
            return record.Deserialize<MembershipDocument>(RegistryJson.Options);
        }
        catch (IllegalValueException)
        {
            return null;
        }
    }

    /// <summary>The periods of a standing, but for those of a claim that end before they start.</summary>
    private static Period[] PeriodsOf(MembershipDocument membership, StandingKind standing) =>
        [
            .. membership
                .Standings!.Where(held => held.Standing == standing && !(held.Until?.LastDay < held.From?.FirstDay))
                .Select(held => new Period(held.From, held.Until)),
        ];

    private static Dictionary<string, bool> Certainties(IReadOnlyDictionary<string, ResolvedStanding> standing) =>
        standing.ToDictionary(row => row.Key, row => row.Value.Certainty == 1, StringComparer.Ordinal);

    private static IEnumerable<ReconciledMemberDocument> Members(
        IEnumerable<string> memberships,
        Dictionary<string, ResolvedStanding> rows,
        ReconciliationReason reason
    ) =>
        memberships
            .Select(membership => rows[membership])
            .OrderBy(row => row.MemberCode, StringComparer.Ordinal)
            .Select(row => new ReconciledMemberDocument
            {
                Member = new PartyDocument { Kind = Words.Read<PartyKind>(row.MemberKind), Code = row.MemberCode },
                Membership = row.Membership,
                Reason = reason,
            });

    private static ListRequest All(string sort, DateTimeOffset? knownAt, ListFilters filters) =>
        new()
        {
            Sort = sort,
            Limit = Most,
            Filters = filters,
            KnownAt = knownAt,
        };
}
