using Registry.Domain.Search;

namespace Registry.Infrastructure.Search;

/// <summary>How like a name is to the one asked for, and why.</summary>
/// <param name="Score">0 to 1.</param>
/// <param name="Reasons">What speaks for it and what against it.</param>
internal sealed record Likeness(double Score, IReadOnlyList<string> Reasons);

/// <summary>Holds a name of a record against the name that somebody else has for it.</summary>
internal sealed class Matching(MatchQuestion question, DateOnly today)
{
    private const double OfSign = 0.95;
    private const double OfAcronym = 0.9;
    private const double OfSameWords = 0.95;
    private const double OfBeginning = 0.85;
    private const int ShortestBeginning = 3;

    private readonly FoldedText _asked = FoldedText.Of(question.Name);

    /// <summary>The name asked for.</summary>
    public FoldedText Asked => _asked;

    /// <summary>The likeness of a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="states">The states of the record.</param>
    /// <param name="stateWords">The words of the names of those states.</param>
    public Likeness Of(NameRow name, IReadOnlySet<string> states, IReadOnlySet<string> stateWords)
    {
        var reasons = new List<string>();
        var score = OfName(name, stateWords, reasons);
        if (score == 0)
        {
            return new(0, reasons);
        }

        score += OfDay(name, reasons) + OfState(states, reasons) + OfKind(name, reasons);
        return new(Math.Round(Math.Clamp(score, 0, 1), 3), reasons);
    }

    private double OfName(NameRow name, IReadOnlySet<string> stateWords, List<string> reasons)
    {
        if (NamedRecords.IsSign(name.Kind))
        {
            return name.Folded == _asked.Compact ? Because(OfSign, name.Kind!) : 0;
        }

        var folded = FoldedText.Of(name.Name);
        if (folded.Compact == _asked.Compact)
        {
            return name.Kind is "acronym" or "symbol" ? Because(OfAcronym, name.Kind) : Because(1, "same name");
        }

        if (folded.Words.Order(StringComparer.Ordinal).SequenceEqual(_asked.Words.Order(StringComparer.Ordinal)))
        {
            return Because(OfSameWords, "same words in another order");
        }

        return OfWords(folded, stateWords, reasons);

        double Because(double score, string reason)
        {
            reasons.Add(reason);
            return score;
        }
    }

    /// <summary>The share of letters in words that both have, however they are spelled.</summary>
    private double OfWords(FoldedText name, IReadOnlySet<string> stateWords, List<string> reasons)
    {
        var left = name.Words.ToList();
        var (fits, letters, differing, begun, missing, ofState) = (0.0, 0, 0, false, 0, false);
        foreach (var word in _asked.Words.OrderByDescending(word => word.Length))
        {
            var best = left.Select(other => (Word: other, Fit: FitOf(word, other)))
                .OrderByDescending(pair => pair.Fit.Share)
                .FirstOrDefault();
            if (best.Word is not null && best.Fit.Share > 0)
            {
                left.Remove(best.Word);

                // Of a name that only its initial stands for, the other letters count neither for it nor against it.
                var shared = word.Length == 1 || best.Word.Length == 1 ? 2 : word.Length + best.Word.Length;
                fits += best.Fit.Share * shared;
                letters += shared;
                differing += best.Fit.Differing;
                begun |= best.Fit.Begins;
            }
            else if (stateWords.Contains(word))
            {
                ofState = true;
            }
            else
            {
                letters += word.Length;
                missing++;
            }
        }

        letters += left.Sum(word => word.Length);
        Add(differing == 1, "one letter differs");
        Add(differing > 1, $"{differing} letters differ");
        Add(begun, "a word is only begun");
        Add(ofState, "name of the country");
        Add(missing > 0, "words that the name has not");
        Add(left.Count > 0, "more words in the name");
        return letters == 0 ? 0 : OfSameWords * fits / letters;

        void Add(bool holds, string reason)
        {
            if (holds)
            {
                reasons.Add(reason);
            }
        }
    }

    private static (double Share, int Differing, bool Begins) FitOf(string word, string other)
    {
        if (word == other)
        {
            return (1, 0, false);
        }

        var (shorter, longer) = word.Length < other.Length ? (word, other) : (other, word);
        var differing = Spelling.Distance(word, other, Spelling.Tolerance(shorter));
        if (differing <= Spelling.Tolerance(shorter))
        {
            return (1 - ((double)differing / longer.Length), differing, false);
        }

        if (longer.StartsWith(shorter, StringComparison.Ordinal))
        {
            // An initial stands for a name; two letters may be anything.
            return shorter.Length >= ShortestBeginning || shorter.Length == 1 ? (OfBeginning, 0, true) : (0, 0, false);
        }

        // Of two runs of characters without spaces one may stand within the other.
        return FoldedText.IsIdeographic(shorter) && longer.Contains(shorter, StringComparison.Ordinal)
            ? (2.0 * shorter.Length / (shorter.Length + longer.Length), 0, true)
            : (0, 0, false);
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
}
