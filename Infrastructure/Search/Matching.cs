using Registry.Domain.Search;

namespace Registry.Infrastructure.Search;

/// <summary>The similarity of a name to the question, with the reasons.</summary>
internal sealed record Likeness
{
    /// <summary>The score, from 0 to 1.</summary>
    public double Score { get; init; }

    /// <summary>The reasons for and against it.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>True when both have the same words, except for misspellings and words without meaning.</summary>
    public bool IsWhole { get; init; }

    /// <summary>The distance of the names in letters; a word of only one of them counts with all its letters.</summary>
    public double Apart { get; init; }

    /// <summary>The pairs of words with different spellings, in the question and in the name.</summary>
    public IReadOnlyList<(NameWord Asked, NameWord Name)> Misspelt { get; init; } = [];

    /// <summary>The amount that the date, the country and the kind add to the score or subtract from it.</summary>
    public double Context { get; init; }
}

/// <summary>A name of a record, split into words.</summary>
internal sealed class ComparedName(NameRow row)
{
    private FoldedText? _folded;
    private NameWords? _words;

    /// <summary>The name.</summary>
    public NameRow Row => row;

    /// <summary>The folded name.</summary>
    public FoldedText Folded => _folded ??= FoldedText.Of(row.Name);

    /// <summary>The words of the name.</summary>
    public NameWords Words => _words ??= NameWords.Of(row.Name, IsOfPerson(row.Collection));

    /// <summary>True for a collection of names of people.</summary>
    public static bool IsOfPerson(string collection) => collection == "ministers";
}

/// <summary>Compares a name of a record with the name in the question.</summary>
/// <param name="question">The question.</param>
/// <param name="today">The day that distinguishes former names from current ones.</param>
/// <param name="rarity">The rarity of a word among the names of a collection, at most 1.</param>
internal sealed class Matching(MatchQuestion question, DateOnly today, Func<string, string, double> rarity)
{
    private const double OfSign = 0.95;
    private const double OfAcronym = 0.9;
    private const double OfOtherSpelling = 0.98;
    private const double OfLowerInitials = 0.6;

    /// <summary>Initials that are also words in lower case: car, fry, us.</summary>
    private const int ShortInitials = 3;

    private readonly string _written = question.Name.Trim();
    private readonly FoldedText[] _otherwise = [.. FoldedText.Otherwise(question.Name)];
    private readonly NameWords _words = NameWords.Of(question.Name, person: false);
    private readonly NameWords _person = NameWords.Of(question.Name, person: true);
    private readonly bool _initials = NameWords.IsInitials(question.Name);

    /// <summary>The name in the question.</summary>
    public FoldedText Asked { get; } = FoldedText.Of(question.Name);

    /// <summary>The words of the name.</summary>
    public NameWords Words(string collection) => ComparedName.IsOfPerson(collection) ? _person : _words;

    /// <summary>Gets the similarity of a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="states">The states of the record.</param>
    /// <param name="stateWords">The words of the names of those states.</param>
    public Likeness Of(ComparedName name, IReadOnlySet<string> states, IReadOnlySet<string> stateWords)
    {
        var reasons = new List<string>();
        var likeness = OfName(name, stateWords, reasons);
        if (likeness.Score == 0)
        {
            return likeness;
        }

        var context = OfDay(name.Row, reasons) + OfState(states, reasons) + OfKind(name.Row, reasons);
        return likeness with
        {
            Score = Math.Round(Math.Clamp(likeness.Score + context, 0, 1), 3),
            Context = context,
            Reasons = reasons,
        };
    }

    private Likeness OfName(ComparedName name, IReadOnlySet<string> stateWords, List<string> reasons)
    {
        var row = name.Row;
        if (NamedRecords.IsSign(row.Kind))
        {
            // Only what is written as a code is one: neither "no" nor "N/A".
            return row.Name == _written ? Same(OfSign, row.Kind!) : new();
        }

        var acronym = row.Kind is "acronym" or "symbol";
        if (name.Folded.Compact == Asked.Compact)
        {
            return NameWords.IsInitials(row.Name) && !_initials && Asked.Compact.Length <= ShortInitials
                    ? Same(OfLowerInitials, "initials, written as a word") with
                    {
                        IsWhole = false,
                    }
                : acronym ? Same(OfAcronym, row.Kind!)
                // RU is also a code, of another state.
                : NameWords.IsInitials(row.Name) && _initials ? Same(OfSign, "same initials")
                : Same(1, "same name");
        }

        if (IsOtherSpelling(name))
        {
            return Same(OfOtherSpelling, "same name in another spelling");
        }

        var words = WordComparison.Compare(
            Words(row.Collection).Counted,
            name.Words.Counted,
            word => rarity(row.Collection, word),
            stateWords
        );
        reasons.AddRange(words.Reasons);
        return new Likeness
        {
            Score = words.Score,
            IsWhole = words.IsWhole,
            Apart = words.Apart,
            Misspelt = words.Misspelt,
        };

        Likeness Same(double score, string reason)
        {
            reasons.Add(reason);
            return new Likeness { Score = score, IsWhole = true };
        }
    }

    private bool IsOtherSpelling(ComparedName name) =>
        (_otherwise.Length > 0 || !name.Row.Name.All(char.IsAscii) || name.Row.Name.Any(FoldedText.IsApostrophe))
        && _otherwise
            .Append(Asked)
            .Select(each => each.Compact)
            .Intersect(FoldedText.Otherwise(name.Row.Name).Append(name.Folded).Select(each => each.Compact))
            .Any();

    private double OfDay(NameRow name, List<string> reasons)
    {
        var score = 0.0;
        if (question.On is { } on && (name.LifeFrom > on.LastDay || name.LifeUntil < on.FirstDay))
        {
            reasons.Add($"not there on {on}");
            score -= 0.3;
        }

        if (question.On is { } then && (name.FromEarliest > then.LastDay || name.UntilLatest < then.FirstDay))
        {
            reasons.Add($"not its name on {then}");
            return score - 0.1;
        }

        if (name.IsFormer(today))
        {
            reasons.Add(
                name.UntilLatest == DateOnly.MaxValue ? "former name" : $"former name, until {name.UntilLatest.Year}"
            );
            score -= question.On is null ? 0.05 : 0;
        }

        return score;
    }

    private double OfState(IReadOnlySet<string> states, List<string> reasons)
    {
        if (question.Country is null || states.Count == 0)
        {
            return 0;
        }

        if (!question.IsCountryKnown)
        {
            reasons.Add("country not known");
            return 0;
        }

        var same = states.Contains(question.Country);
        reasons.Add(same ? $"of {question.Country}" : "of another country");
        return same ? 0.03 : -0.3;
    }

    private double OfKind(NameRow name, List<string> reasons)
    {
        if (question.Kind is null || name.RecordKind is null || name.RecordKind == question.Kind)
        {
            return 0;
        }

        reasons.Add($"of another kind, {name.RecordKind}");
        return -0.2;
    }
}
