using Registry.Domain.Search;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Search;

/// <summary>Finds names that may match, with a bounded number of rows read however many names there are.</summary>
/// <remarks>For each word and collection at most the first few hundred rows are read, short names first.</remarks>
internal sealed class NameFinder(ReadSession session, IReadOnlyList<string> collections)
{
    /// <summary>
    /// The maximum number of words of a question that are looked up; the names found only have to contain the others.
    /// </summary>
    private const int MaxLookups = 6;

    /// <summary>
    /// The maximum number of rows read for a word in a collection, and the maximum when all words of a question are
    /// common.
    /// </summary>
    private const int RowsOfWord = 120;
    private const int RowsOfCommonWord = 400;

    /// <summary>The number of names from which on reading them costs less than the lookup of another word.</summary>
    private const int FewNames = 25;

    private const int RowsOfBeginning = 20;
    private const int MaxNames = 200;

    /// <summary>
    /// Lists names that may have every word of the question, as whole words or as prefixes: the best first, and of
    /// equally good ones the short ones.
    /// </summary>
    public async Task<IReadOnlyList<Candidate>> WithEveryWordAsync(FoldedText question)
    {
        string[] words =
        [
            .. question
                .Distinctive.SelectMany(NameTokens.Lookups)
                .Distinct(StringComparer.Ordinal)
                .OrderByDescending(word => word.Length)
                .Take(MaxLookups),
        ];
        var lookups = await LookUpAsync(words);
        var candidates = lookups.Values.SelectMany(InAll).Select(found => Candidate.Of(question, found));
        if (question.Words.Count > 1)
        {
            // Names that continue after the question, when its words are too common to find them; and codes, which are
            // a single word.
            string[] common = [.. lookups.Where(each => !each.Value.Exists(IsWhole)).Select(each => each.Key)];
            var going = await BeginningAsync(question, common);
            var signs = await TokensAsync(question.Compact, RowsOfBeginning);
            candidates = candidates
                .Concat(going.Select(row => Candidate.Beginning(question, row)))
                .Concat(
                    signs.Select(row => Candidate.Of(question, new FoundToken(row, row.Token == question.Compact)))
                );
        }

        return
        [
            .. candidates
                .OrderByDescending(candidate => candidate.AtBest)
                .ThenBy(candidate => candidate.Length)
                .DistinctBy(candidate => candidate.NameKey)
                .Take(MaxNames),
        ];
    }

    /// <summary>Lists the tokens with a prefix, the exact one and short names first.</summary>
    public Task<IReadOnlyList<TokenRow>> TokensAsync(string beginning, int take) =>
        RangeAsync(SearchSql.Words, beginning, take, collections);

    /// <summary>Lists the distinct words with a prefix, in their order.</summary>
    public async Task<IReadOnlyList<string>> WordsAsync(string beginning, int take) =>
        [
            .. (await RangeAsync(SearchSql.DistinctWords, beginning, take, collections))
                .Select(row => row.Token)
                .Distinct(StringComparer.Ordinal),
        ];

    /// <summary>Lists the first names that have exactly the word, short names first.</summary>
    public async Task<IReadOnlyList<TokenRow>> WithWordAsync(string word, int take) =>
        await session.RowsAsync<TokenRow>(
            SearchSql.Words.In(session.Dialect, collections),
            // The first character after the blank, with which a server pads texts to compare them.
            RangePerCollection.Range(word, $"{word}!", take)
        );

    /// <summary>Lists the first names that begin with the whole question.</summary>
    public Task<IReadOnlyList<TokenRow>> BeginningAsync(FoldedText question) => BeginningAsync(question, collections);

    /// <summary>Reads the names with these keys.</summary>
    public Task<IReadOnlyList<NameRow>> NamesAsync(IEnumerable<string> keys) =>
        Keys.RowsAsync<NameRow>(session, SearchSql.ByKey, keys);

    /// <summary>Reads only the columns that rank and show the names with these keys.</summary>
    public Task<IReadOnlyList<NameRow>> ShownAsync(IEnumerable<string> keys) =>
        Keys.RowsAsync<NameRow>(session, SearchSql.RankedByKey, keys);

    private Task<IReadOnlyList<TokenRow>> BeginningAsync(FoldedText question, IReadOnlyList<string> among) =>
        RangeAsync(SearchSql.Beginning, question.Whole, RowsOfBeginning, among);

    private async Task<IReadOnlyList<TokenRow>> RangeAsync(
        RangePerCollection rows,
        string from,
        int take,
        IReadOnlyList<string> among
    ) =>
        among.Count == 0
            ? []
            : await session.RowsAsync<TokenRow>(
                rows.In(session.Dialect, among),
                RangePerCollection.Range(from, NameTokens.After(from), take)
            );

    /// <summary>
    /// Looks up the words in each collection. When few names have one of them, the others are not looked up; when all
    /// are common, more rows of each are read.
    /// </summary>
    private async Task<Dictionary<string, List<Lookup>>> LookUpAsync(string[] words)
    {
        var lookups = collections.ToDictionary(name => name, _ => new List<Lookup>(), StringComparer.Ordinal);
        var open = collections;
        foreach (var word in words)
        {
            await ReadAsync(word, RowsOfWord, open);
            open = [.. open.Where(collection => lookups[collection][^1].Names > FewNames)];
        }

        if (words.Length > 1)
        {
            open = [.. open.Where(collection => !lookups[collection].Exists(IsWhole))];
            foreach (var collection in open)
            {
                lookups[collection].Clear();
            }

            foreach (var word in words)
            {
                await ReadAsync(word, RowsOfCommonWord, open);
            }
        }

        return lookups;

        async Task ReadAsync(string word, int take, IReadOnlyList<string> among)
        {
            var rows = (await RangeAsync(SearchSql.Words, word, take, among)).ToLookup(row => row.Collection);
            foreach (var collection in among)
            {
                lookups[collection].Add(new Lookup(word, [.. rows[collection]], take));
            }
        }
    }

    /// <summary>
    /// Intersects the names of a collection that have the words. A word that was not read completely excludes nothing:
    /// the other words find the names, and the caller checks whether the names contain it.
    /// </summary>
    private static IEnumerable<FoundToken> InAll(List<Lookup> lookups)
    {
        var finding = (lookups.Exists(IsWhole) ? lookups.Where(IsWhole) : lookups).OrderBy(each => each.Names).ToList();
        var others = finding.Skip(1).Select(each => each.ByName()).ToList();
        return finding[0]
            .Rows.Where(row => others.TrueForAll(other => other.ContainsKey(row.NameKey)))
            .Select(row => new FoundToken(
                row,
                finding[0].IsExact(row) && others.TrueForAll(other => other[row.NameKey])
            ));
    }

    private static bool IsWhole(Lookup lookup) => lookup.IsWhole;

    /// <summary>The rows of a word in a collection.</summary>
    private sealed class Lookup(string word, TokenRow[] rows, int take)
    {
        public TokenRow[] Rows => rows;

        /// <summary>The number of names with the word, or a lower bound when the rows are incomplete.</summary>
        public int Names => rows.Length;

        /// <summary>True when all rows were read.</summary>
        public bool IsWhole => rows.Length < take;

        public bool IsExact(TokenRow row) => row.Token == word;

        /// <summary>The names, and whether they have exactly the word.</summary>
        public Dictionary<string, bool> ByName()
        {
            var names = new Dictionary<string, bool>(rows.Length, StringComparer.Ordinal);
            foreach (var row in rows)
            {
                names[row.NameKey] = names.GetValueOrDefault(row.NameKey) || IsExact(row);
            }

            return names;
        }
    }
}

/// <summary>
/// A word of a name, and whether the name has exactly the words of the question, as far as they were looked up.
/// </summary>
internal readonly record struct FoundToken(TokenRow Row, bool IsExact);

/// <summary>A name that may match, before it is read.</summary>
/// <param name="NameKey">The key of the name.</param>
/// <param name="AtBest">The best fit that is possible.</param>
/// <param name="Length">The length.</param>
internal sealed record Candidate(string NameKey, Fit AtBest, int Length)
{
    /// <summary>A name with a word of the question.</summary>
    public static Candidate Of(FoldedText question, FoundToken found) =>
        new(
            found.Row.NameKey,
            !found.IsExact ? Fit.Beginning
                // The same letters, with at most one space between two of them.
                : found.Row.Length < 2 * question.Compact.Length ? Fit.Whole
                : Fit.Words,
            found.Row.Length
        );

    /// <summary>A name that begins with the question.</summary>
    public static Candidate Beginning(FoldedText question, TokenRow row) =>
        new(
            row.NameKey,
            row.Token.Length == question.Whole.Length ? Fit.Whole
                : row.Token[question.Whole.Length] == ' ' ? Fit.Words
                : Fit.Beginning,
            row.Token.Length
        );
}
