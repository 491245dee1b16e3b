using System.Text.RegularExpressions;
using Registry.Domain;
using Registry.Domain.Search;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Records.Reading;

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
public sealed partial class MatchReads(RegistryDatabase database)
{
    /// <summary>How sure a candidate has to be to be the one, and how far ahead of the next.</summary>
    private const double SureScore = 0.85;
    private const double Ahead = 0.04;

    /// <summary>A word so long may have one letter wrong; a longer one also its first or its last.</summary>
    private const int LongWord = 7;
    private const int LongerWord = 9;

    /// <summary>How many letters the next name is farther away, where one is wrong.</summary>
    private const int FartherAway = 2;

    /// <summary>What a candidate of another country, or not there on the day, has less.</summary>
    private const double Elsewhere = -0.25;

    private const double LeastScore = 0.3;

    /// <summary>The candidates for each question, in the order of the questions, the best first.</summary>
    public Task<IReadOnlyList<IReadOnlyList<MatchCandidate>>> MatchAsync(
        IReadOnlyList<MatchQuestion> questions,
        DateOnly today,
        DateTimeOffset? knownAt,
        CancellationToken cancellationToken
    ) =>
        database.ReadStateAsync<IReadOnlyList<IReadOnlyList<MatchCandidate>>>(
            knownAt,
            async session =>
            {
                var states = new StatesOfRecords(session);
                var likely = new LikelyNames(session);
                var answers = new List<IReadOnlyList<MatchCandidate>>();
                foreach (var question in questions)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    answers.Add(await AnswerAsync(likely, states, await WithCodeAsync(states, question), today));
                }

                return answers;
            },
            cancellationToken
        );

    private static async Task<MatchQuestion> WithCodeAsync(StatesOfRecords states, MatchQuestion question)
    {
        if (question.Country is not { } country)
        {
            return question;
        }

        var state = await states.CodeOfAsync(country);
        return question with { Country = state ?? country, IsCountryKnown = state is not null };
    }

    private static async Task<IReadOnlyList<MatchCandidate>> AnswerAsync(
        LikelyNames likely,
        StatesOfRecords states,
        MatchQuestion question,
        DateOnly today
    )
    {
        var answer = await JudgeAsync(likely, states, question, today);
        if (answer is [{ Match: true }, ..] || TwoNames().Match(question.Name) is not { Success: true } both)
        {
            return answer;
        }

        // Myanmar (Burma): where each of the two names is surely of the same record, that is meant.
        var one = await JudgeAsync(likely, states, question with { Name = both.Groups["one"].Value }, today);
        var other = await JudgeAsync(likely, states, question with { Name = both.Groups["other"].Value }, today);
        return one is [{ Match: true } first, ..] && other is [{ Match: true } second, ..] && IsSame(first, second)
            ?
            [
                first with
                {
                    Reasons = [.. first.Reasons, $"also {second.Hit.Name}"],
                },
                .. answer.Where(candidate => !IsSame(candidate, first)).Take(question.Limit - 1),
            ]
            : answer;
    }

    private static bool IsSame(MatchCandidate one, MatchCandidate other) =>
        one.Hit.Collection == other.Hit.Collection && one.Hit.Id == other.Hit.Id;

    [GeneratedRegex(
        @"^(?<one>[^()（）/]+)(?:[(（](?<other>[^()（）]+)[)）]|/(?<other>[^()（）/]+))\s*$",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex TwoNames();

    private static async Task<IReadOnlyList<MatchCandidate>> JudgeAsync(
        LikelyNames likely,
        StatesOfRecords states,
        MatchQuestion question,
        DateOnly today
    )
    {
        var names = await likely.FindAsync(question);
        if (names.All.Count == 0)
        {
            return [];
        }

        var matching = new Matching(question, today, names.RarityOf);
        await states.LearnAsync([.. names.All.Select(name => name.Row)], ministers: question.Country is not null);
        var candidates = names
            .All.Select(name =>
                (Name: name.Row, Likeness: matching.Of(name, states.Of(name.Row), states.WordsOf(name.Row)))
            )
            .Where(pair => pair.Likeness.Score >= LeastScore)
            .OrderByDescending(pair => pair.Likeness.Score)
            .ThenBy(pair => pair.Name.IsFormer(today))
            .ThenBy(pair => NamedRecords.PlaceOf(pair.Name.Collection))
            .ThenBy(pair => pair.Name.NameKey, StringComparer.Ordinal)
            .DistinctBy(pair => pair.Name.RecordKey)
            .ToArray();
        var sure =
            candidates is [var first, ..]
            && IsSure(first.Likeness, [.. candidates.Skip(1).Select(pair => pair.Likeness)], names);
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

    /// <summary>
    /// True where a candidate is clearly meant: its name has all words of the one asked for and no others, at most one letter
    /// of one long word is wrong, and no other record is near.
    /// </summary>
    private static bool IsSure(Likeness first, IReadOnlyList<Likeness> others, FoundNames names) =>
        first.IsWhole
        && first.Score >= SureScore
        && others.All(other => first.Score - other.Score > Ahead)
        && (
            first.Misspelt.Count == 0
            || (
                first.Misspelt is [var (asked, held)]
                && first.Apart == 1
                && IsMisspelling(asked.Text, held.Text)
                && names.IsNoWord(asked.Written)
                && others.All(other => other.Context <= Elsewhere || other.Apart > first.Apart + FartherAway)
            )
        );

    /// <summary>True where one word is likely the other with a letter wrong, and not a word of its own.</summary>
    private static bool IsMisspelling(string asked, string held)
    {
        var length = Math.Min(asked.Length, held.Length);
        return length >= LongWord
            && asked.All(char.IsLetter)
            && !FoldedText.IsIdeographic(asked)
            && (length >= LongerWord || asked[0] == held[0] && asked[^1] == held[^1]);
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
