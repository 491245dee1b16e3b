using System.Text.RegularExpressions;
using Registry.Domain.Provenance;

namespace Registry.Domain.Forums;

/// <summary>The kind of a body.</summary>
public enum BodyKind
{
    Summit,
    Council,
    Committee,
    Secretariat,
    Assembly,
    Court,
    Fund,
    WorkingGroup,
    Commission,
    Staff,
    Agency,
    Network,
}

/// <summary>The slug that names a body within its forum: 2 to 64 of a-z, 0-9 and '-' (<c>secretariat</c>).</summary>
public sealed partial record BodyCode
{
    /// <summary>The shape of a code.</summary>
    public const string Pattern = "^[a-z][a-z0-9-]{1,63}$";

    /// <exception cref="IllegalValueException">The code has another shape.</exception>
    public BodyCode(string value)
    {
        if (!Shape().IsMatch(value))
        {
            throw new IllegalValueException(
                "code",
                $"'{value}' is not a body code: 2 to 64 of a-z, 0-9 and '-', starting with a letter."
            );
        }

        Value = value;
    }

    /// <summary>The slug.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    public override string ToString() => Value;

    [GeneratedRegex(Pattern + @"\z")]
    private static partial Regex Shape();
}

/// <summary>Names a body among those of all forums: <c>CICA/secretariat</c>.</summary>
public sealed record BodyId(ForumCode Forum, BodyCode Code)
{
    /// <summary>The shape of an id.</summary>
    public const string Pattern = "^[A-Z][A-Z0-9-]{1,15}/[a-z][a-z0-9-]{1,63}$";

    /// <summary>Reads <c>CICA/secretariat</c>.</summary>
    /// <exception cref="IllegalValueException">The text has another shape.</exception>
    public static BodyId Parse(string text) =>
        text.Split('/') is [var forum, var code]
            ? new(new ForumCode(forum), new BodyCode(code))
            : throw new IllegalValueException("code", $"'{text}' is not a body such as CICA/secretariat.");

    /// <inheritdoc/>
    public override string ToString() => $"{Forum}/{Code}";
}

/// <summary>What is known of a body, apart from its code and its forum.</summary>
public sealed record BodyFacts
{
    public required Names Names { get; init; }

    public required BodyKind Kind { get; init; }

    /// <summary>The body of the same forum that this one is part of or reports to.</summary>
    public BodyCode? Parent { get; init; }

    public Period Life { get; init; } = Period.Always;

    public Seat? Seat { get; init; }

    public IReadOnlyList<Citation> Sources { get; init; } = [];
}

/// <summary>An organ of a forum: summit, council of ministers, secretariat, fund.</summary>
public sealed class Body
{
    /// <param name="forum">The forum it is an organ of.</param>
    /// <param name="code">Its slug there.</param>
    /// <param name="facts">What is known of it.</param>
    /// <param name="forumLife">The life of the forum, outside which the body cannot stand.</param>
    /// <exception cref="RuleBrokenException">The body is its own parent or outlives its forum.</exception>
    public Body(ForumCode forum, BodyCode code, BodyFacts facts, Period forumLife)
    {
        Forum = forum;
        Code = code;
        Facts = facts;

        if (facts.Parent == code)
        {
            throw new RuleBrokenException("body-circle", $"{code} cannot be its own parent.");
        }

        if (!facts.Life.CanLieWithin(forumLife))
        {
            throw new RuleBrokenException(
                "outside-life",
                $"The body {code} {facts.Life} lies outside the life of {forum}, {forumLife}."
            );
        }
    }

    public ForumCode Forum { get; }

    public BodyCode Code { get; }

    public BodyFacts Facts { get; }

    /// <summary>The name lists show: the official one, in English where there is one.</summary>
    public string Name => Facts.Names.Display(NameKind.Official);
}
