using System.Globalization;
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

/// <summary>Loads and saves whole outcomes inside a transaction of the <see cref="Ledger"/>.</summary>
public sealed class OutcomeStore() : SlugStore<Outcome, OutcomeModel>(Kind)
{
    /// <summary>The kind of the records.</summary>
    public static readonly RecordKind Kind = new(
        "outcomes",
        "outcome",
        typeof(OutcomeModel),
        MeetingTables.Outcomes,
        MeetingTables.Subjects,
        MeetingTables.OutcomeFulfilments
    )
    {
        IsNamed = true,
        Parents = OutcomeSql.Parents,
    };

    /// <summary>Records an outcome of a meeting, under its id or the next number of the meeting.</summary>
    /// <exception cref="NotFoundException">The meeting does not exist.</exception>
    /// <exception cref="GoneException">The meeting was deleted.</exception>
    /// <exception cref="IllegalValueException">The document has another meeting.</exception>
    /// <exception cref="RuleBrokenException">The meeting has not been held, or another rule is broken.</exception>
    public async Task<StoredRecord> RecordAsync(WriteSession session, string meeting, OutcomeModel model)
    {
        await session.GetAsync(MeetingStore.Kind, meeting);
        if (model.Meeting is not null && model.Meeting != meeting)
        {
            throw new IllegalValueException("meeting", $"It is the one in the address, {meeting}.");
        }

        var id = model.Id ?? await NextIdAsync(session, meeting);
        return await CreateAsync(session, id, model with { Meeting = meeting });
    }

    /// <summary>Outcomes are numbered within their meeting.</summary>
    private protected override string? ProposeId(OutcomeModel model) => Slug.From(model.Meeting, "1");

    private protected override async Task<Outcome> MakeAsync(WriteSession session, Slug id, OutcomeModel model) =>
        new(id, model.ToFacts(), await Fulfilments.OfAsync(session, id.Value));

    private protected override string IdOf(Outcome aggregate) => aggregate.Id.Value;

    private protected override async Task RefuseBrokenRulesAsync(WriteSession session, Outcome aggregate)
    {
        var facts = aggregate.Facts;
        var meeting = References.Read<MeetingModel>(await session.RequireAsync(MeetingStore.Kind, facts.Meeting.Value));
        Outcome.RefuseUnheld(facts.Meeting.Value, meeting.Status!.Value, facts.Verb);
        if (facts.AgendaItem is { } item && !meeting.ToAgenda().Has(item))
        {
            throw new RuleBrokenException("unknown-reference", $"The agenda of {facts.Meeting} has no item '{item}'.");
        }

        if (facts.Document is { } model)
        {
            await session.RequireAsync(DocumentStore.Kind, model.Value);
        }

        await session.RequireAllAsync([.. facts.Actors, .. facts.Mentions, .. facts.FollowUp?.Who ?? []]);
        await Fulfilments.RefuseBeforeAsync(session, facts.Fulfils, meeting.Held.LatestEnd);
        await Fulfilments.RefuseBeforeAsync(session, aggregate, meeting.Held);
        await RefuseCircleAsync(session, aggregate);
    }

    private protected override Task<IReadOnlyList<string>> LinkedAsync(WriteSession session, string id) =>
        session.QueryAsync<string>(OutcomeSql.Fulfilled, new { Id = id });

    private protected override Task AfterAsync(
        WriteSession session,
        Outcome? aggregate,
        IReadOnlyList<string> linkedBefore
    ) =>
        Fulfilments.NoteAsync(
            session,
            linkedBefore,
            [.. (aggregate?.Facts.Fulfils ?? []).Select(fulfilled => fulfilled.Value)]
        );

    private protected override RecordRows Rows(Outcome aggregate, int version, DateTimeOffset recordedAt) =>
        RowsOf(aggregate, version, recordedAt);

    internal static RecordRows RowsOf(Outcome outcome, int version, DateTimeOffset recordedAt)
    {
        var (id, facts) = (outcome.Id.Value, outcome.Facts);
        var due = facts.FollowUp?.Due;
        return new(
            new OutcomeRow
            {
                Id = id,
                MeetingId = facts.Meeting.Value,
                AgendaItem = facts.AgendaItem,
                Verb = Words.Of(facts.Verb),
                DocumentId = facts.Document?.Value,
                Name = outcome.Name,
                FollowUp = facts.FollowUp is { } followUp ? Words.Of(followUp.Status) : null,
                DueText = due?.ToString(),
                Period = new Period(due, due),
                Version = version,
                RecordedFrom = recordedAt,
                Record = JsonSerializer.Serialize(OutcomeModel.Of(outcome, version, recordedAt), RegistryJson.Options),
            },
            RolesOf(facts)
                .Select(
                    (named, position) =>
                        new NamedRow
                        {
                            OutcomeId = id,
                            Position = position,
                            Role = Words.Of(named.Role),
                            Subject = named.Subject,
                        }
                ),
            facts.Fulfils.Select(
                (fulfilled, position) =>
                    new FulfilmentRow
                    {
                        OutcomeId = id,
                        Position = position,
                        FulfilledId = fulfilled.Value,
                    }
            )
        );
    }

    private static IEnumerable<(OutcomeRole Role, Subject Subject)> RolesOf(OutcomeFacts facts) =>
        facts
            .Actors.Select(actor => (OutcomeRole.Actor, actor))
            .Concat(facts.Mentions.Select(mention => (OutcomeRole.Mention, mention)))
            .Concat((facts.FollowUp?.Who ?? []).Select(who => (OutcomeRole.Responsible, who)));

    private static async Task<string> NextIdAsync(WriteSession session, string meeting)
    {
        var prefix = $"{meeting}.";
        var given = await session.QueryAsync<string>(OutcomeSql.OfMeeting, new { Meeting = meeting });
        var highest = given
            .Where(id => id.StartsWith(prefix, StringComparison.Ordinal))
            .Select(id =>
                int.TryParse(id.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    ? number
                    : 0
            )
            .DefaultIfEmpty(0)
            .Max();
        return string.Create(CultureInfo.InvariantCulture, $"{prefix}{highest + 1}");
    }

    private static async Task RefuseCircleAsync(WriteSession session, Outcome outcome)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Stack<string>(outcome.Facts.Fulfils.Select(fulfilled => fulfilled.Value));
        while (waiting.TryPop(out var earlier))
        {
            if (earlier == outcome.Id.Value)
            {
                throw new RuleBrokenException(
                    "fulfilled-before",
                    $"{earlier} would be fulfilled by an outcome that it fulfils."
                );
            }

            if (seen.Add(earlier))
            {
                foreach (var further in await session.QueryAsync<string>(OutcomeSql.Fulfilled, new { Id = earlier }))
                {
                    waiting.Push(further);
                }
            }
        }
    }

    private sealed record OutcomeRow : PeriodRow
    {
        public string Id { get; init; } = "";
        public string MeetingId { get; init; } = "";
        public string? AgendaItem { get; init; }
        public string Verb { get; init; } = "";
        public string? DocumentId { get; init; }
        public string Name { get; init; } = "";
        public string? FollowUp { get; init; }
        public string? DueText { get; init; }
    }

    private sealed record NamedRow : SubjectRow
    {
        public string OutcomeId { get; init; } = "";
        public int Position { get; init; }
        public string Role { get; init; } = "";
    }

    private sealed record FulfilmentRow : RecordRow
    {
        public string OutcomeId { get; init; } = "";
        public int Position { get; init; }
        public string FulfilledId { get; init; } = "";
    }
}
