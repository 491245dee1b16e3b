using System.Text.RegularExpressions;
using Registry.Domain;
using Registry.Domain.Search;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Search;

/// <summary>A name to match, with what the caller knows about the record.</summary>
public sealed record MatchQuestion
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The collections to search; all when empty.</summary>
    public IReadOnlyList<string> Collections { get; init; } = [];

    /// <summary>
    /// The state to which the record belongs, in which the meeting is held, or for which the minister held a post: its
    /// code or a name.
    /// </summary>
    public string? Country { get; init; }

    /// <summary>False when no state on record has the country.</summary>
    internal bool IsCountryKnown { get; init; } = true;

    /// <summary>True for one of the two names in a question.</summary>
    internal bool IsPart { get; init; }

    /// <summary>The kind of the record, such as <c>ministerial</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>The date on which the name was in use.</summary>
    public PartialDate? On { get; init; }

    /// <summary>The maximum number of candidates.</summary>
    public required int Limit { get; init; }
}

/// <summary>A candidate: a record that may match.</summary>
public sealed record MatchCandidate
{
    /// <summary>The name by which it was found, with its record.</summary>
    public required NameHit Hit { get; init; }

    /// <summary>True for a match: the clear best candidate.</summary>
    public bool Match { get; init; }

    /// <summary>The reasons for and against it.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }
}

/// <summary>Matches names with records, including misspelt names.</summary>
public sealed partial class MatchReads(RegistryDatabase database)
{
    /// <summary>The minimum score of a match, and its minimum distance from the next candidate.</summary>
    private const double SureScore = 0.85;
    private const double Ahead = 0.04;

    /// <summary>The minimum length of a word for one wrong letter, and for a wrong first or last letter.</summary>
    private const int LongWord = 7;
    private const int LongerWord = 9;

    /// <summary>The number of letters by which the next name must differ more, when one is wrong.</summary>
    private const int FartherAway = 2;

    /// <summary>The deduction for a candidate of another country, or one that did not exist on the date.</summary>
    private const double Elsewhere = -0.25;

    private const double MinScore = 0.3;

    /// <summary>Lists the candidates for each question, in the order of the questions, most likely first.</summary>
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

        // Myanmar (Burma): when each of the two names clearly matches the same record, it is the match.
        var part = question with
        {
            IsPart = true,
        };
        var one = await JudgeAsync(likely, states, part with { Name = both.Groups["one"].Value }, today);
        if (one is not [{ Match: true } first, ..])
        {
            return answer;
        }

        var other = await JudgeAsync(likely, states, part with { Name = both.Groups["other"].Value }, today);
        return other is [{ Match: true } second, ..] && IsSame(first, second)
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
            .Where(pair => pair.Likeness.Score >= MinScore)
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
    /// True for a clear match: its name has all words of the question and no others, at most one letter of one long
    /// word is wrong, and no other record is close.
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

    /// <summary>True when one word is probably a misspelling of the other, and not a word of its own.</summary>
    private static bool IsMisspelling(string asked, string held)
    {
        var length = Math.Min(asked.Length, held.Length);
        return length >= LongWord
            && asked.All(char.IsLetter)
            && !FoldedText.IsIdeographic(asked)
            && (length >= LongerWord || asked[0] == held[0] && asked[^1] == held[^1]);
    }

    /// <summary>The states of records, and the names of those states.</summary>
    private sealed class StatesOfRecords(ReadSession session)
    {
        private static readonly IReadOnlySet<string> None = new HashSet<string>();
        private readonly Dictionary<string, IReadOnlySet<string>> _ofMinisters = new(StringComparer.Ordinal);
        private readonly Dictionary<string, string?> _codes = new(StringComparer.Ordinal);
        private readonly Dictionary<string, IReadOnlySet<string>> _words = new(StringComparer.Ordinal);

        /// <summary>Gets the code of the state with the code or name, or null when there is none or several.</summary>
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
                var called = await session.RowsAsync<NameRow>(SearchSql.OfRecord, new { Id = $"states/{state}" });
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
