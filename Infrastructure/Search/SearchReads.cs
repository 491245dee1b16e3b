using System.Buffers;
using Registry.Domain.Search;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Search;

/// <summary>A search in the index of names.</summary>
/// <param name="Text">The text; its other spellings are searched too.</param>
/// <param name="Collections">The collections to search; all when empty.</param>
/// <param name="Limit">The maximum number of hits.</param>
/// <param name="Today">The day that distinguishes former names from current ones.</param>
public sealed record SearchQuestion(string Text, IReadOnlyList<string> Collections, int Limit, DateOnly Today);

/// <summary>A record found by one of its names.</summary>
public sealed record NameHit
{
    /// <summary>The collection of the record.</summary>
    public required string Collection { get; init; }

    /// <summary>The id of the record in its collection.</summary>
    public required string Id { get; init; }

    /// <summary>The name that lists show.</summary>
    public required string Display { get; init; }

    /// <summary>The name that was found.</summary>
    public required string Name { get; init; }

    /// <summary>The language of that name.</summary>
    public string? Language { get; init; }

    /// <summary>The kind of that name.</summary>
    public string? Kind { get; init; }

    /// <summary>True when that name is no longer in use.</summary>
    public bool Former { get; init; }

    /// <summary>The score, from 0 to 1.</summary>
    public required double Score { get; init; }

    internal static NameHit Of(NameRow name, DateOnly today, double score) =>
        new()
        {
            Collection = name.Collection,
            Id = name.RecordId,
            Display = name.Display,
            Name = name.Name,
            Language = name.Language,
            Kind = name.Kind,
            Former = name.IsFormer(today),
            Score = score,
        };
}

/// <summary>Finds records by their names.</summary>
public sealed class SearchReads(RegistryDatabase database)
{
    /// <summary>The collections whose records have names.</summary>
    public static IReadOnlyList<string> Collections => NamedRecords.Collections;

    /// <summary>Gets the noun for a record of a collection.</summary>
    public static string NounOf(string collection) =>
        RecordKinds.All.Single(kind => kind.Collection == collection).Noun;

    /// <summary>Lists the hits, the best first; each record once, with the best of its names.</summary>
    public Task<IReadOnlyList<NameHit>> FindAsync(
        SearchQuestion question,
        DateTimeOffset? knownAt,
        CancellationToken cancellationToken
    ) =>
        database.ReadStateAsync(
            knownAt,
            async session =>
            {
                var finder = new NameFinder(
                    session,
                    question.Collections.Count > 0 ? question.Collections : Collections
                );
                var hits = await FindAsync(finder, FoldedText.Of(question.Text), question);
                foreach (var other in FoldedText.Otherwise(question.Text))
                {
                    hits =
                    [
                        .. hits.Concat(await FindAsync(finder, other, question))
                            .OrderByDescending(hit => hit.Score)
                            .DistinctBy(hit => (hit.Collection, hit.Id))
                            .Take(question.Limit),
                    ];
                }

                return hits;
            },
            cancellationToken
        );

    private static async Task<IReadOnlyList<NameHit>> FindAsync(
        NameFinder finder,
        FoldedText text,
        SearchQuestion question
    )
    {
        var ranking = new Ranking(text, question);
        if (text.IsEmpty)
        {
            return [];
        }

        foreach (var some in (await finder.WithEveryWordAsync(text)).Chunk(Keys.PerStatement))
        {
            if (ranking.IsAheadOf(some[0]))
            {
                break;
            }

            ranking.Add(await finder.ShownAsync(some.Select(candidate => candidate.NameKey)));
        }

        return ranking.Hits();
    }
}

/// <summary>Ranks the names that were read.</summary>
internal sealed class Ranking(FoldedText text, SearchQuestion question)
{
    private List<Ranked> _best = [];

    /// <summary>
    /// True when no later name can come among the hits: names that fit no better and are no shorter are excluded.
    /// </summary>
    public bool IsAheadOf(Candidate next) =>
        _best.Count == question.Limit
        && _best[^1] is var last
        && (
            last.Fit > next.AtBest
            || (last.Fit == next.AtBest && !last.IsFormer && last.Name.Folded.Length < next.Length)
        );

    /// <summary>Adds names to those that are ranked already.</summary>
    public void Add(IReadOnlyList<NameRow> names) =>
        _best = [
            .. _best
                .Concat(names.Select(name => new Ranked(name, Fits.Of(text, name), name.IsFormer(question.Today))))
                .Where(each => each.Fit != Fit.None)
                .OrderByDescending(each => each.Fit)
                .ThenBy(each => each.IsFormer)
                .ThenBy(each => each.Name.Folded.Length)
                .ThenBy(each => NamedRecords.PlaceOf(each.Name.Collection))
                .ThenBy(each => each.Name.NameKey, StringComparer.Ordinal)
                .DistinctBy(each => each.Name.RecordKey)
                .Take(question.Limit),
        ];

    /// <summary>Lists the records of those names, the best first.</summary>
    public IReadOnlyList<NameHit> Hits() =>
        _best.ConvertAll(each => NameHit.Of(each.Name, question.Today, ScoreOf(each)));

    /// <summary>
    /// Computes the score of a hit from its fit, then whether the name is in use, then the share of the name in the
    /// question.
    /// </summary>
    private double ScoreOf(Ranked hit)
    {
        var asked = Math.Min(1, (double)text.Whole.Length / Math.Max(1, hit.Name.Folded.Length));
        return Math.Round((0.16 * (int)hit.Fit) + (hit.IsFormer ? 0 : 0.08) + (0.06 * asked) + 0.06, 3);
    }

    private sealed record Ranked(NameRow Name, Fit Fit, bool IsFormer);
}

/// <summary>The fit of a name to a question, from none to exact.</summary>
internal enum Fit
{
    None,

    /// <summary>The question is a prefix of a code or identifier.</summary>
    SignBegun,

    /// <summary>A word of the question is only a prefix of a word of the name.</summary>
    Beginning,

    /// <summary>Every word of the question is a word of the name, in any order.</summary>
    Words,

    /// <summary>The question is the acronym, code or identifier.</summary>
    Sign,

    /// <summary>The question is the name.</summary>
    Whole,
}

internal static class Fits
{
    // A name of only these characters has no signs, and the index has all its words.
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        " 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    );

    public static Fit Of(FoldedText question, NameRow name)
    {
        var sign = NamedRecords.IsSign(name.Kind);
        if (sign)
        {
            return name.Folded == question.Compact ? Fit.Sign
                : name.Folded.StartsWith(question.Compact, StringComparison.Ordinal) ? Fit.SignBegun
                : Fit.None;
        }

        if (IsSpelledOut(question.Compact, name.Folded))
        {
            return name.Kind is "acronym" or "symbol" ? Fit.Sign : Fit.Whole;
        }

        var terms = TermsOf(name);
        var fit = OfWords(question, terms);

        // Guineabissau, and U.N. for UN.
        return fit == Fit.None && Find(question.Compact, terms) is (var whole, true)
            ? whole
                ? Fit.Words
                : Fit.Beginning
            : fit;
    }

    /// <summary>Gets the words of a name, joining those that signs separate.</summary>
    private static string[] TermsOf(NameRow name)
    {
        if (
            name.Folded.Length < NamedRecords.MaxFoldedLength
            && !name.Name.AsSpan().ContainsAnyExcept(Plain)
            && !MayHaveArticle(name.Folded)
        )
        {
            return name.Folded.Split(' ');
        }

        var folded = FoldedText.Of(name.Name);
        return
        [
            .. folded.Words,
            .. folded.Joined,
            .. NameTokens.WithoutArticles(folded),
            .. FoldedText.Otherwise(name.Name).SelectMany(other => other.Words),
        ];
    }

    private static bool MayHaveArticle(string folded) =>
        folded.Contains("al ", StringComparison.Ordinal) || folded.Contains("el ", StringComparison.Ordinal);

    /// <summary>Compares the words of the question with those of the name, in any position.</summary>
    private static Fit OfWords(FoldedText question, string[] terms)
    {
        var fit = Fit.Words;
        foreach (var word in question.Distinctive)
        {
            var (isWord, begins) = Find(word, terms);
            if (!begins)
            {
                return Fit.None;
            }

            fit = isWord ? fit : Fit.Beginning;
        }

        return fit;
    }

    /// <summary>True when the words are the letters with spaces between some of them.</summary>
    private static bool IsSpelledOut(string letters, string words)
    {
        var read = 0;
        foreach (var letter in words)
        {
            if (letter != ' ' && (read == letters.Length || letters[read++] != letter))
            {
                return false;
            }
        }

        return read == letters.Length;
    }

    private static (bool IsWord, bool Begins) Find(string word, string[] terms)
    {
        var begins = false;
        var within = FoldedText.IsIdeographic(word);
        foreach (var term in terms)
        {
            if (term == word)
            {
                return (true, true);
            }

            begins |= within
                ? term.Contains(word, StringComparison.Ordinal)
                : term.StartsWith(word, StringComparison.Ordinal);
        }

        return (false, begins);
    }
}
