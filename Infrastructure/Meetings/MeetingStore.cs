using System.Text.Json;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Domain.Meetings;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Writing;
using Registry.Infrastructure.Schema;

namespace Registry.Infrastructure.Meetings;

/// <summary>Loads and saves whole meetings inside a transaction of the <see cref="Ledger"/>.</summary>
public sealed class MeetingStore() : SlugStore<Meeting, MeetingModel>(Kind)
{
    /// <summary>The kind of the records.</summary>
    public static readonly RecordKind Kind = new(
        "meetings",
        "meeting",
        typeof(MeetingModel),
        MeetingTables.Meetings,
        MeetingTables.Participants
    )
    {
        IsNamed = true,
        Parents = MeetingSql.Parents,
    };

    /// <summary>Takes a step in the life of a meeting.</summary>
    /// <exception cref="NotFoundException">The meeting does not exist.</exception>
    /// <exception cref="StaleVersionException">The caller gave a version, and the current one is another.</exception>
    /// <exception cref="RegistryException">The meeting does not allow it.</exception>
    public Task<StoredRecord> StepAsync(
        WriteSession session,
        string id,
        ExpectedVersion expected,
        MeetingMoveModel move
    ) => ChangeAsync(session, id, expected, move.ApplyTo);

    /// <summary>Adds an item to the agenda of a meeting.</summary>
    /// <exception cref="NotFoundException">The meeting does not exist.</exception>
    /// <exception cref="StaleVersionException">The caller gave a version, and the current one is another.</exception>
    /// <exception cref="RegistryException">The item breaks a rule.</exception>
    public Task<StoredRecord> AddItemAsync(
        WriteSession session,
        string id,
        ExpectedVersion expected,
        AgendaAdditionModel addition
    ) => ChangeAsync(session, id, expected, meeting => meeting.Add(addition.ToItem(), addition.Under));

    /// <summary>Adds a participant to a meeting.</summary>
    /// <exception cref="NotFoundException">The meeting does not exist.</exception>
    /// <exception cref="StaleVersionException">The caller gave a version, and the current one is another.</exception>
    /// <exception cref="RegistryException">The participant breaks a rule.</exception>
    public Task<StoredRecord> AddParticipantAsync(
        WriteSession session,
        string id,
        ExpectedVersion expected,
        ParticipantModel participant
    ) => ChangeAsync(session, id, expected, meeting => meeting.Add(participant.ToParticipant()));

    private protected override string? ProposeId(MeetingModel model)
    {
        var format = model.Format is { } said and not MeetingFormat.Regular ? Words.Of(said) : "";
        var which = model.Ordinal?.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var date = model.Starts!.ToString();
        which ??= date.Length > "yyyy-MM".Length ? date[.."yyyy-MM".Length] : date;
        return Slug.From($"{model.Forum} {format} {Words.Of(model.Kind!.Value)} {which}");
    }

    private protected override async Task<Meeting> MakeAsync(WriteSession session, Slug id, MeetingModel model)
    {
        var forum = new ForumCode(model.Forum!);
        var body = model.Body is null ? null : new BodyId(forum, new BodyCode(model.Body));
        await session.ReadLivesAheadAsync(body is null ? [forum.SubjectOf()] : [forum.SubjectOf(), body.SubjectOf()]);
        return model.ToMeeting(
            id,
            new MeetingLives(
                await session.LifeAsync(forum.SubjectOf()),
                body is null ? null : await session.LifeAsync(body.SubjectOf())
            )
        );
    }

    private protected override string IdOf(Meeting aggregate) => aggregate.Id.Value;

    private protected override async Task RefuseBrokenRulesAsync(WriteSession session, Meeting aggregate)
    {
        await session.RequireAllAsync(Named(aggregate.Facts));
        await RefuseCircleAsync(session, aggregate);
        var (id, held) = (aggregate.Id.Value, aggregate.Facts.Held);
        if (session.IsNew(Kind, id))
        {
            return;
        }

        await session.ReadAheadAsync(
            new ReadAhead(MeetingSql.Outcomes, new { Id = id }),
            new ReadAhead(MeetingSql.DocumentSteps, new { Id = id })
        );
        await RefuseLostOutcomesAsync(session, aggregate);
        foreach (var row in await session.QueryAsync<StepRow>(MeetingSql.DocumentSteps, new { Id = id }))
        {
            row.ToStep(aggregate.Id).RefuseOutside(held, aggregate.Status);
        }

        var fulfilledBefore = await session.QueryAsync<string>(
            MeetingSql.FulfilledBefore,
            new
            {
                Id = id,
                FirstDay = held.EarliestStart,
                LastDay = held.LatestEnd,
            }
        );
        if (fulfilledBefore.Count > 0)
        {
            throw new RuleBrokenException(
                "fulfilled-before",
                $"{fulfilledBefore[0]} would be fulfilled before its meeting, if {id} is held {held}."
            );
        }
    }

    private protected override RecordRows Rows(Meeting aggregate, int version, DateTimeOffset recordedAt)
    {
        var facts = aggregate.Facts;
        return new(
            new MeetingRow
            {
                Id = aggregate.Id.Value,
                ForumCode = facts.Forum.Value,
                BodyId = facts.Body is { } body ? new BodyId(facts.Forum, body).ToString() : null,
                Kind = Words.Of(facts.Kind),
                Format = Words.Of(facts.Format),
                Mode = facts.Mode is { } mode ? Words.Of(mode) : null,
                Ordinal = facts.Ordinal,
                Status = Words.Of(aggregate.Status),
                Name = aggregate.Name,
                SortName = SortName.Of(aggregate.Name),
                Country = facts.Country?.Value,
                Host = facts.Host?.Value,
                MarginsOf = facts.OnMarginsOf?.Value,
                ChairState = facts.Chair is { Member: { Kind: PartyKind.State } state } ? state.Code : null,
                ChairForum = facts.Chair is { Member: { Kind: PartyKind.Forum } forum } ? forum.Code : null,
                ChairMinister = facts.Chair?.Minister?.Value,
                Period = facts.Held,
                Version = version,
                RecordedFrom = recordedAt,
                Record = JsonSerializer.Serialize(
                    MeetingModel.Of(aggregate, version, recordedAt),
                    RegistryJson.Options
                ),
            },
            facts.Participants.Select(
                (participant, position) =>
                    new ParticipantRow
                    {
                        MeetingId = aggregate.Id.Value,
                        Position = position,
                        StateCode = participant.Of.Kind == SubjectKind.State ? participant.Of.Id : null,
                        ForumCode = participant.Of.Kind == SubjectKind.Forum ? participant.Of.Id : null,
                        BodyId = participant.Of.Kind == SubjectKind.Body ? participant.Of.Id : null,
                        MinisterId = participant.Minister?.Value,
                        Capacity = Words.Of(participant.Capacity),
                    }
            )
        );
    }

    private async Task<StoredRecord> ChangeAsync(
        WriteSession session,
        string id,
        ExpectedVersion expected,
        Action<Meeting> change
    )
    {
        var loaded = await GetAsync(session, id);
        expected.CheckIfSaid(Kind.Noun, id, loaded.Version);
        change(loaded.Aggregate);
        return await SaveAsync(session, loaded);
    }

    /// <summary>Lists all subjects in the facts.</summary>
    private static IEnumerable<Subject> Named(MeetingFacts facts)
    {
        if (facts.Country is { } country)
        {
            yield return country.SubjectOf();
        }

        if (facts.Host is { } host)
        {
            yield return host.SubjectOf();
        }

        if (facts.Chair is { } chair)
        {
            yield return chair.Member.SubjectOf();
        }

        foreach (var participant in facts.Participants)
        {
            yield return participant.Of;
        }

        foreach (
            var minister in facts
                .Participants.Select(participant => participant.Minister)
                .Append(facts.Chair?.Minister)
                .OfType<Slug>()
        )
        {
            yield return new Subject(SubjectKind.Minister, minister.Value);
        }
    }

    private static async Task RefuseCircleAsync(WriteSession session, Meeting meeting)
    {
        if (meeting.Facts.OnMarginsOf is not { } margins)
        {
            return;
        }

        await session.RequireAsync(Kind, margins.Value);
        for (
            var above = margins.Value;
            above is not null;
            above = (await session.QueryAsync<string>(MeetingSql.MarginsOf, new { Id = above })).SingleOrDefault()
        )
        {
            if (above == meeting.Id.Value)
            {
                throw new RuleBrokenException("meeting-circle", $"{above} would be held on its own margins.");
            }
        }
    }

    /// <summary>Refuses to remove agenda items to which outcomes refer.</summary>
    private static async Task RefuseLostOutcomesAsync(WriteSession session, Meeting meeting)
    {
        foreach (var row in await session.QueryAsync<OutcomeRow>(MeetingSql.Outcomes, new { Id = meeting.Id.Value }))
        {
            if (row.AgendaItem is { } item && !meeting.Facts.Agenda.Has(item))
            {
                throw new RuleBrokenException(
                    "still-in-use",
                    $"The outcome {row.Id} refers to the agenda item {item}, which therefore cannot be removed."
                );
            }

            var isPostponement = row.Verb == Words.Of(OutcomeVerb.Postponed);
            Outcome.RefuseUnheld(
                meeting.Id.Value,
                meeting.Status,
                isPostponement ? OutcomeVerb.Postponed : OutcomeVerb.Decided
            );
        }
    }

    private sealed record MeetingRow : PeriodRow
    {
        public string Id { get; init; } = "";
        public string ForumCode { get; init; } = "";
        public string? BodyId { get; init; }
        public string Kind { get; init; } = "";
        public string Format { get; init; } = "";
        public string? Mode { get; init; }
        public int? Ordinal { get; init; }
        public string Status { get; init; } = "";
        public string Name { get; init; } = "";
        public string SortName { get; init; } = "";
        public string? Country { get; init; }
        public string? Host { get; init; }
        public string? MarginsOf { get; init; }
        public string? ChairState { get; init; }
        public string? ChairForum { get; init; }
        public string? ChairMinister { get; init; }
    }

    private sealed record ParticipantRow : RecordRow
    {
        public string MeetingId { get; init; } = "";
        public int Position { get; init; }
        public string? StateCode { get; init; }
        public string? ForumCode { get; init; }
        public string? BodyId { get; init; }
        public string? MinisterId { get; init; }
        public string Capacity { get; init; } = "";
    }

    private sealed record OutcomeRow
    {
        public string Id { get; init; } = "";
        public string? AgendaItem { get; init; }
        public string Verb { get; init; } = "";
    }

    private sealed record StepRow
    {
        public string Status { get; init; } = "";
        public string OnText { get; init; } = "";

        public DocumentStep ToStep(Slug meeting) =>
            new(
                Enum.GetValues<DocumentStatus>().Single(status => Words.Of(status) == Status),
                PartialDate.Parse(OnText),
                meeting
            );
    }
}
