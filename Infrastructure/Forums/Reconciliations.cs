using System.Text.Json;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Provenance;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Documents;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Forums;

/// <summary>Why a member counts for a difference between what is declared and what is on record.</summary>
public enum ReconciliationReason
{
    /// <summary>Took the standing after the day of the declared count.</summary>
    Joined,

    /// <summary>Held the standing on the day of the declared count and no longer.</summary>
    Left,

    /// <summary>One of the days falls inside an end that is known only to the month or the year.</summary>
    Uncertain,

    /// <summary>By a rival claim it would have stood otherwise on one of the days.</summary>
    Disputed,
}

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
        var declared = (forum.DeclaredCounts ?? [])
            .Where(count => count.Standing == standing && count.On!.LastDay <= on)
            .MaxBy(count => count.On!.LastDay);
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
                return answer with
                {
                    ComputedThen = then.Count,
                    Difference = now.Count - declared.Count,
                    Remainder = then.Count - declared.Count,
                    Members =
                    [
                        .. Members(now.Values, row => !then.ContainsKey(row.Membership), ReconciliationReason.Joined),
                        .. Members(then.Values, row => !now.ContainsKey(row.Membership), ReconciliationReason.Left),
                        .. Members(
                            now.Values.Concat(then.Values).DistinctBy(row => row.Membership),
                            row => IsUncertain(now, row.Membership) || IsUncertain(then, row.Membership),
                            ReconciliationReason.Uncertain
                        ),
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
            var stored = await session.RowAsync<StoredRecord>(MembershipSql.Memberships.Find, new { Id = claimed.Key });
            var membership = References.Read<MembershipDocument>(stored!);
            string[] telling =
            [
                .. claimed
                    .Where(claim =>
                        Claimed(stored!, claim) is { } other
                        && days.Any(day => Stood(membership, standing, day) != Stood(other, standing, day))
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

    private static bool Stood(MembershipDocument membership, StandingKind standing, DateOnly day) =>
        membership.Standings!.Any(held =>
            held.Standing == standing
            && (held.From?.FirstDay ?? DateOnly.MinValue) <= day
            && (held.Until?.LastDay ?? DateOnly.MaxValue) >= day
        );

    private static IEnumerable<ReconciledMemberDocument> Members(
        IEnumerable<ResolvedStanding> rows,
        Func<ResolvedStanding, bool> which,
        ReconciliationReason reason
    ) =>
        rows.Where(which)
            .OrderBy(row => row.MemberCode, StringComparer.Ordinal)
            .Select(row => new ReconciledMemberDocument
            {
                Member = new PartyDocument { Kind = Words.Read<PartyKind>(row.MemberKind), Code = row.MemberCode },
                Membership = row.Membership,
                Reason = reason,
            });

    private static bool IsUncertain(IReadOnlyDictionary<string, ResolvedStanding> standing, string membership) =>
        standing.TryGetValue(membership, out var row) && row.Certainty == 0;

    private static ListRequest All(string sort, DateTimeOffset? knownAt, ListFilters filters) =>
        new()
        {
            Sort = sort,
            Limit = Most,
            Filters = filters,
            KnownAt = knownAt,
        };
}
