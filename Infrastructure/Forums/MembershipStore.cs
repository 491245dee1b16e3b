using System.Text.Json;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Writing;
using Registry.Infrastructure.Schema;

namespace Registry.Infrastructure.Forums;

/// <summary>Loads and saves whole memberships inside a transaction of the <see cref="Ledger"/>.</summary>
public sealed class MembershipStore() : RecordStore<Membership, MembershipModel>(Kind)
{
    /// <summary>The kind of the records.</summary>
    public static readonly RecordKind Kind = new(
        "memberships",
        "membership",
        typeof(MembershipModel),
        ForumTables.Memberships,
        ForumTables.Standings
    )
    {
        RowsOf = "standings",
        ComposedId = IdComposed,
        Parents = MembershipSql.Parents,
    };

    /// <summary>
    /// Gets the id of the membership of a member in a forum; a member is a state unless its kind is forum.
    /// </summary>
    /// <exception cref="IllegalValueException">The kind of the member is neither state nor forum.</exception>
    private static string? IdComposed(JsonElement record)
    {
        if (
            TextOf(record, "forum") is not { } forum
            || !record.TryGetProperty("member", out var member)
            || member.ValueKind != JsonValueKind.Object
            || TextOf(member, "code") is not { } code
        )
        {
            return null;
        }

        var kind = TextOf(member, "kind") ?? "state";
        return kind is "state" or "forum"
            ? Membership.IdOf(new ForumCode(forum), Party.Of(kind == "state" ? PartyKind.State : PartyKind.Forum, code))
            : throw new IllegalValueException("member.kind", "It is one of state, forum.");

        static string? TextOf(JsonElement whole, string name) =>
            whole.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : null;
    }

    /// <summary>Admits a member to a forum with a first standing.</summary>
    /// <exception cref="NotFoundException">The forum does not exist.</exception>
    /// <exception cref="GoneException">The forum was deleted.</exception>
    /// <exception cref="RuleBrokenException">
    /// The party has a standing in the forum already, or a rule is broken.
    /// </exception>
    public async Task<StoredRecord> AdmitAsync(WriteSession session, string forum, AdmissionModel admission)
    {
        await session.ReadLivesAheadAsync(new ForumCode(forum).SubjectOf(), admission.Member!.ToParty().SubjectOf());
        await session.RequirePresentAsync(ForumStore.Kind, forum);
        var (code, member) = (new ForumCode(forum), admission.Member!.ToParty());
        return await AddAsync(session, await MakeAsync(session, code, member, [admission]));
    }

    /// <summary>Takes a step in the life of a membership.</summary>
    /// <exception cref="NotFoundException">The membership does not exist.</exception>
    /// <exception cref="StaleVersionException">The caller gave a version, and the current one is another.</exception>
    /// <exception cref="RuleBrokenException">The membership does not allow it.</exception>
    public async Task<StoredRecord> StepAsync(WriteSession session, string id, ExpectedVersion expected, StepModel step)
    {
        var loaded = await GetAsync(session, id);
        expected.CheckIfSaid(Kind.Noun, id, loaded.Version);
        step.ApplyTo(loaded.Aggregate);
        return await SaveAsync(session, loaded);
    }

    private static async Task<Membership> MakeAsync(
        WriteSession session,
        ForumCode forum,
        Party member,
        IEnumerable<StandingModel> standings
    )
    {
        await session.ReadLivesAheadAsync(forum.SubjectOf(), member.SubjectOf());
        var lives = new MembershipLives(
            await session.LifeAsync(forum.SubjectOf()),
            await session.LifeAsync(member.SubjectOf())
        );
        return new Membership(forum, member, standings.Select(standing => standing.ToStanding()), lives);
    }

    /// <exception cref="NotFoundException">The id is not a valid one of a membership.</exception>
    private protected override Task<Membership> MakeAsync(
        WriteSession session,
        string id,
        MembershipModel model,
        Membership? held
    ) =>
        Membership.TryReadId(id, out var forum, out var member)
            ? MakeAsync(session, forum, member, model.Standings!)
            : throw new NotFoundException(Kind.Noun, id);

    private protected override string IdOf(Membership aggregate) => aggregate.Id;

    private protected override Task<Membership> ReadAsync(WriteSession session, string record)
    {
        var model = JsonSerializer.Deserialize<MembershipModel>(record, RegistryJson.Options)!;
        return MakeAsync(session, model.Id!, model, null);
    }

    /// <summary>The aggregate knows the lives of both sides, so there is nothing else to validate.</summary>
    private protected override Task RefuseBrokenRulesAsync(WriteSession session, Membership aggregate) =>
        Task.CompletedTask;

    private protected override RecordRows Rows(Membership aggregate, int version, DateTimeOffset recordedAt) =>
        new(
            new MembershipRow
            {
                Id = aggregate.Id,
                ForumCode = aggregate.Forum.Value,
                MemberKind = Words.Of(aggregate.Member.Kind),
                MemberCode = aggregate.Member.Code,
                StateCode = aggregate.Member.Kind == PartyKind.State ? aggregate.Member.Code : null,
                MemberForumCode = aggregate.Member.Kind == PartyKind.Forum ? aggregate.Member.Code : null,
                Version = version,
                RecordedFrom = recordedAt,
                Record = JsonSerializer.Serialize(
                    MembershipModel.Of(aggregate, version, recordedAt),
                    RegistryJson.Options
                ),
            },
            aggregate.Standings.Select(
                (standing, position) =>
                    new StandingRow
                    {
                        Id = $"{aggregate.Id}.{position:000}",
                        ForumCode = aggregate.Forum.Value,
                        MembershipId = aggregate.Id,
                        Position = position,
                        Kind = Words.Of(standing.Kind),
                        FromText = standing.Held.From!.ToString(),
                        UntilText = standing.Held.Until?.ToString(),
                        Period = standing.Held,
                    }
            )
        );

    private sealed record MembershipRow : RecordRow
    {
        public string Id { get; init; } = "";
        public string ForumCode { get; init; } = "";
        public string MemberKind { get; init; } = "";
        public string MemberCode { get; init; } = "";
        public string? StateCode { get; init; }
        public string? MemberForumCode { get; init; }
    }

    private sealed record StandingRow : PeriodRow
    {
        public string Id { get; init; } = "";
        public string ForumCode { get; init; } = "";
        public string MembershipId { get; init; } = "";
        public int Position { get; init; }
        public string Kind { get; init; } = "";
        public string FromText { get; init; } = "";
        public string? UntilText { get; init; }
    }
}
