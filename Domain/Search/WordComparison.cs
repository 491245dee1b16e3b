namespace Registry.Domain.Search;

/// <summary>The similarity of the words of a name to those of the question, with the reasons.</summary>
public sealed record WordLikeness
{
    /// <summary>The similarity, from 0 to 0.97: names with the same words need not be the same name.</summary>
    public double Score { get; init; }

    /// <summary>True when both have the same words, except for misspellings and words without meaning.</summary>
    public bool IsWhole { get; init; }

    /// <summary>The distance of the names in letters; a word of only one of them counts with all its letters.</summary>
    public double Apart { get; init; }

    /// <summary>The pairs of words with different spellings, in the question and in the name.</summary>
    public IReadOnlyList<(NameWord Asked, NameWord Name)> Misspelt { get; init; } = [];

    /// <summary>The reasons for and against the match.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];
}

/// <summary>
/// Compares two names word by word. A word matches another one that is spelled similarly, is a prefix of it, or sounds
/// like it, and is weighted by its rarity.
/// </summary>
public static class WordComparison
{
    private const double OfSameOrder = 0.97;
    private const double OfSameWords = 0.95;
    private const double OfBeginning = 0.85;
    private const double OfSameSound = 0.8;
    private const int ShortestBeginning = 3;
    private const int ShortestSounding = 4;

    /// <summary>The weights of generic words, and of words of unknown rarity.</summary>
    private const double OfGeneric = 0.2;
    private const double OfUnknown = 0.7;
    private const double OfInitial = 0.3;

    /// <summary>The maximum number of words of each name that are compared letter by letter.</summary>
    private const int MaxQueryWords = 8;
    private const int MaxNameWords = 16;

    private const double MinRarity = 0.25;
    private const double HalvingsToLeast = 8;

    /// <summary>Gets the rarity of a word by its number of records: 1 for one record or none, at least 0.25.</summary>
    public static double RarityOf(int records) =>
        records <= 1 ? 1 : Math.Max(MinRarity, 1 - (Math.Log2(records) / HalvingsToLeast));

    /// <summary>Compares the words of a name with those of the question.</summary>
    /// <param name="asked">The words of the question.</param>
    /// <param name="held">The words of the name.</param>
    /// <param name="rarity">Gets the rarity of a word, at most 1.</param>
    /// <param name="stateWords">
    /// The words that may name the state of the record, which the name itself may omit.
    /// </param>
    public static WordLikeness Compare(
        IReadOnlyList<NameWord> asked,
        IReadOnlyList<NameWord> held,
        Func<string, double> rarity,
        IReadOnlySet<string> stateWords
    )
    {
        string[] words = [.. asked.Select(word => word.Text)];
        string[] others = [.. held.Select(word => word.Text)];
        if (words.Length == others.Length)
        {
            if (words.SequenceEqual(others))
            {
                return Same(OfSameOrder, "same words");
            }

            if (words.Order(StringComparer.Ordinal).SequenceEqual(others.Order(StringComparer.Ordinal)))
            {
                return Same(OfSameWords, "same words in another order");
            }
        }

        return Weigh(asked, held, rarity, stateWords);
    }

    private static WordLikeness Same(double score, string reason) =>
        new()
        {
            Score = score,
            IsWhole = true,
            Reasons = [reason],
        };

    /// <summary>Computes the share of the weight of common words in that of all words; rare words weigh more.</summary>
    private static WordLikeness Weigh(
        IReadOnlyList<NameWord> asked,
        IReadOnlyList<NameWord> held,
        Func<string, double> rarity,
        IReadOnlySet<string> stateWords
    )
    {
        var tally = new Tally();
        var left = held.ToList();
        var open = new List<(NameWord Word, double Weight)>();
        foreach (var word in asked)
        {
            var same = left.FindIndex(other => other.Text == word.Text);
            var weight = WeightOf(word, rarity);
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
            var best = tally.Compared++ < MaxQueryWords ? BestOf(word, left) : default;
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

        return tally.Result(left.Count);
    }

    private static double WeightOf(NameWord word, Func<string, double> rarity) =>
        word.IsInitial ? OfInitial
        : word.Role == WordRole.Generic ? Math.Min(OfGeneric, rarity(word.Written))
        : rarity(word.Written);

    /// <summary>Matches what one name writes as one word and the other as two.</summary>
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
        for (var place = 0; place < Math.Min(left.Count, MaxNameWords); place++)
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
            // Of two runs of characters without spaces, one may be part of the other.
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
            // An initial stands for a name; two letters may mean anything.
            return shorter.Length >= ShortestBeginning || shorter.Length == 1
                ? new(OfBeginning) { Begins = true, Held = held }
                : default;
        }

        return shorter.Length >= ShortestSounding && asked.Sounds is { Length: > 0 } sounds && sounds == held.Sounds
            ? new(OfSameSound) { Sounds = true, Held = held }
            : default;
    }

    /// <summary>The match of a word with one of the name.</summary>
    private readonly record struct Fitting(double Share)
    {
        public int Place { get; init; }
        public NameWord? Held { get; init; }
        public int Differing { get; init; }
        public bool Begins { get; init; }
        public bool Sounds { get; init; }
    }

    /// <summary>The findings of a comparison of two names, word by word.</summary>
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

        private List<string> Reasons(int left)
        {
            var reasons = new List<string>();
            Add(_differing == 1, "one letter differs");
            Add(_differing > 1, $"{_differing} letters differ");
            Add(_sounds, "a word sounds alike");
            Add(_begun, "a word is only begun");
            Add(OfState, "name of the country");
            Add(_missing > 0, "words that the name has not");
            Add(left > 0, "more words in the name");
            return reasons;

            void Add(bool holds, string reason)
            {
                if (holds)
                {
                    reasons.Add(reason);
                }
            }
        }

        public WordLikeness Result(int left) =>
            new()
            {
                Score = _all == 0 ? 0 : OfSameWords * _fits / _all,
                IsWhole = _whole,
                Apart = _apart,
                Misspelt = _misspelt,
                Reasons = Reasons(left),
            };
    }
}
