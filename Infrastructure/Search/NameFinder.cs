using Registry.Domain.Search;
using Registry.Infrastructure.Database;

namespace Registry.Infrastructure.Search;

/// <summary>
/// Finds the names that may be meant, with a bounded number of rows read however many names there are: of each word and
/// collection no more than the first few hundred, short names first.
/// </summary>
internal sealed class NameFinder(ReadSession session, IReadOnlyList<string> collections)
{
    /// <summary>The most words of a question that are looked up; the others only have to be in the names found.</summary>
    private const int MostLookups = 6;

    /// <summary>How many rows of one word are read in a collection, alone and among others.</summary>
    private const int RowsOfOnlyWord = 120;
    private const int RowsOfWord = 400;

    private const int RowsOfBeginning = 20;
    private const int MostNames = 200;

    private readonly string _words = SearchSql.Words.In(session.Dialect, collections);
    private readonly string _beginning = SearchSql.Beginning.In(session.Dialect, collections);

    /// <summary>Names that may have every word of the question, each of them whole or as the beginning of a longer word.</summary>
    public async Task<IReadOnlyList<NameRow>> WithEveryWordAsync(FoldedText question)
    {
        string[] lookups =
        [
            .. question
                .Words.SelectMany(NameTokens.Lookups)
                .Distinct(StringComparer.Ordinal)
                .OrderByDescending(word => word.Length)
                .Take(MostLookups),
        ];
        var take = lookups.Length == 1 ? RowsOfOnlyWord : RowsOfWord;
        var found = new List<Lookup>();
        foreach (var word in lookups)
        {
            found.Add(new Lookup(word, await TokensAsync(word, take)));
        }

        var tokens = collections.SelectMany(collection => InAll(found, collection, take)).ToList();
        if (question.Words.Count > 1)
        {
            // Names that go on where the question stops, however common its words are; and signs, which are one word.
            tokens.AddRange(await BeginningAsync(question));
            tokens.AddRange(await RangeAsync(_words, question.Compact, RowsOfBeginning));
        }

        return await NamesAsync(
            tokens
                .OrderBy(token => Array.IndexOf(lookups, token.Token) < 0)
                .ThenBy(token => token.Length)
                .Select(token => token.NameKey)
        );
    }

    /// <summary>The tokens that begin so, the exact one and short names first.</summary>
    public Task<IReadOnlyList<TokenRow>> TokensAsync(string beginning, int take) => RangeAsync(_words, beginning, take);

    /// <summary>The first names that begin with the whole question.</summary>
    public Task<IReadOnlyList<TokenRow>> BeginningAsync(FoldedText question) =>
        RangeAsync(_beginning, question.Whole, RowsOfBeginning);

    /// <summary>The first names with these keys.</summary>
    public Task<IReadOnlyList<NameRow>> NamesAsync(IEnumerable<string> keys) =>
        Keys.RowsAsync<NameRow>(session, SearchSql.Keyed, keys.Distinct(StringComparer.Ordinal).Take(MostNames));

    private Task<IReadOnlyList<TokenRow>> RangeAsync(string statement, string from, int take) =>
        session.RowsAsync<TokenRow>(
            statement,
            new
            {
                From = from,
                To = NameTokens.After(from),
                Take = take,
            }
        );

    /// <summary>
    /// The names of a collection that have all the words. A word so common that not all its rows were read finds nothing: the
    /// others find the names, and who reads them sees whether the common ones are there.
    /// </summary>
    private static IEnumerable<TokenRow> InAll(List<Lookup> found, string collection, int take)
    {
        var all = found.ConvertAll(lookup => lookup.In(collection));
        var whole = all.Where(rows => rows.Length < take).ToArray();
        var leading = (whole.Length > 0 ? whole : [.. all]).OrderBy(rows => rows.Length).ToArray();
        var others = leading.Skip(1).Select(rows => rows.Select(row => row.NameKey).ToHashSet()).ToArray();
        return leading[0].Where(row => others.All(keys => keys.Contains(row.NameKey)));
    }

    private sealed class Lookup(string word, IReadOnlyList<TokenRow> rows)
    {
        private readonly ILookup<string, TokenRow> _rows = rows.ToLookup(row => row.Collection);

        public string Word { get; } = word;

        public TokenRow[] In(string collection) => [.. _rows[collection]];
    }
}
