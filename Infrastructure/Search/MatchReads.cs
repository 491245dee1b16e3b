using Registry.Domain;
using Registry.Domain.Search;
using Registry.Infrastructure.Database;

namespace Registry.Infrastructure.Search;

/// <summary>The name that somebody else has for a record, with what they know about it.</summary>
public sealed record MatchQuestion
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The collections to look in; every one where there is none.</summary>
    public IReadOnlyList<string> Collections { get; init; } = [];

    /// <summary>The state that it is of, in which it is held, or for which a minister held a post: its code or a name.</summary>
    public string? Country { get; init; }

    /// <summary>False where the country is none on record.</summary>
    internal bool IsCountryKnown { get; init; } = true;

    /// <summary>The kind that the record has, such as <c>ministerial</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>When it was so called.</summary>
    public PartialDate? On { get; init; }

    /// <summary>The most candidates.</summary>
    public required int Limit { get; init; }
}

/// <summary>A record that may be meant.</summary>
public sealed record MatchCandidate
{
    /// <summary>The name by which it was found, with its record.</summary>
    public required NameHit Hit { get; init; }

    /// <summary>True where it is clearly the one.</summary>
    public bool Match { get; init; }

    /// <summary>What speaks for it and what against it.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }
}

/// <summary>Matches names with records, also misspelt ones.</summary>
public sealed class MatchReads(RegistryDatabase database)
{
    /// <summary>How sure a candidate has to be to be the one, and how far ahead of the next.</summary>
    private const double SureScore = 0.85;
    private const double Ahead = 0.04;

    private const double LeastScore = 0.3;
    private const int MostWords = 8;
    private const int RowsOfWord = 200;
    private const int MostNames = 80;

    /// <summary>The candidates for each question, in the order of the questions, the best first.</summary>
    public Task<IReadOnlyList<IReadOnlyList<MatchCandidate>>> MatchAsync(
        IReadOnlyList<MatchQuestion> questions,
        DateOnly today,
        DateTimeOffset? knownAt,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync<IReadOnlyList<IReadOnlyList<MatchCandidate>>>(
            knownAt,
            async session =>
            {
                var states = new StatesOfRecords(session);
                var answers = new List<IReadOnlyList<MatchCandidate>>();
                foreach (var question in questions)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    answers.Add(await AnswerAsync(session, states, question, today));
                }

                return answers;
            },
            cancellationToken
        );

    private static async Task<IReadOnlyList<MatchCandidate>> AnswerAsync(
        ReadSession session,
        StatesOfRecords states,
        MatchQuestion question,
        DateOnly today
    )
    {
        if (question.Country is { } country)
        {
            var state = await states.CodeOfAsync(country);
            question = question with { Country = state ?? country, IsCountryKnown = state is not null };
        }

        var matching = new Matching(question, today);
        if (matching.Asked.IsEmpty)
        {
            return [];
        }

        var finder = new NameFinder(
            session,
            question.Collections.Count > 0 ? question.Collections : NamedRecords.Collections
        );
        var names = await CandidatesAsync(finder, matching.Asked, question.Country);
        await states.LearnAsync(names, ministers: question.Country is not null);
        var candidates = names
            .Select(name => (Name: name, Likeness: matching.Of(name, states.Of(name), states.WordsOf(name))))
            .Where(pair => pair.Likeness.Score >= LeastScore)
            .OrderByDescending(pair => pair.Likeness.Score)
            .ThenBy(pair => pair.Name.IsFormer(today))
            .ThenBy(pair => NamedRecords.PlaceOf(pair.Name.Collection))
            .ThenBy(pair => pair.Name.NameKey, StringComparer.Ordinal)
            .DistinctBy(pair => pair.Name.RecordKey)
            .ToArray();
        var sure =
            candidates is [var first, ..]
            && first.Likeness.Score >= SureScore
            && (candidates.Length == 1 || first.Likeness.Score - candidates[1].Likeness.Score > Ahead);
        return
        [
            .. candidates
                .Take(question.Limit)
                .Select(
                    (pair, place) =>
                        new MatchCandidate
                        {
                            Hit = NameHit.Of(pair.Name, today, pair.Likeness.Score),
                            Match = sure && place == 0,
                            Reasons = pair.Likeness.Reasons,
                        }
                ),
        ];
    }

    /// <summary>The names that share most with the one asked for: rare words count for more than common ones.</summary>
    private static async Task<IReadOnlyList<NameRow>> CandidatesAsync(
        NameFinder finder,
        FoldedText asked,
        string? country
    )
    {
        var weights = new Dictionary<string, (double Weight, int Length)>(StringComparer.Ordinal);
        var words = asked.Words.Distinct(StringComparer.Ordinal).OrderByDescending(word => word.Length).Take(MostWords);
        foreach (var word in words)
        {
            var rows = await LookUpAsync(finder, word);
            var rarity = 1 / Math.Log2(rows.Count + 2);
            foreach (var (row, share) in rows)
            {
                Weigh(row, rarity * share);
            }
        }

        foreach (var row in await finder.TokensAsync(asked.Compact, RowsOfWord))
        {
            Weigh(row, 1);
        }

        foreach (var row in await finder.BeginningAsync(asked))
        {
            Weigh(row, 1);
        }

        if (country is not null)
        {
            foreach (var row in await finder.TokensAsync(NameTokens.OfState(country), 2 * RowsOfWord))
            {
                Weigh(row, 0.1);
            }
        }

        return await finder.NamesAsync(
            weights
                .OrderByDescending(name => name.Value.Weight)
                .ThenBy(name => name.Value.Length)
                .ThenBy(name => name.Key, StringComparer.Ordinal)
                .Take(MostNames)
                .Select(name => name.Key)
        );

        void Weigh(TokenRow row, double weight)
        {
            var sum = weights.TryGetValue(row.NameKey, out var held) ? held.Weight + weight : weight;
            weights[row.NameKey] = (sum, row.Length);
        }
    }

    /// <summary>The names with the word, or where there is none, with one that is spelled much like it.</summary>
    private static async Task<IReadOnlyCollection<(TokenRow Row, double Share)>> LookUpAsync(
        NameFinder finder,
        string word
    )
    {
        var found = new Dictionary<string, (TokenRow Row, double Share)>(StringComparer.Ordinal);
        var exact = false;
        foreach (var part in NameTokens.Lookups(word))
        {
            foreach (var row in await finder.TokensAsync(part, RowsOfWord))
            {
                exact |= row.Token == part;
                found[row.NameKey] = (row, row.Token == part ? 1 : 0.7);
            }
        }

        var tolerance = Spelling.Tolerance(word);
        if (exact || tolerance == 0 || !NameTokens.IsReversed(word) && word.Length < 4)
        {
            return found.Values;
        }

        // A letter or two are wrong in one half of the word, so that it is found by the other.
        string[] halves =
        [
            NameTokens.FirstHalf(word),
            .. NameTokens.IsReversed(word) ? [NameTokens.LastHalf(word)] : Array.Empty<string>(),
        ];
        foreach (var half in halves)
        {
            foreach (var row in await finder.TokensAsync(half, 2 * RowsOfWord))
            {
                var differing = Spelling.Distance(word, NameTokens.WordOf(row.Token), tolerance);
                if (differing <= tolerance)
                {
                    found.TryAdd(row.NameKey, (row, 1 - ((double)differing / word.Length)));
                }
            }
        }

        return found.Values;
    }

    /// <summary>The states that records are of, and what those states are called.</summary>
    private sealed class StatesOfRecords(ReadSession session)
    {
        private static readonly IReadOnlySet<string> None = new HashSet<string>();
        private readonly Dictionary<string, IReadOnlySet<string>> _ofMinisters = new(StringComparer.Ordinal);
        private readonly Dictionary<string, string?> _codes = new(StringComparer.Ordinal);
        private readonly Dictionary<string, IReadOnlySet<string>> _words = new(StringComparer.Ordinal);

        /// <summary>The code of the state that has the code or name; null where there is none, or several.</summary>
        public async Task<string?> CodeOfAsync(string country)
        {
            if (!_codes.TryGetValue(country, out var code))
            {
                code = await FindCodeAsync(country);
                _codes[country] = code;
            }

            return code;
        }

        private async Task<string?> FindCodeAsync(string country)
        {
            var asked = FoldedText.Of(country);
            if (asked.IsEmpty)
            {
                return null;
            }

            var finder = new NameFinder(session, ["states"]);
            var candidates = await finder.WithEveryWordAsync(asked);
            var names = await finder.ShownAsync(candidates.Select(candidate => candidate.NameKey));
            string[] codes =
            [
                .. names
                    .Where(name => Fits.Of(asked, name) >= Fit.Sign)
                    .Select(name => name.RecordId)
                    .Distinct(StringComparer.Ordinal),
            ];
            return codes is [var only] ? only : null;
        }

        public async Task LearnAsync(IReadOnlyList<NameRow> names, bool ministers)
        {
            string[] unknown =
            [
                .. names
                    .Where(name => ministers && name.Collection == "ministers")
                    .Select(name => name.RecordId)
                    .Distinct(StringComparer.Ordinal)
                    .Where(id => !_ofMinisters.ContainsKey(id)),
            ];
            if (unknown.Length > 0)
            {
                var posts = await Keys.RowsAsync<MinisterState>(session, SearchSql.StatesOfMinisters, unknown);
                var states = posts.ToLookup(row => row.Minister, row => row.State);
                foreach (var id in unknown)
                {
                    _ofMinisters[id] = states[id].ToHashSet(StringComparer.Ordinal);
                }
            }

            foreach (
                var state in names
                    .Where(name => name.Collection != "states")
                    .Select(name => name.Country)
                    .OfType<string>()
                    .Distinct(StringComparer.Ordinal)
                    .Where(state => !_words.ContainsKey(state))
            )
            {
                var called = await session.RowsAsync<NameRow>(SearchSql.Held, new { Id = $"states/{state}" });
                _words[state] = called
                    .SelectMany(name => NamedRecords.IsSign(name.Kind) ? [name.Folded] : FoldedText.Of(name.Name).Words)
                    .ToHashSet(StringComparer.Ordinal);
            }
        }

        public IReadOnlySet<string> Of(NameRow name) =>
            name.Country is { } country ? new HashSet<string> { country }
            : name.Collection == "ministers" ? _ofMinisters.GetValueOrDefault(name.RecordId, None)
            : None;

        public IReadOnlySet<string> WordsOf(NameRow name) =>
            name.Collection != "states" && name.Country is { } country ? _words[country] : None;
    }

    private sealed record MinisterState
    {
        public string Minister { get; init; } = "";
        public string State { get; init; } = "";
    }
}
