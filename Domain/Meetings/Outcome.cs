using Registry.Domain.Forums;
using Registry.Domain.Provenance;

namespace Registry.Domain.Meetings;

/// <summary>The verb of an outcome: what the meeting did.</summary>
public enum OutcomeVerb
{
    Adopted,
    Decided,
    Agreed,
    Endorsed,
    Discussed,
    ExchangedViews,

    /// <summary>The meeting was informed, or heard a report.</summary>
    Informed,
    Noted,
    Welcomed,
    Thanked,
    Launched,
    Elected,
    Admitted,
    Established,

    /// <summary>The meeting postponed a matter, or was itself postponed.</summary>
    Postponed,
    Referred,
    Reviewed,
}

/// <summary>The status of a follow-up.</summary>
public enum FollowUpStatus
{
    Open,
    Done,

    /// <summary>The task was given up.</summary>
    Dropped,
}

/// <summary>A follow-up: the task that an outcome sets.</summary>
/// <param name="What">The task, by language.</param>
/// <param name="Who">The subjects that are to do it.</param>
/// <param name="Due">The due date.</param>
/// <param name="Status">The progress.</param>
public sealed record FollowUp(Texts What, IReadOnlyList<Subject> Who, PartialDate? Due, FollowUpStatus Status);

/// <summary>The kind of a fulfilment.</summary>
public enum FulfilmentKind
{
    Outcome,
    Document,
}

/// <summary>A later outcome, or a document, that fulfils an outcome.</summary>
public sealed record Fulfilment(FulfilmentKind Kind, string Id);

/// <summary>The facts of an outcome, apart from its id.</summary>
public sealed record OutcomeFacts
{
    public required Slug Meeting { get; init; }

    /// <summary>The number of the agenda item.</summary>
    public string? AgendaItem { get; init; }

    public required OutcomeVerb Verb { get; init; }

    /// <summary>The document that was adopted, discussed and so on.</summary>
    public Slug? Document { get; init; }

    /// <summary>The actors; empty when the meeting acted as a whole.</summary>
    public IReadOnlyList<Subject> Actors { get; init; } = [];

    /// <summary>The subjects that it mentions.</summary>
    public IReadOnlyList<Subject> Mentions { get; init; } = [];

    public required Texts Texts { get; init; }

    public FollowUp? FollowUp { get; init; }

    /// <summary>The earlier outcomes whose follow-up this one fulfils.</summary>
    public IReadOnlyList<Slug> Fulfils { get; init; } = [];

    public IReadOnlyList<Citation> Sources { get; init; } = [];
}

/// <summary>An outcome: the result of a meeting for an agenda item or a document.</summary>
public sealed class Outcome
{
    private readonly List<Fulfilment> _fulfilledBy;

    /// <exception cref="RuleBrokenException">It would fulfil itself.</exception>
    public Outcome(Slug id, OutcomeFacts facts, IEnumerable<Fulfilment>? fulfilledBy = null)
    {
        if (facts.Fulfils.Contains(id))
        {
            throw new RuleBrokenException("fulfilled-before", $"{id} cannot fulfil itself.");
        }

        Id = id;
        Facts = facts;
        _fulfilledBy = [.. fulfilledBy ?? []];
        Settle();
    }

    public Slug Id { get; }

    public OutcomeFacts Facts { get; private set; }

    /// <summary>The fulfilments of its follow-up. The registry maintains them.</summary>
    public IReadOnlyList<Fulfilment> FulfilledBy => _fulfilledBy;

    /// <summary>The text shown in lists, in English when there is one.</summary>
    public string Name => Facts.Texts.Display;

    /// <summary>Sets the fulfilments; a follow-up without any is open again.</summary>
    public void FulfilledNowBy(IEnumerable<Fulfilment> fulfilments)
    {
        var wasFulfilled = _fulfilledBy.Count > 0;
        _fulfilledBy.Clear();
        _fulfilledBy.AddRange(fulfilments);
        if (wasFulfilled && _fulfilledBy.Count == 0 && Facts.FollowUp is { Status: FollowUpStatus.Done } followUp)
        {
            Facts = Facts with { FollowUp = followUp with { Status = FollowUpStatus.Open } };
        }

        Settle();
    }

    /// <summary>Refuses an outcome of a meeting that did not take place, except its postponement.</summary>
    /// <exception cref="RuleBrokenException">The meeting has not been held.</exception>
    public static void RefuseUnheld(string meeting, MeetingStatus status, OutcomeVerb verb)
    {
        if (status != MeetingStatus.Held && verb != OutcomeVerb.Postponed)
        {
            throw new RuleBrokenException(
                "meeting-not-held",
                $"The meeting {meeting} was not held: its only possible outcome is that it was postponed."
            );
        }
    }

    /// <summary>Refuses a fulfilment that certainly preceded the meeting of the outcome.</summary>
    /// <exception cref="RuleBrokenException">The fulfilment certainly preceded it.</exception>
    public static void RefuseBefore(string outcome, Period meeting, DateOnly lastDay)
    {
        if (lastDay < meeting.EarliestStart)
        {
            throw new RuleBrokenException(
                "fulfilled-before",
                $"{outcome} is an outcome of {meeting} and cannot be fulfilled before it."
            );
        }
    }

    private void Settle()
    {
        if (_fulfilledBy.Count > 0 && Facts.FollowUp is { } followUp)
        {
            Facts = Facts with { FollowUp = followUp with { Status = FollowUpStatus.Done } };
        }
    }
}
