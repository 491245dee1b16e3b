using Registry.Domain.Search;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Search;

/// <summary>
/// Finds the names that may be meant, with a bounded number of rows read however many names there are: of each word and
/// collection no more than the first few hundred, short names first.
/// </summary>
internal sealed class NameFinder(ReadSession session, IReadOnlyList<string> collections)
{
    /// <summary>The most words of a question that are looked up; the others only have to be in the names found.</summary>
    private const int MostLookups = 6;

    /// <summary>How many rows of a word are read in a collection, and how many where all words of a question are common.</summary>
    private const int RowsOfWord = 120;
    private const int RowsOfCommonWord = 400;

    /// <summary>With so few names left it costs less to read them than to look up another word.</summary>
    private const int FewNames = 25;

    private const int RowsOfBeginning = 20;
    private const int MostNames = 200;

    /// <summary>
    /// Names that may have every word of the question, each of them whole or as the beginning of a longer word: those that may
    /// fit best come first, and of these the short ones.
    /// </summary>
    public async Task<IReadOnlyList<Candidate>> WithEveryWordAsync(FoldedText question)
    {
        string[] words =
        [
            .. question
                .Telling.SelectMany(NameTokens.Lookups)
                .Distinct(StringComparer.Ordinal)
                .OrderByDescending(word => word.Length)
                .Take(MostLookups),
        ];
        var lookups = await LookUpAsync(words);
        var candidates = lookups.Values.SelectMany(InAll).Select(found => Candidate.Of(question, found));
        if (question.Words.Count > 1)
        {
            // Names that go on where the question stops, where its words are too common to find them; and signs, one word.
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
                .Take(MostNames),
        ];
    }

    /// <summary>The tokens that begin so, the exact one and short names first.</summary>
    public Task<IReadOnlyList<TokenRow>> TokensAsync(string beginning, int take) =>
        RangeAsync(SearchSql.Words, beginning, take, collections);

    /// <summary>The different words that begin so, in their order.</summary>
    public async Task<IReadOnlyList<string>> WordsAsync(string beginning, int take) =>
        [
            .. (await RangeAsync(SearchSql.DifferentWords, beginning, take, collections))
                .Select(row => row.Token)
                .Distinct(StringComparer.Ordinal),
        ];

    /// <summary>The first names that have the word itself, short names first.</summary>
    public async Task<IReadOnlyList<TokenRow>> WithWordAsync(string word, int take) =>
        await session.RowsAsync<TokenRow>(
            SearchSql.Words.In(session.Dialect, collections),
            // The first sign after the blank, by which a server makes texts equally long to compare them.
            EachCollection.Range(word, $"{word}!", take)
        );

    /// <summary>The first names that begin with the whole question.</summary>
    public Task<IReadOnlyList<TokenRow>> BeginningAsync(FoldedText question) => BeginningAsync(question, collections);

    /// <summary>The names with these keys.</summary>
    public Task<IReadOnlyList<NameRow>> NamesAsync(IEnumerable<string> keys) =>
        Keys.RowsAsync<NameRow>(session, SearchSql.Keyed, keys);

    /// <summary>What ranks and shows the names with these keys, and nothing else of them.</summary>
    public Task<IReadOnlyList<NameRow>> ShownAsync(IEnumerable<string> keys) =>
        Keys.RowsAsync<NameRow>(session, SearchSql.Shown, keys);

    private Task<IReadOnlyList<TokenRow>> BeginningAsync(FoldedText question, IReadOnlyList<string> among) =>
        RangeAsync(SearchSql.Beginning, question.Whole, RowsOfBeginning, among);

    private async Task<IReadOnlyList<TokenRow>> RangeAsync(
        EachCollection rows,
        string from,
        int take,
        IReadOnlyList<string> among
    ) =>
        among.Count == 0
            ? []
            : await session.RowsAsync<TokenRow>(
                rows.In(session.Dialect, among),
                EachCollection.Range(from, NameTokens.After(from), take)
            );

    /// <summary>
    /// The words as they stand in each collection. Where few names have one of them the others are not asked for; where all are
    /// common, more of each is read.
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
    /// The names of a collection that have all the words. A word so common that not all its rows were read finds nothing: the
    /// others find the names, and who reads them sees whether the common ones are there.
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

    /// <summary>What was found of a word in a collection.</summary>
    private sealed class Lookup(string word, TokenRow[] rows, int take)
    {
        public TokenRow[] Rows => rows;

        /// <summary>How many names have the word; at least so many where it is not whole.</summary>
        public int Names => rows.Length;

        /// <summary>True where there are no rows but those that were read.</summary>
        public bool IsWhole => rows.Length < take;

        public bool IsExact(TokenRow row) => row.Token == word;

        /// <summary>The names, and whether they have the word itself.</summary>
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

/// <summary>A word of a name, and whether the name has, as far as it was looked up, the very words of the question.</summary>
internal readonly record struct FoundToken(TokenRow Row, bool IsExact);

/// <summary>A name that may be meant, before it is read.</summary>
/// <param name="NameKey">Its key.</param>
/// <param name="AtBest">How it fits at best.</param>
/// <param name="Length">How long it is.</param>
internal sealed record Candidate(string NameKey, Fit AtBest, int Length)
{
    /// <summary>A name with a word of the question.</summary>
    public static Candidate Of(FoldedText question, FoundToken found) =>
        new(
            found.Row.NameKey,
            !found.IsExact ? Fit.Beginning
                // The same letters, with no more spaces than there can be between them.
                : found.Row.Length < 2 * question.Compact.Length ? Fit.Whole
                : Fit.Words,
            found.Row.Length
        );

    /// <summary>A name that begins as the question does.</summary>
    public static Candidate Beginning(FoldedText question, TokenRow row) =>
        new(
            row.NameKey,
            row.Token.Length == question.Whole.Length ? Fit.Whole
                : row.Token[question.Whole.Length] == ' ' ? Fit.Words
                : Fit.Beginning,
            row.Token.Length
        );
}
