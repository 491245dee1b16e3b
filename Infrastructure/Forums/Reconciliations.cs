using System.Text.Json;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Provenance;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Reading;
using Registry.Infrastructure.Records.Writing;
using Registry.Infrastructure.Schema;

namespace Registry.Infrastructure.Forums;

/// <summary>The reconciliation of a declared count with the members on record.</summary>
public sealed record ReconciliationModel
{
    /// <summary>The code of the forum.</summary>
    public required string Forum { get; init; }

    /// <summary>The requested date.</summary>
    public required DateOnly On { get; init; }

    /// <summary>The standing that is counted.</summary>
    public required StandingKind Standing { get; init; }

    /// <summary>The latest count declared for that date or an earlier one; absent when there is none.</summary>
    public DeclaredCountModel? Declared { get; init; }

    /// <summary>The number of members on record on the requested date, including the uncertain ones.</summary>
    public required int Computed { get; init; }

    /// <summary>The number of members on record on the date of the declared count; absent when there is none.</summary>
    public int? ComputedThen { get; init; }

    /// <summary>The computed number minus the declared one; absent when none is declared.</summary>
    public int? Difference { get; init; }

    /// <summary>
    /// The remainder: the difference without those who joined and left since. It is 0 when the record agrees with the
    /// declared count; uncertain and disputed members may explain it.
    /// </summary>
    public int? Remainder { get; init; }

    /// <summary>The members that explain the difference, or may explain it.</summary>
    public required IReadOnlyList<ReconciledMemberModel> Members { get; init; }
}

/// <summary>A member that explains a difference, or may explain it.</summary>
public sealed record ReconciledMemberModel
{
    /// <summary>The member.</summary>
    public required PartyModel Member { get; init; }

    /// <summary>The id of the membership.</summary>
    public required string Membership { get; init; }

    /// <summary>The reason.</summary>
    public required ReconciliationReason Reason { get; init; }

    /// <summary>The ids of the rival claims; absent when the membership is not disputed.</summary>
    public IReadOnlyList<string>? Claims { get; init; }
}

/// <summary>Reconciles the declared counts of forums with the members on record.</summary>
public sealed class Reconciliations(RegistryDatabase database, ForumReads forums)
{
    private const int MaxRows = 10_000;

    /// <summary>Gets the latest count declared by a date, and what explains the difference from the record.</summary>
    /// <exception cref="NotFoundException">The forum does not exist.</exception>
    /// <exception cref="GoneException">The forum was deleted.</exception>
    public Task<ReconciliationModel> ReconcileAsync(
        string code,
        DateOnly on,
        StandingKind standing,
        DateTimeOffset? knownAt,
        CancellationToken cancellationToken
    ) =>
        database.InOneStateAsync(
            () => ReconcileOneAsync(code, on, standing, knownAt, cancellationToken),
            cancellationToken: cancellationToken
        );

    private async Task<ReconciliationModel> ReconcileOneAsync(
        string code,
        DateOnly on,
        StandingKind standing,
        DateTimeOffset? knownAt,
        CancellationToken cancellationToken
    )
    {
        var forum = References.Read<ForumModel>(await forums.GetAsync(code, knownAt, cancellationToken));
        var counts = forum.DeclaredCounts ?? [];
        var latest = Reconciliation.LatestOf(counts.Select(count => count.ToCount()), standing, on);
        var declared = counts.FirstOrDefault(count => count.Standing == standing && count.On == latest?.On);
        return await database.ReadAsync(
            knownAt,
            async session =>
            {
                var now = await StandingAsync(session, code, standing, on, knownAt);
                var answer = new ReconciliationModel
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

    /// <summary>Lists the memberships with the standing on a date; one is certain when any of its rows is.</summary>
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

    /// <summary>
    /// Lists the memberships that would have another standing on one of the dates according to a rival claim.
    /// </summary>
    private static async Task<IReadOnlyList<ReconciledMemberModel>> DisputedAsync(
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
            .Rows.Select(row => JsonSerializer.Deserialize<ClaimModel>(row.Record, RegistryJson.Options)!)
            .GroupBy(claim => claim.Subject!.Id!, StringComparer.Ordinal);
        var disputed = new List<ReconciledMemberModel>();
        foreach (var claimed in rivals)
        {
            var stored = await session.RowAsync<StoredRecord>(ForumTables.Memberships.Find, new { Id = claimed.Key });
            var membership = References.Read<MembershipModel>(stored!);
            string[] disputing =
            [
                .. claimed
                    .Where(claim =>
                        Claimed(stored!, claim) is { } other
                        && Reconciliation.IsDisputed(PeriodsOf(membership, standing), PeriodsOf(other, standing), days)
                    )
                    .Select(claim => claim.Id!),
            ];
            if (disputing.Length > 0)
            {
                disputed.Add(
                    new ReconciledMemberModel
                    {
                        Member = membership.Member!,
                        Membership = claimed.Key,
                        Reason = ReconciliationReason.Disputed,
                        Claims = disputing,
                    }
                );
            }
        }

        return disputed;
    }

    /// <summary>Gets the membership with the value of a claim, or null when its field no longer exists.</summary>
    private static MembershipModel? Claimed(StoredRecord stored, ClaimModel claim)
    {
        try
        {
            var facts = claim.ToFacts();
            var (record, _) = FieldsOfRecords.With(typeof(MembershipModel), stored.Record, facts.Field, facts.Value);
            return record.Deserialize<MembershipModel>(RegistryJson.Options);
        }
        catch (IllegalValueException)
        {
            return null;
        }
    }

    /// <summary>Lists the periods of a standing, except those of a claim that end before they start.</summary>
    private static Period[] PeriodsOf(MembershipModel membership, StandingKind standing) =>
        [
            .. membership
                .Standings!.Where(held => held.Standing == standing && !(held.Until?.LastDay < held.From?.FirstDay))
                .Select(held => new Period(held.From, held.Until)),
        ];

    private static Dictionary<string, bool> Certainties(IReadOnlyDictionary<string, ResolvedStanding> standing) =>
        standing.ToDictionary(row => row.Key, row => row.Value.Certainty == 1, StringComparer.Ordinal);

    private static IEnumerable<ReconciledMemberModel> Members(
        IEnumerable<string> memberships,
        Dictionary<string, ResolvedStanding> rows,
        ReconciliationReason reason
    ) =>
        memberships
            .Select(membership => rows[membership])
            .OrderBy(row => row.MemberCode, StringComparer.Ordinal)
            .Select(row => new ReconciledMemberModel
            {
                Member = new PartyModel { Kind = Words.Read<PartyKind>(row.MemberKind), Code = row.MemberCode },
                Membership = row.Membership,
                Reason = reason,
            });

    private static ListRequest All(string sort, DateTimeOffset? knownAt, ListFilters filters) =>
        new()
        {
            Sort = sort,
            Limit = MaxRows,
            Filters = filters,
            KnownAt = knownAt,
        };
}
