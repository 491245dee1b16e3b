using Registry.Domain.Search;
using Registry.Infrastructure.Database;

namespace Registry.Infrastructure.Search;

/// <summary>A question to the index of names.</summary>
/// <param name="Text">What is looked for.</param>
/// <param name="Collections">The collections to look in; every one where there is none.</param>
/// <param name="Limit">The most hits.</param>
/// <param name="Today">The day that tells former names from present ones.</param>
public sealed record SearchQuestion(FoldedText Text, IReadOnlyList<string> Collections, int Limit, DateOnly Today);

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

    /// <summary>What that name is.</summary>
    public string? Kind { get; init; }

    /// <summary>True where that name is not borne any more.</summary>
    public bool Former { get; init; }

    /// <summary>How well it fits, 0 to 1.</summary>
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

    /// <summary>One record of a collection.</summary>
    public static string NounOf(string collection) =>
        RecordKinds.All.Single(kind => kind.Collection == collection).Noun;

    /// <summary>The records that fit, the best first; each once, by the best of its names.</summary>
    public Task<IReadOnlyList<NameHit>> FindAsync(
        SearchQuestion question,
        DateTimeOffset? knownAt,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync(
            knownAt,
            async session =>
            {
                var finder = new NameFinder(
                    session,
                    question.Collections.Count > 0 ? question.Collections : Collections
                );
                var names = await finder.WithEveryWordAsync(question.Text);
                return Ranked(question, names);
            },
            cancellationToken
        );

    private static IReadOnlyList<NameHit> Ranked(SearchQuestion question, IReadOnlyList<NameRow> names) =>
        [
            .. names
                .Select(name => (Name: name, Fit: Fits.Of(question.Text, name), Former: name.IsFormer(question.Today)))
                .Where(hit => hit.Fit != Fit.None)
                .OrderByDescending(hit => hit.Fit)
                .ThenBy(hit => hit.Former)
                .ThenBy(hit => hit.Name.Folded.Length)
                .ThenBy(hit => NamedRecords.PlaceOf(hit.Name.Collection))
                .ThenBy(hit => hit.Name.NameKey, StringComparer.Ordinal)
                .DistinctBy(hit => hit.Name.RecordKey)
                .Take(question.Limit)
                .Select(hit =>
                    NameHit.Of(hit.Name, question.Today, ScoreOf(question.Text, hit.Name, hit.Fit, hit.Former))
                ),
        ];

    /// <summary>In the order of the hits: how the name fits, then whether it is borne, then how much of it was asked for.</summary>
    private static double ScoreOf(FoldedText question, NameRow name, Fit fit, bool former)
    {
        var asked = Math.Min(1, (double)question.Whole.Length / Math.Max(1, name.Folded.Length));
        return Math.Round((0.16 * (int)fit) + (former ? 0 : 0.08) + (0.06 * asked) + 0.06, 3);
    }
}

/// <summary>How a name fits a question, from not at all to wholly.</summary>
internal enum Fit
{
    None,

    /// <summary>The question only begins a code or identifier.</summary>
    SignBegun,

    /// <summary>Some word of the question only begins one of the name's.</summary>
    Beginning,

    /// <summary>Every word of the question is one of the name's, in whatever order.</summary>
    Words,

    /// <summary>The question is the acronym, code or identifier.</summary>
    Sign,

    /// <summary>The question is the name.</summary>
    Whole,
}

internal static class Fits
{
    public static Fit Of(FoldedText question, NameRow name)
    {
        var sign = NamedRecords.IsSign(name.Kind);
        if (sign)
        {
            return name.Folded == question.Compact ? Fit.Sign
                : name.Folded.StartsWith(question.Compact, StringComparison.Ordinal) ? Fit.SignBegun
                : Fit.None;
        }

        var folded = FoldedText.Of(name.Name);
        if (folded.Compact == question.Compact)
        {
            return name.Kind is "acronym" or "symbol" ? Fit.Sign : Fit.Whole;
        }

        var fit = Fit.Words;
        foreach (var word in question.Words)
        {
            var (isWord, begins) = Find(word, folded);
            if (!begins)
            {
                fit = Fit.None;
                break;
            }

            fit = isWord ? fit : Fit.Beginning;
        }

        // Guineabissau, and U.N. for UN.
        return fit == Fit.None && Find(question.Compact, folded) is (var whole, true)
            ? whole
                ? Fit.Words
                : Fit.Beginning
            : fit;
    }

    private static (bool IsWord, bool Begins) Find(string word, FoldedText name)
    {
        var begins = false;
        var within = FoldedText.IsIdeographic(word);
        foreach (var term in name.Words.Concat(name.Joined))
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
