using Registry.Domain.Search;

namespace Registry.Infrastructure.Search;

/// <summary>How like a name is to the one asked for, and why.</summary>
internal sealed record Likeness
{
    /// <summary>0 to 1.</summary>
    public double Score { get; init; }

    /// <summary>What speaks for it and what against it.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>True where every word of each is in the other, but for misspellings and for words that tell nothing.</summary>
    public bool IsWhole { get; init; }

    /// <summary>How far the names are apart, in letters; a word that only one of them has counts by its letters.</summary>
    public double Apart { get; init; }

    /// <summary>The pairs of words that are spelled otherwise, as asked for and as in the name.</summary>
    public IReadOnlyList<(NameWord Asked, NameWord Name)> Misspelt { get; init; } = [];

    /// <summary>What the day, the country and the kind add to the score or take from it.</summary>
    public double Context { get; init; }
}

/// <summary>A name of a record, in words.</summary>
internal sealed class ComparedName(NameRow row)
{
    private FoldedText? _folded;
    private NameWords? _words;

    /// <summary>The name.</summary>
    public NameRow Row => row;

    /// <summary>The name folded.</summary>
    public FoldedText Folded => _folded ??= FoldedText.Of(row.Name);

    /// <summary>The name in words.</summary>
    public NameWords Words => _words ??= NameWords.Of(row.Name, IsOfPerson(row.Collection));

    /// <summary>True for a collection whose names are of people.</summary>
    public static bool IsOfPerson(string collection) => collection == "ministers";
}

/// <summary>Holds a name of a record against the name that somebody else has for it.</summary>
/// <param name="question">The name asked for, with what is known of it.</param>
/// <param name="today">The day that tells former names from present ones.</param>
/// <param name="rarity">How rare a word is among the names of a collection, up to 1.</param>
internal sealed class Matching(MatchQuestion question, DateOnly today, Func<string, string, double> rarity)
{
    private const double OfSign = 0.95;
    private const double OfAcronym = 0.9;
    private const double OfOtherSpelling = 0.98;
    private const double OfSameOrder = 0.97;
    private const double OfSameWords = 0.95;
    private const double OfBeginning = 0.85;
    private const double OfSameSound = 0.8;
    private const double OfLowerInitials = 0.6;
    private const int ShortestBeginning = 3;
    private const int ShortestSounding = 4;

    /// <summary>Initials that are words too when they are written small: car, fry, us.</summary>
    private const int ShortInitials = 3;

    /// <summary>What the words count that tell little, and those of which it is not known how rare they are.</summary>
    private const double OfGeneric = 0.2;
    private const double OfUnknown = 0.7;
    private const double OfInitial = 0.3;

    /// <summary>The most words of each that are compared letter by letter.</summary>
    private const int MostAsked = 8;
    private const int MostOfName = 16;

    private readonly string _written = question.Name.Trim();
    private readonly FoldedText[] _otherwise = [.. FoldedText.Otherwise(question.Name)];
    private readonly NameWords _words = NameWords.Of(question.Name, person: false);
    private readonly NameWords _person = NameWords.Of(question.Name, person: true);
    private readonly bool _initials = NameWords.IsInitials(question.Name);

    /// <summary>The name asked for.</summary>
    public FoldedText Asked { get; } = FoldedText.Of(question.Name);

    /// <summary>Its words.</summary>
    public NameWords Words(string collection) => ComparedName.IsOfPerson(collection) ? _person : _words;

    /// <summary>The likeness of a name.</summary>
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
            // A code is what is written as one: neither "no" nor "N/A".
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

        var (asked, held) = (Words(row.Collection).Counted, name.Words.Counted);
        if (asked.Count == held.Count)
        {
            if (asked.Select(Text).SequenceEqual(held.Select(Text)))
            {
                return Same(OfSameOrder, "same words");
            }

            if (
                asked
                    .Select(Text)
                    .Order(StringComparer.Ordinal)
                    .SequenceEqual(held.Select(Text).Order(StringComparer.Ordinal))
            )
            {
                return Same(OfSameWords, "same words in another order");
            }
        }

        return OfWords(row.Collection, asked, held, stateWords, reasons);

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

    private static string Text(NameWord word) => word.Text;

    /// <summary>What words that both have are worth, of all that both have; rare words are worth more.</summary>
    private Likeness OfWords(
        string collection,
        IReadOnlyList<NameWord> asked,
        IReadOnlyList<NameWord> held,
        IReadOnlySet<string> stateWords,
        List<string> reasons
    )
    {
        var tally = new Tally();
        var left = held.ToList();
        var open = new List<(NameWord Word, double Weight)>();
        foreach (var word in asked)
        {
            var same = left.FindIndex(other => other.Text == word.Text);
            var weight = WeightOf(collection, word);
            if (same >= 0)
            {
                left.RemoveAt(same);
                tally.Pair(weight, 1);
            }
            else
            {
                open.Add((word, weight));
            }
        }

        Join(open, left, tally);
        foreach (
            var (word, weight) in open.OrderByDescending(each => each.Weight)
                .ThenByDescending(each => each.Word.Text.Length)
        )
        {
            var best = tally.Compared++ < MostAsked ? BestOf(word, left) : default;
            if (best.Share > 0)
            {
                left.RemoveAt(best.Place);
                tally.Pair(weight, best.Share);
                tally.Note(word, best);
            }
            else if (stateWords.Contains(word.Written))
            {
                tally.OfState = true;
            }
            else
            {
                tally.Miss(word, weight);
            }
        }

        foreach (var word in left)
        {
            tally.Leave(
                word,
                word.Role == WordRole.Generic ? OfGeneric
                    : word.IsInitial ? OfInitial
                    : OfUnknown
            );
        }

        tally.Explain(reasons, left.Count);
        return tally.Likeness(OfSameWords);
    }

    private double WeightOf(string collection, NameWord word) =>
        word.IsInitial ? OfInitial
        : word.Role == WordRole.Generic ? Math.Min(OfGeneric, rarity(collection, word.Written))
        : rarity(collection, word.Written);

    /// <summary>Takes out what one of the names writes as one word and the other as two.</summary>
    private static void Join(List<(NameWord Word, double Weight)> open, List<NameWord> left, Tally tally)
    {
        for (var place = open.Count - 1; place >= 0; place--)
        {
            var word = open[place].Word.Written;
            var second = Enumerable
                .Range(1, Math.Max(0, left.Count - 1))
                .FirstOrDefault(at => left[at - 1].Written + left[at].Written == word);
            if (second > 0)
            {
                left.RemoveRange(second - 1, 2);
                tally.Pair(open[place].Weight, 1);
                open.RemoveAt(place);
            }
            else if (
                place + 1 < open.Count
                && left.FindIndex(other => other.Written == word + open[place + 1].Word.Written) is >= 0 and var same
            )
            {
                left.RemoveAt(same);
                tally.Pair(open[place].Weight + open[place + 1].Weight, 1);
                open.RemoveRange(place, 2);
            }
        }
    }

    private static Fitting BestOf(NameWord word, List<NameWord> left)
    {
        var best = default(Fitting);
        for (var place = 0; place < Math.Min(left.Count, MostOfName); place++)
        {
            var fit = FitOf(word, left[place]);
            if (fit.Share > best.Share)
            {
                best = fit with { Place = place };
            }
        }

        return best;
    }

    private static Fitting FitOf(NameWord asked, NameWord held)
    {
        var (word, other) = (asked.Text, held.Text);
        var (shorter, longer) = word.Length < other.Length ? (word, other) : (other, word);
        var tolerance = Spelling.Tolerance(shorter);
        if (tolerance > 0 && !char.IsAsciiDigit(shorter[0]))
        {
            var differing = asked.DistanceTo(held, tolerance);
            if (differing <= tolerance)
            {
                return new(1 - ((double)differing / longer.Length)) { Differing = differing, Held = held };
            }
        }

        if (FoldedText.IsIdeographic(shorter))
        {
            // Of two runs of characters without spaces one may stand within the other.
            return longer.Contains(shorter, StringComparison.Ordinal)
                ? new(Math.Max(0.5, 2.0 * shorter.Length / (shorter.Length + longer.Length)))
                {
                    Begins = true,
                    Held = held,
                }
                : default;
        }

        if (longer.StartsWith(shorter, StringComparison.Ordinal))
        {
            // An initial stands for a name; two letters may be anything.
            return shorter.Length >= ShortestBeginning || shorter.Length == 1
                ? new(OfBeginning) { Begins = true, Held = held }
                : default;
        }

        return shorter.Length >= ShortestSounding && asked.Sounds is { Length: > 0 } sounds && sounds == held.Sounds
            ? new(OfSameSound) { Sounds = true, Held = held }
            : default;
    }

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

    /// <summary>How a word fits one of the name's.</summary>
    private readonly record struct Fitting(double Share)
    {
        public int Place { get; init; }
        public NameWord? Held { get; init; }
        public int Differing { get; init; }
        public bool Begins { get; init; }
        public bool Sounds { get; init; }
    }

    /// <summary>What was found of two names, word by word.</summary>
    private sealed class Tally
    {
        private readonly List<(NameWord, NameWord)> _misspelt = [];
        private double _fits;
        private double _all;
        private double _apart;
        private int _differing;
        private int _missing;
        private bool _begun;
        private bool _sounds;
        private bool _whole = true;

        public int Compared { get; set; }

        public bool OfState { get; set; }

        public void Pair(double weight, double share)
        {
            _fits += 2 * weight * share;
            _all += 2 * weight;
        }

        public void Note(NameWord asked, Fitting fit)
        {
            _differing += fit.Differing;
            _begun |= fit.Begins;
            _sounds |= fit.Sounds;
            _whole &= !fit.Begins && !fit.Sounds;
            _apart +=
                fit.Differing > 0 ? fit.Differing
                : fit.Begins ? Math.Abs(asked.Text.Length - fit.Held!.Text.Length)
                : fit.Sounds ? 2
                : 0;
            if (fit.Differing > 0)
            {
                _misspelt.Add((asked, fit.Held!));
            }
        }

        public void Miss(NameWord word, double weight)
        {
            _missing++;
            Leave(word, weight);
        }

        public void Leave(NameWord word, double weight)
        {
            _all += weight;
            _whole = false;
            _apart += word.Role == WordRole.Generic ? 1 : Math.Max(2, word.Text.Length);
        }

        public void Explain(List<string> reasons, int left)
        {
            Add(_differing == 1, "one letter differs");
            Add(_differing > 1, $"{_differing} letters differ");
            Add(_sounds, "a word sounds alike");
            Add(_begun, "a word is only begun");
            Add(OfState, "name of the country");
            Add(_missing > 0, "words that the name has not");
            Add(left > 0, "more words in the name");

            void Add(bool holds, string reason)
            {
                if (holds)
                {
                    reasons.Add(reason);
                }
            }
        }

        public Likeness Likeness(double atMost) =>
            new()
            {
                Score = _all == 0 ? 0 : atMost * _fits / _all,
                IsWhole = _whole,
                Apart = _apart,
                Misspelt = _misspelt,
            };
    }
}
