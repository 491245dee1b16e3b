using Registry.Domain;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Meetings;

/// <summary>The filters of meetings.</summary>
public sealed record MeetingFilters : ListFilters
{
    /// <summary>The codes of the forums.</summary>
    public IReadOnlyList<string>? Forum { get; init; }

    /// <summary>The id of the body.</summary>
    public string? Body { get; init; }

    /// <summary>The code of the body, in any forum.</summary>
    public string? BodyCode { get; init; }

    /// <summary>The levels.</summary>
    public IReadOnlyList<string>? Kind { get; init; }

    /// <summary>The formats: regular, special or informal.</summary>
    public IReadOnlyList<string>? Format { get; init; }

    /// <summary>The statuses.</summary>
    public IReadOnlyList<string>? Status { get; init; }

    /// <summary>The states in which the meetings take place.</summary>
    public IReadOnlyList<string>? Country { get; init; }

    /// <summary>The host states.</summary>
    public IReadOnlyList<string>? Host { get; init; }

    /// <summary>The states that chair.</summary>
    public IReadOnlyList<string>? Chair { get; init; }

    /// <summary>The id of the meeting on whose margins they are held.</summary>
    public string? OnMarginsOf { get; init; }

    /// <summary>The days, on one of which the meeting may have been under way.</summary>
    public DaySpan? On { get; init; }

    /// <summary>The same for a range of days.</summary>
    public DaySpan? Within { get; init; }
}

/// <summary>The filters of documents.</summary>
public sealed record DocumentFilters : ListFilters
{
    /// <summary>The codes of the forums.</summary>
    public IReadOnlyList<string>? Forum { get; init; }

    /// <summary>The id of the body.</summary>
    public string? Body { get; init; }

    /// <summary>The code of the body, in any forum.</summary>
    public string? BodyCode { get; init; }

    /// <summary>The kinds of document.</summary>
    public IReadOnlyList<string>? Kind { get; init; }

    /// <summary>The symbol.</summary>
    public string? Symbol { get; init; }

    /// <summary>The current statuses.</summary>
    public IReadOnlyList<string>? Status { get; init; }

    /// <summary>The statuses. The document may have had one of them on one of the days <see cref="On"/>.</summary>
    public IReadOnlyList<string>? StatusOn { get; init; }

    /// <summary>The days, by the last of which the document may have taken its first step.</summary>
    public DaySpan? On { get; init; }

    /// <summary>The days, on one of which the document may have taken a step.</summary>
    public DaySpan? Within { get; init; }

    /// <summary>The id of a meeting at which the document took a step.</summary>
    public string? Meeting { get; init; }

    /// <summary>The steps. The document took one of them at <see cref="Meeting"/>.</summary>
    public IReadOnlyList<string>? StatusAt { get; init; }

    /// <summary>The id of the meeting that adopted the document.</summary>
    public string? AdoptedAt { get; init; }

    /// <summary>The id of the meeting that discussed the document.</summary>
    public string? DiscussedAt { get; init; }

    /// <summary>The id of the meeting that signed the document.</summary>
    public string? SignedAt { get; init; }

    /// <summary>The id of a related document, in either direction.</summary>
    public string? RelatedTo { get; init; }
}

/// <summary>The filters of outcomes.</summary>
public sealed record OutcomeFilters : ListFilters
{
    /// <summary>The codes of the forums of the meetings.</summary>
    public IReadOnlyList<string>? Forum { get; init; }

    /// <summary>The id of the body of the meeting.</summary>
    public string? Body { get; init; }

    /// <summary>The code of the body of the meeting, in any forum.</summary>
    public string? BodyCode { get; init; }

    /// <summary>The id of the meeting.</summary>
    public string? Meeting { get; init; }

    /// <summary>The number of the agenda item.</summary>
    public string? AgendaItem { get; init; }

    /// <summary>The verbs.</summary>
    public IReadOnlyList<string>? Verb { get; init; }

    /// <summary>The code or id of an actor.</summary>
    public string? Actor { get; init; }

    /// <summary>The code or id of a subject that is mentioned.</summary>
    public string? Mention { get; init; }

    /// <summary>The id of the document.</summary>
    public string? Document { get; init; }

    /// <summary>The progress of the follow-up.</summary>
    public string? FollowUp { get; init; }

    /// <summary>The day before which the follow-up was due.</summary>
    public DateOnly? OverdueOn { get; init; }

    /// <summary>The days, on one of which the meeting may have been under way.</summary>
    public DaySpan? Within { get; init; }
}

/// <summary>The filters of follow-ups.</summary>
public sealed record FollowUpFilters : ListFilters
{
    /// <summary>The days for which the progress is computed.</summary>
    public required DaySpan Days { get; init; }

    /// <summary>The code of the forum of the meeting.</summary>
    public string? Forum { get; init; }

    /// <summary>The progress on the last of the days.</summary>
    public IReadOnlyList<string>? Status { get; init; }

    /// <summary>The day by which the meeting may have begun.</summary>
    public DateOnly? MetBy { get; init; }

    /// <summary>The code or id of a subject that is to do the task.</summary>
    public string? Responsible { get; init; }
}
