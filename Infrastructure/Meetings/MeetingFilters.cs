using Registry.Domain;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Meetings;

/// <summary>The conditions on meetings.</summary>
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

    /// <summary>Whether they are regular, special or informal.</summary>
    public IReadOnlyList<string>? Format { get; init; }

    /// <summary>How they stand.</summary>
    public IReadOnlyList<string>? Status { get; init; }

    /// <summary>The states in which they are held.</summary>
    public IReadOnlyList<string>? Country { get; init; }

    /// <summary>The states that invite.</summary>
    public IReadOnlyList<string>? Host { get; init; }

    /// <summary>The states in the chair.</summary>
    public IReadOnlyList<string>? Chair { get; init; }

    /// <summary>The id of the meeting on whose margins they are held.</summary>
    public string? OnMarginsOf { get; init; }

    /// <summary>The days on one of which the meeting may have been under way.</summary>
    public DaySpan? On { get; init; }

    /// <summary>The same, for the days from one date to another.</summary>
    public DaySpan? Within { get; init; }
}

/// <summary>The conditions on documents.</summary>
public sealed record DocumentFilters : ListFilters
{
    /// <summary>The codes of the forums.</summary>
    public IReadOnlyList<string>? Forum { get; init; }

    /// <summary>The id of the body.</summary>
    public string? Body { get; init; }

    /// <summary>The code of the body, in any forum.</summary>
    public string? BodyCode { get; init; }

    /// <summary>The sorts of document.</summary>
    public IReadOnlyList<string>? Kind { get; init; }

    /// <summary>The symbol.</summary>
    public string? Symbol { get; init; }

    /// <summary>How they stand now.</summary>
    public IReadOnlyList<string>? Status { get; init; }

    /// <summary>How they may have stood on one of the days <see cref="On"/>.</summary>
    public IReadOnlyList<string>? StatusOn { get; init; }

    /// <summary>The days by the last of which the document may have taken its first step.</summary>
    public DaySpan? On { get; init; }

    /// <summary>The days on one of which the document may have taken a step.</summary>
    public DaySpan? Within { get; init; }

    /// <summary>The id of a meeting at which they took a step.</summary>
    public string? Meeting { get; init; }

    /// <summary>The steps, of which they took one at <see cref="Meeting"/>.</summary>
    public IReadOnlyList<string>? StatusAt { get; init; }

    /// <summary>The id of the meeting that adopted them.</summary>
    public string? AdoptedAt { get; init; }

    /// <summary>The id of the meeting that discussed them.</summary>
    public string? DiscussedAt { get; init; }

    /// <summary>The id of the meeting that signed them.</summary>
    public string? SignedAt { get; init; }

    /// <summary>The id of the document to which they have a relation, or that has one to them.</summary>
    public string? RelatedTo { get; init; }
}

/// <summary>The conditions on outcomes.</summary>
public sealed record OutcomeFilters : ListFilters
{
    /// <summary>The codes of the forums that met.</summary>
    public IReadOnlyList<string>? Forum { get; init; }

    /// <summary>The id of the body that met.</summary>
    public string? Body { get; init; }

    /// <summary>The code of the body that met, in any forum.</summary>
    public string? BodyCode { get; init; }

    /// <summary>The id of the meeting.</summary>
    public string? Meeting { get; init; }

    /// <summary>The number of the agenda item.</summary>
    public string? AgendaItem { get; init; }

    /// <summary>The verbs.</summary>
    public IReadOnlyList<string>? Verb { get; init; }

    /// <summary>The code or id of who did it.</summary>
    public string? Actor { get; init; }

    /// <summary>The code or id of whom it speaks of.</summary>
    public string? Mention { get; init; }

    /// <summary>The id of the document.</summary>
    public string? Document { get; init; }

    /// <summary>How far what it asks for has come.</summary>
    public string? FollowUp { get; init; }

    /// <summary>The day before which what it asks for was due.</summary>
    public DateOnly? OverdueOn { get; init; }

    /// <summary>The days on one of which the meeting may have been under way.</summary>
    public DaySpan? Within { get; init; }
}

/// <summary>The conditions on what outcomes ask for.</summary>
public sealed record FollowUpFilters : ListFilters
{
    /// <summary>The days on which it is looked at how far it has come.</summary>
    public required DaySpan Days { get; init; }

    /// <summary>The code of the forum that met.</summary>
    public string? Forum { get; init; }

    /// <summary>How far it had come on the last of the days.</summary>
    public IReadOnlyList<string>? Status { get; init; }

    /// <summary>The day by which the meeting may have begun.</summary>
    public DateOnly? MetBy { get; init; }

    /// <summary>The code or id of who is to do it.</summary>
    public string? Responsible { get; init; }
}
