using Registry.Domain.Forums;
using Registry.Domain.Provenance;

namespace Registry.Domain.Meetings;

/// <summary>The kind of a document.</summary>
public enum DocumentKind
{
    Treaty,
    Charter,
    Declaration,
    Statement,
    Resolution,
    Decision,
    Regulations,
    Rules,
    ActionPlan,
    RoadMap,
    Communique,
    Protocol,
    Report,
    Other,
}

/// <summary>The status of a document, from the plan to the end of its legal force.</summary>
public enum DocumentStatus
{
    Planned,
    Drafted,

    /// <summary>A meeting dealt with it, but took no decision on it.</summary>
    Discussed,
    Adopted,
    Signed,
    InForce,

    /// <summary>Another document replaced it.</summary>
    Superseded,
    Withdrawn,
}

/// <summary>A step in the life of a document.</summary>
public sealed record DocumentStep
{
    /// <summary>The maximum length of a basis.</summary>
    public const int MaxBasisLength = 500;

    /// <exception cref="IllegalValueException">The basis is blank or too long.</exception>
    public DocumentStep(
        DocumentStatus status,
        PartialDate on,
        Slug? meeting = null,
        string? basis = null,
        IReadOnlyList<Slug>? fulfils = null,
        IReadOnlyList<Citation>? sources = null
    )
    {
        Status = status;
        On = on;
        Meeting = meeting;
        Basis = Check.OptionalText("basis", basis, MaxBasisLength);
        Fulfils = [.. (fulfils ?? []).Distinct()];
        Sources = sources ?? [];
    }

    /// <summary>The status of the document from this step on.</summary>
    public DocumentStatus Status { get; }

    /// <summary>The day of the step, as precise as known.</summary>
    public PartialDate On { get; }

    /// <summary>The meeting that took the step.</summary>
    public Slug? Meeting { get; }

    /// <summary>The note or clause that the step rests on.</summary>
    public string? Basis { get; }

    /// <summary>The outcomes whose follow-up the step fulfils.</summary>
    public IReadOnlyList<Slug> Fulfils { get; }

    public IReadOnlyList<Citation> Sources { get; }

    /// <summary>True for the steps that only a meeting that is held can take.</summary>
    public bool IsAct => IsActOf(Status);

    /// <inheritdoc cref="IsAct"/>
    public static bool IsActOf(DocumentStatus status) =>
        status is DocumentStatus.Discussed or DocumentStatus.Adopted or DocumentStatus.Signed;

    /// <summary>Refuses a step that its meeting cannot have taken.</summary>
    /// <exception cref="RuleBrokenException">The meeting is cancelled, or was certainly on other days.</exception>
    public void RefuseOutside(Period held, MeetingStatus status)
    {
        if (!IsAct)
        {
            return;
        }

        if (status == MeetingStatus.Cancelled)
        {
            throw new RuleBrokenException("meeting-cancelled", $"The meeting {Meeting} is cancelled and took no step.");
        }

        if (On.FirstDay > held.LatestEnd || On.LastDay < held.EarliestStart)
        {
            throw new RuleBrokenException(
                "outside-meeting",
                $"The meeting {Meeting} is held {held}; {On} is not one of its days."
            );
        }
    }
}

/// <summary>The kind of a relation to another document.</summary>
public enum DocumentRelationKind
{
    Implements,
    Supersedes,
    Amends,
}

/// <summary>The relation of a document to another one.</summary>
public sealed record DocumentRelation(DocumentRelationKind Kind, Slug Document);

/// <summary>The facts of a document, apart from its id and its steps.</summary>
public sealed record DocumentFacts
{
    /// <summary>The maximum length of a symbol.</summary>
    public const int MaxSymbolLength = 100;

    public required Texts Titles { get; init; }

    /// <summary>The official symbol, such as <c>A/RES/46/182</c>.</summary>
    public string? Symbol { get; init; }

    public required DocumentKind Kind { get; init; }

    public ForumCode? Forum { get; init; }

    /// <summary>The body of the forum with the document.</summary>
    public BodyCode? Body { get; init; }

    public IReadOnlyList<DocumentRelation> Relations { get; init; } = [];

    public IReadOnlyList<WebLink> Links { get; init; } = [];

    public IReadOnlyList<Citation> Sources { get; init; } = [];
}

/// <summary>A document of a forum, from the plan to the end of its legal force.</summary>
public sealed class Document
{
    private readonly List<DocumentStep> _steps;

    /// <exception cref="IllegalValueException">
    /// There is no step, a value is out of bounds, or a body has no forum.
    /// </exception>
    /// <exception cref="RuleBrokenException">
    /// The steps are out of order, or the document has a relation to itself.
    /// </exception>
    public Document(Slug id, DocumentFacts facts, IReadOnlyList<DocumentStep> steps)
    {
        if (steps.Count == 0)
        {
            throw new IllegalValueException("steps", "At least one step is needed.");
        }

        if (facts.Body is not null && facts.Forum is null)
        {
            throw new IllegalValueException("forum", "It is required when body is present.");
        }

        Check.OptionalText("symbol", facts.Symbol, DocumentFacts.MaxSymbolLength);
        if (facts.Relations.Any(relation => relation.Document == id))
        {
            throw new RuleBrokenException("document-circle", $"{id} cannot have a relation to itself.");
        }

        RefuseDisorder(steps);
        Id = id;
        Facts = facts;
        _steps = [.. steps];
    }

    public Slug Id { get; }

    public DocumentFacts Facts { get; }

    /// <summary>The steps, in order.</summary>
    public IReadOnlyList<DocumentStep> Steps => _steps;

    /// <summary>The status after the last step.</summary>
    public DocumentStatus Status => _steps[^1].Status;

    /// <summary>The title shown in lists, in English when there is one.</summary>
    public string Name => Facts.Titles.Display;

    /// <summary>
    /// The date of the document: of adoption, signature or entry into force, whichever came first; otherwise of the
    /// first step.
    /// </summary>
    public PartialDate Date =>
        (
            _steps.FirstOrDefault(step =>
                step.Status is DocumentStatus.Adopted or DocumentStatus.Signed or DocumentStatus.InForce
            ) ?? _steps[0]
        ).On;

    /// <summary>The period from its date until it was superseded or withdrawn.</summary>
    public Period Life => new(Date, IsClosing(Status) ? _steps[^1].On : null);

    /// <summary>Takes a step.</summary>
    /// <exception cref="RuleBrokenException">The step cannot follow the ones before.</exception>
    public void Take(DocumentStep step)
    {
        RefuseDisorder([.. _steps, step]);
        _steps.Add(step);
    }

    /// <summary>Refuses relations with which a document would supersede itself.</summary>
    /// <param name="known">The documents that a document on record supersedes.</param>
    /// <exception cref="RuleBrokenException">They would form a cycle.</exception>
    public void RefuseCircle(ILookup<string, string> known)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Stack<string>(
            Facts
                .Relations.Where(relation => relation.Kind == DocumentRelationKind.Supersedes)
                .Select(relation => relation.Document.Value)
        );
        while (waiting.TryPop(out var earlier))
        {
            if (earlier == Id.Value)
            {
                throw new RuleBrokenException("document-circle", $"{Id} would supersede itself.");
            }

            if (seen.Add(earlier))
            {
                foreach (var further in known[earlier])
                {
                    waiting.Push(further);
                }
            }
        }
    }

    private static void RefuseDisorder(IReadOnlyList<DocumentStep> steps)
    {
        if (IsClosing(steps[0].Status))
        {
            throw new RuleBrokenException(
                "document-step-order",
                $"A document cannot begin as {Word(steps[0].Status)}."
            );
        }

        foreach (var (before, step) in steps.Zip(steps.Skip(1)))
        {
            if (IsClosing(before.Status))
            {
                throw new RuleBrokenException(
                    "document-closed",
                    $"No step follows {Word(before.Status)}: the document cannot become {Word(step.Status)}."
                );
            }

            if (!MayFollow(before.Status, step.Status))
            {
                throw new RuleBrokenException(
                    "document-step-order",
                    $"A document that is {Word(before.Status)} cannot become {Word(step.Status)}."
                );
            }
        }

        StepDates.RefuseBackwards(
            steps.Select(step => (Word(step.Status), (PartialDate?)step.On)),
            "document-step-order"
        );
    }

    private static bool IsClosing(DocumentStatus status) =>
        status is DocumentStatus.Superseded or DocumentStatus.Withdrawn;

    private static bool MayFollow(DocumentStatus before, DocumentStatus status) =>
        before switch
        {
            DocumentStatus.Planned => status
                is DocumentStatus.Drafted
                    or DocumentStatus.Discussed
                    or DocumentStatus.Adopted
                    or DocumentStatus.Signed
                    or DocumentStatus.Withdrawn,
            DocumentStatus.Drafted or DocumentStatus.Discussed => status
                is DocumentStatus.Drafted
                    or DocumentStatus.Discussed
                    or DocumentStatus.Adopted
                    or DocumentStatus.Signed
                    or DocumentStatus.Withdrawn,
            DocumentStatus.Adopted => status
                is DocumentStatus.Signed
                    or DocumentStatus.InForce
                    or DocumentStatus.Superseded
                    or DocumentStatus.Withdrawn,
            DocumentStatus.Signed => status
                is DocumentStatus.InForce
                    or DocumentStatus.Superseded
                    or DocumentStatus.Withdrawn,
            DocumentStatus.InForce => IsClosing(status),
            _ => false,
        };

    private static string Word(DocumentStatus status) =>
        status == DocumentStatus.InForce ? "in force" : status.ToString().ToLowerInvariant();
}
