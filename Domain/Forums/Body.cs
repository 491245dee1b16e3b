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

/// <summary>The slug of a body within its forum: 2 to 64 characters of a-z, 0-9 and '-', starting with a letter (<c>secretariat</c>).</summary>
public sealed partial record BodyCode
{
    /// <summary>The pattern of a code.</summary>
    public const string Pattern = "^[a-z][a-z0-9-]{1,63}$";

    /// <summary>The error message for another format.</summary>
    public const string Sentence = "It has 2 to 64 characters of a-z, 0-9 and '-', and starts with a letter.";

    /// <exception cref="IllegalValueException">The code does not match the pattern.</exception>
    public BodyCode(string value)
    {
        if (!Shape().IsMatch(value))
        {
            throw new IllegalValueException(
                "code",
                $"'{value}' is not a body code: 2 to 64 characters of a-z, 0-9 and '-', starting with a letter."
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

/// <summary>The id of a body in the collection of all bodies: <c>CICA/secretariat</c>.</summary>
public sealed record BodyId(ForumCode Forum, BodyCode Code)
{
    /// <summary>The pattern of an id.</summary>
    public const string Pattern = "^[A-Z][A-Z0-9-]{1,15}/[a-z][a-z0-9-]{1,63}$";

    /// <summary>Parses <c>CICA/secretariat</c>.</summary>
    /// <exception cref="IllegalValueException">The text does not match the pattern.</exception>
    public static BodyId Parse(string text) =>
        text.Split('/') is [var forum, var code]
            ? new(new ForumCode(forum), new BodyCode(code))
            : throw new IllegalValueException("code", $"'{text}' is not a body such as CICA/secretariat.");

    /// <inheritdoc/>
    public override string ToString() => $"{Forum}/{Code}";
}

/// <summary>The facts of a body, apart from its code and its forum.</summary>
public sealed record BodyFacts
{
    public required Names Names { get; init; }

    public required BodyKind Kind { get; init; }

    /// <summary>The body of the same forum of which this one is part or to which it reports.</summary>
    public BodyCode? Parent { get; init; }

    public Period Life { get; init; } = Period.Always;

    public Seat? Seat { get; init; }

    public IReadOnlyList<Citation> Sources { get; init; } = [];
}

/// <summary>An organ of a forum: summit, council of ministers, secretariat, fund.</summary>
public sealed class Body
{
    /// <param name="forum">The forum of the body.</param>
    /// <param name="code">The slug of the body.</param>
    /// <param name="facts">The facts.</param>
    /// <param name="forumLife">The life of the forum, which includes that of the body.</param>
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

    /// <summary>The name that lists show: the official one, in English when there is one.</summary>
    public string Name => Facts.Names.Display(NameKind.Official);
}
