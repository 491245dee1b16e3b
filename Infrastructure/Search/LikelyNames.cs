using Registry.Domain.Search;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Search;

/// <summary>Finds the names that share most words with a given one.</summary>
/// <remarks>
/// However long that name is and however many names there are, the number of words looked up and of rows read is
/// bounded; the rows read for one name of a batch serve the others.
/// </remarks>
internal sealed class LikelyNames(ReadSession session)
{
    /// <summary>
    /// The maximum number of words that are looked up, and of those the maximum that are looked up as misspelt.
    /// </summary>
    private const int MaxWords = 6;
    private const int MaxMisspeltWords = 3;
    private const int MaxSpellings = 5;

    /// <summary>
    /// The number of words that every name of a batch may have looked up as misspelt, and the number of further ones in the
    /// whole batch: they are the dearest lookups, and few names have so many misspelt words. A part of a name has none of its
    /// own, since the whole name had them.
    /// </summary>
    private const int MisspeltWordsOfQuery = 2;
    private const int MisspeltWordsOfBatch = 100;

    /// <summary>
    /// The maximum number of pairs of characters that are looked up for a name in a script without spaces. No name on record
    /// has so many, and those that are looked up find every name that has one of them.
    /// </summary>
    private const int MaxPairs = 32;

    private const int RowsOfWord = 100;
    private const int RowsOfSpelling = 40;
    private const int RowsOfHalf = 600;
    private const int RowsOfState = 150;
    private const int MaxNames = 48;

    /// <summary>The number of rare words found exactly that makes the lookup of further words unnecessary.</summary>
    private const int SufficientRareWords = 2;
    private const double Rare = 0.5;

    private const double OfGeneric = 0.2;
    private const double OfState = 0.1;

    /// <summary>
    /// The number of letters by which a word may differ to be read, beyond those for which it counts as the same.
    /// </summary>
    private const int WiderTolerance = 1;

    // A placeholder for an unknown name.
    private static readonly HashSet<string> Placeholders =
    [
        .. (
            "na none null nil nan no not non yes true false unknown unspecified undefined notapplicable notavailable notknown nodata "
            + "missing blank empty total totals subtotal world worldwide global other others all any misc miscellaneous various tba tbc tbd "
            + "aucun aucune neant inconnu autre autres monde ninguno ninguna desconocido otro otros mundo "
            + "нет неизвестно неизвестен прочие прочее другие итого всего мир "
            + "无 未知 其他 世界 总计 合计 لايوجد غيرمعروف اخري اخرى العالم المجموع"
        ).Split(' '),
    ];

    private readonly Dictionary<(string Collections, string Key), IReadOnlyList<TokenRow>> _rows = [];
    private readonly Dictionary<(string Collections, string Key), IReadOnlyList<string>> _words = [];
    private readonly Dictionary<string, ComparedName> _names = new(StringComparer.Ordinal);
    private int _misspeltWordsLeft = MisspeltWordsOfBatch;

    /// <summary>Finds the candidate names for a question.</summary>
    public async Task<FoundNames> FindAsync(MatchQuestion question)
    {
        var asked = FoldedText.Of(question.Name);
        if (asked.IsEmpty)
        {
            return new FoundNames();
        }

        var found = new FoundNames();
        var collections = question.Collections.Count > 0 ? question.Collections : NamedRecords.Collections;
        var reading = new Reading(
            this,
            new NameFinder(session, collections),
            string.Join(',', collections),
            found,
            question.IsPart
        );
        await reading.AddAsync(asked.Compact, RowsOfSpelling, 1);
        if (!Placeholders.Contains(asked.Compact))
        {
            await ReadWordsAsync(reading, question, asked);
        }

        found.All = await NamesAsync(reading.Finder, found.Best(MaxNames, asked.Whole.Length));
        return found;
    }

    private static async Task ReadWordsAsync(Reading reading, MatchQuestion question, FoldedText asked)
    {
        var words = WordsOf(question, asked);
        var distinctive = words.Where(word => word.Role == WordRole.Distinctive).Select(word => word.Text).ToArray();
        foreach (var word in distinctive)
        {
            await reading.AddWordAsync(word);
        }

        if (distinctive.Length > 1 && distinctive.All(reading.Found.IsCommon))
        {
            // When so many names have each of the words, the first of those with all words may not be among them.
            foreach (var candidate in (await reading.Finder.WithEveryWordAsync(asked)).Take(MaxNames))
            {
                reading.Found.Weigh(candidate.NameKey, candidate.Length, distinctive.Length);
            }
        }

        var rare = distinctive.Count(word => reading.Found.IsHeld(word) && reading.Found.RarityOf(word) >= Rare);
        if (rare < SufficientRareWords)
        {
            foreach (var word in reading.Misspelt([.. distinctive.Where(word => !reading.Found.IsHeld(word))]))
            {
                await reading.AddSpellingsAsync(word);
            }
        }

        if (distinctive.Length < 2 || !distinctive.Any(reading.Found.IsHeld))
        {
            foreach (var word in words.Where(word => word.Role == WordRole.Generic))
            {
                await reading.AddAsync(word.Text, RowsOfWord, OfGeneric);
            }
        }

        foreach (
            var other in FoldedText
                .Otherwise(question.Name)
                .SelectMany(other => other.Words)
                .Except(distinctive, StringComparer.Ordinal)
                .Take(MaxWords)
        )
        {
            await reading.AddAsync(other, RowsOfSpelling, 1);
        }

        await reading.AddBeginningAsync(asked);
        if (question.Country is { } country)
        {
            await reading.AddAsync(NameTokens.OfState(country), RowsOfState, OfState);
        }
    }

    /// <summary>Lists the words to look up, the most distinctive first.</summary>
    private static NameWord[] WordsOf(MatchQuestion question, FoldedText asked)
    {
        // Names of people have fewer words that only join others, and no abbreviations: both readings are looked up.
        var all = NameWords.Of(question.Name, person: false).Counted;
        if (question.Collections.Count == 0 || question.Collections.Any(ComparedName.IsOfPerson))
        {
            all = [.. all, .. NameWords.Of(question.Name, person: true).Counted];
        }

        return
        [
            .. all.SelectMany(word =>
                    word.Role == WordRole.Generic && word.Text != word.Written
                        ? new[] { word, new NameWord(word.Written, word.Role, word.Written) }
                        : [word.Written.Length > 1 ? new NameWord(word.Written, word.Role, word.Written) : word]
                )
                .Concat(asked.Joined.Select(word => new NameWord(word, WordRole.Distinctive, word)))
                .Where(word => word.Text.Length > 1 || asked.Words.Count == 1)
                .DistinctBy(word => word.Text)
                .OrderBy(word => word.Role)
                .ThenByDescending(word => word.Text.Length)
                .Take(MaxWords),
        ];
    }

    private async Task<IReadOnlyList<ComparedName>> NamesAsync(NameFinder finder, IReadOnlyList<string> keys)
    {
        var unread = keys.Where(key => !_names.ContainsKey(key)).ToArray();
        foreach (var row in await finder.NamesAsync(unread))
        {
            _names[row.NameKey] = new ComparedName(row);
        }

        return [.. keys.Select(key => _names.GetValueOrDefault(key)).OfType<ComparedName>()];
    }

    /// <summary>The rows that are read for one question.</summary>
    private sealed class Reading(
        LikelyNames likely,
        NameFinder finder,
        string collections,
        FoundNames found,
        bool isPart
    )
    {
        private int _pairs = MaxPairs;

        public NameFinder Finder => finder;

        public FoundNames Found => found;

        /// <summary>Takes those of the words that no name has which are looked up as misspelt.</summary>
        public IEnumerable<string> Misspelt(IReadOnlyList<string> words)
        {
            var own = isPart ? 0 : MisspeltWordsOfQuery;
            var further = Math.Clamp(Math.Min(words.Count, MaxMisspeltWords) - own, 0, likely._misspeltWordsLeft);
            likely._misspeltWordsLeft -= further;
            return words.Take(own + further);
        }

        /// <summary>Adds the names with a token.</summary>
        public async Task AddAsync(string token, int take, double weight)
        {
            foreach (var row in await RowsAsync(token, take))
            {
                found.Weigh(row, weight);
            }
        }

        /// <summary>Adds the names with a word, or with one of which it is a prefix.</summary>
        public async Task AddWordAsync(string word)
        {
            var seen = new Dictionary<string, (TokenRow Row, bool Exact)>(StringComparer.Ordinal);
            var exact = true;
            var common = true;
            string[] parts = [.. NameTokens.Lookups(word)];
            if (parts.Length > 1)
            {
                parts = [.. parts.Take(_pairs)];
                _pairs -= parts.Length;
                if (parts.Length == 0)
                {
                    return;
                }
            }

            foreach (var part in parts)
            {
                var rows = await BegunAsync(part);
                common &= rows.Count >= RowsOfWord;
                exact &= rows.Any(row => row.Token == part);
                foreach (var row in rows)
                {
                    seen[row.NameKey] = (row, row.Token == part);
                }
            }

            var records = found.Count(word, seen.Values.Where(each => each.Exact).Select(each => each.Row));
            found.Note(word, exact, common);
            foreach (var (row, whole) in seen.Values)
            {
                found.Weigh(row, WordComparison.RarityOf(records) * (whole ? 1 : 0.5));
            }
        }

        /// <summary>Adds the names with a word that is spelled similarly.</summary>
        public async Task AddSpellingsAsync(string word)
        {
            foreach (var token in NameTokens.BySound(word))
            {
                await AddAsync(token, RowsOfSpelling, 0.8);
            }

            var tolerance = Spelling.Tolerance(word);
            if (tolerance == 0 || FoldedText.IsIdeographic(word))
            {
                return;
            }

            // The misspelt letters are in one half of the word, so it is found by the other half.
            string[] halves =
            [
                NameTokens.FirstHalf(word),
                .. NameTokens.IsReversed(word) ? [NameTokens.LastHalf(word)] : Array.Empty<string>(),
            ];
            var spellings = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var half in halves)
            {
                foreach (var token in await WordsAsync(half))
                {
                    if (Math.Abs(token.Length - word.Length) > tolerance + WiderTolerance + 1)
                    {
                        continue;
                    }

                    var other = NameTokens.WordOf(token);
                    var differing = Spelling.Distance(word, other, tolerance + WiderTolerance);
                    if (differing <= tolerance + WiderTolerance)
                    {
                        spellings[other] = differing;
                    }
                }
            }

            foreach (
                var (other, differing) in spellings
                    .OrderBy(pair => pair.Value)
                    .ThenBy(pair => pair.Key, StringComparer.Ordinal)
                    .Take(MaxSpellings)
            )
            {
                await AddAsync(other, RowsOfSpelling, 1 - ((double)differing / word.Length));
            }
        }

        /// <summary>Adds the names that begin with the question.</summary>
        public async Task AddBeginningAsync(FoldedText asked)
        {
            foreach (var row in await finder.BeginningAsync(asked))
            {
                // In this row the name takes the place of a word.
                found.Weigh(row with { Length = row.Token.Length }, 1);
            }
        }

        private async Task<IReadOnlyList<TokenRow>> RowsAsync(string token, int take)
        {
            if (!likely._rows.TryGetValue((collections, token), out var rows))
            {
                rows = await finder.WithWordAsync(token, take);
                likely._rows[(collections, token)] = rows;
            }

            return rows;
        }

        private async Task<IReadOnlyList<TokenRow>> BegunAsync(string beginning)
        {
            // No token contains it, so it separates the two.
            var key = (collections, $"{beginning}\0");
            if (!likely._rows.TryGetValue(key, out var rows))
            {
                rows = await finder.TokensAsync(beginning, RowsOfWord);
                likely._rows[key] = rows;
            }

            return rows;
        }

        private async Task<IReadOnlyList<string>> WordsAsync(string beginning)
        {
            if (!likely._words.TryGetValue((collections, beginning), out var words))
            {
                words = await finder.WordsAsync(beginning, RowsOfHalf);
                likely._words[(collections, beginning)] = words;
            }

            return words;
        }
    }
}

/// <summary>The candidate names, and the rarity of the words by which they were found.</summary>
internal sealed class FoundNames
{
    private readonly Dictionary<string, (double Weight, int Length)> _weights = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Collection, string Word), int> _records = [];
    private readonly Dictionary<string, (bool Held, bool Common)> _lookedUp = new(StringComparer.Ordinal);

    /// <summary>Lists the names, those with the highest score first.</summary>
    public IReadOnlyList<ComparedName> All { get; set; } = [];

    /// <summary>Gets the rarity of a word among the names of a collection: 1 when at most one record has it.</summary>
    public double RarityOf(string collection, string word) =>
        WordComparison.RarityOf(_records.GetValueOrDefault((collection, word)));

    /// <summary>Gets the rarity of a word in the collection where it is rarest.</summary>
    public double RarityOf(string word) =>
        _records
            .Where(each => each.Key.Word == word)
            .Select(each => WordComparison.RarityOf(each.Value))
            .DefaultIfEmpty(1)
            .Max();

    /// <summary>True when a name has exactly this word.</summary>
    public bool IsHeld(string word) => _lookedUp.GetValueOrDefault(word).Held;

    /// <summary>True when more names have the word than were read.</summary>
    public bool IsCommon(string word) => _lookedUp.GetValueOrDefault(word).Common;

    /// <summary>True when the word was looked up and no name has it.</summary>
    public bool IsNoWord(string word) => _lookedUp.TryGetValue(word, out var found) && !found.Held;

    /// <summary>Stores what was found of a word.</summary>
    public void Note(string word, bool held, bool common) => _lookedUp[word] = (held, common);

    /// <summary>Counts the records that have a word, in each collection.</summary>
    /// <returns>The highest count of any collection.</returns>
    public int Count(string word, IEnumerable<TokenRow> rows)
    {
        var most = 0;
        foreach (var collection in rows.GroupBy(row => row.Collection))
        {
            var records = collection.Select(row => row.NameKey.Split('#')[0]).Distinct(StringComparer.Ordinal).Count();
            _records[(collection.Key, word)] = records;
            most = Math.Max(most, records);
        }

        return most;
    }

    /// <summary>Adds to the score of a name.</summary>
    public void Weigh(TokenRow row, double weight) => Weigh(row.NameKey, row.Length, weight);

    /// <summary>Adds to the score of the name with a key.</summary>
    public void Weigh(string key, int length, double weight)
    {
        var sum = _weights.TryGetValue(key, out var held) ? held.Weight + weight : weight;
        _weights[key] = (sum, length);
    }

    /// <summary>
    /// Lists the keys of the names with the highest scores; of equal scores, those with the length of the question come
    /// first.
    /// </summary>
    public IReadOnlyList<string> Best(int most, int length) =>
        [
            .. _weights
                .OrderByDescending(name => name.Value.Weight)
                .ThenBy(name => Math.Abs(name.Value.Length - length))
                .ThenBy(name => name.Key, StringComparer.Ordinal)
                .Take(most)
                .Select(name => name.Key),
        ];
}
