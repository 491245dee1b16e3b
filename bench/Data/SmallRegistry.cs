using System.Globalization;

namespace Registry.Bench.Data;

/// <summary>The registry of 10,000 memberships, as lines that the product imports.</summary>
internal static class SmallRegistry
{
    /// <summary>How many states there are; all of them are members somewhere.</summary>
    public const int States = 200;

    /// <summary>How many forums there are.</summary>
    public const int Forums = 300;

    /// <summary>How many of the forums are large; they are the first, and those that the larger registries copy.</summary>
    public const int LargeForums = 40;

    /// <summary>The members of a large forum.</summary>
    public const int MembersOfLarge = 100;

    /// <summary>The meetings of a large forum, each with an outcome.</summary>
    public const int MeetingsOfLarge = 200;

    private const int Memberships = 10_000;
    private const int Meetings = 20_000;

    private static readonly string[] Kinds = ["summit", "ministerial", "council", "session", "committee"];
    private static readonly string[] Verbs = ["adopted", "decided", "noted", "welcomed", "discussed", "endorsed"];

    private static readonly string[] Topics =
    [
        "trade",
        "water",
        "transport",
        "energy",
        "health",
        "education",
        "tourism",
        "fisheries",
        "disarmament",
        "migration",
        "culture",
        "finance",
    ];

    /// <summary>The code of a large forum, by its number.</summary>
    public static string CodeOfLarge(int number) => MadeUpWords.Of(number % LargeForums).ToUpperInvariant();

    /// <summary>The id of a membership in a large forum; the numbers follow each other in one forum.</summary>
    public static string IdOfLarge(int number) => IdOf(number / MembersOfLarge % LargeForums, number % MembersOfLarge);

    /// <summary>How many memberships there are in the large forums.</summary>
    public static int MembershipsOfLarge => LargeForums * MembersOfLarge;

    /// <summary>What stands when the registry is new, in the order in which records name each other.</summary>
    public static IEnumerable<string> Founders() =>
        Enumerable
            .Range(0, States)
            .Select(state =>
                $$$"""{"collection":"states","record":{"code":"{{{MadeUpWords.StateCode(state)}}}","names":[{"kind":"short","language":"en","text":"State of {{{MadeUpWords.Capitalized(MadeUpWords.Of(100_000 + state))}}}"}]}}"""
            )
            .Concat(
                Enumerable
                    .Range(0, Forums)
                    .Select(forum =>
                        $$$"""{"collection":"forums","record":{"code":"{{{MadeUpWords.Of(forum).ToUpperInvariant()}}}","names":[{"kind":"official","language":"en","text":"Conference of {{{NameOf(forum)}}}"}]}}"""
                    )
            );

    /// <summary>All memberships as they were first recorded.</summary>
    public static IEnumerable<string> FirstMemberships() =>
        Each(MembersOf).Select(place => Membership(place.Forum, place.Number, change: 0));

    /// <summary>Every fourth membership, corrected; the second time, every sixteenth.</summary>
    public static IEnumerable<string> CorrectedMemberships(int change) =>
        Each(MembersOf)
            .Where(place => place.Number % (change == 1 ? 4 : 16) == 0)
            .Select(place => Membership(place.Forum, place.Number, change));

    /// <summary>What was corrected last, as many records in registries of all sizes.</summary>
    public static IEnumerable<string> LastCorrections() =>
        Each(MembersOf)
            .Where(place => place.Forum < LargeForums && place.Number % 40 == 1)
            .Select(place => Membership(place.Forum, place.Number, change: 3));

    /// <summary>All meetings.</summary>
    public static IEnumerable<string> FirstMeetings() =>
        Each(MeetingsOf)
            .Select(place =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $$$"""{"collection":"meetings","record":{"id":"{{{MeetingIdOf(place.Forum, place.Number)}}}","titles":[{"language":"en","text":"Meeting {{{place.Number + 1}}} of the {{{NameOf(place.Forum)}}} on {{{TopicOf(place.Number)}}}"}],"forum":"{{{MadeUpWords.Of(place.Forum).ToUpperInvariant()}}}","kind":"{{{Kinds[place.Number % Kinds.Length]}}}","status":"held","starts":"{{{1950 + (place.Number % 70)}}}-{{{1 + (place.Number % 12):00}}}-{{{1 + (place.Number % 28):00}}}"}}"""
                )
            );

    /// <summary>An outcome of each meeting.</summary>
    public static IEnumerable<string> FirstOutcomes() =>
        Each(MeetingsOf)
            .Select(place =>
                $$$"""{"collection":"outcomes","record":{"id":"{{{MeetingIdOf(place.Forum, place.Number)}}}.1","meeting":"{{{MeetingIdOf(place.Forum, place.Number)}}}","verb":"{{{Verbs[place.Number % Verbs.Length]}}}","texts":[{"language":"en","text":"The {{{NameOf(place.Forum)}}} spoke of {{{TopicOf(place.Number)}}}."}]}}"""
            );

    /// <summary>The standings of a membership, as JSON; each change moves a day.</summary>
    public static string Standings(int number, int change)
    {
        var day = change == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{1 + (change % 28):00}");
        return (number % 4) switch
        {
            0 =>
                $$"""[{"standing":"observer","from":"1992","until":"1999-05-31"},{"standing":"member","from":"1999-06{{day}}"}]""",
            1 => $$"""[{"standing":"member","from":"1992-03{{day}}"}]""",
            2 =>
                $$"""[{"standing":"partner","from":"1987","until":"1994"},{"standing":"member","from":"1996-11{{day}}"}]""",
            _ => $$"""[{"standing":"observer","from":"1971-10{{day}}"}]""",
        };
    }

    private static string Membership(int forum, int number, int change) =>
        $$$"""{"collection":"memberships","record":{"forum":"{{{MadeUpWords.Of(forum).ToUpperInvariant()}}}","member":{"kind":"state","code":"{{{MemberOf(forum, number)}}}"},"standings":{{{Standings(number, change)}}}}}""";

    private static string IdOf(int forum, int number) =>
        $"{MadeUpWords.Of(forum)}.{MemberOf(forum, number).ToLowerInvariant()}";

    private static string MemberOf(int forum, int number) => MadeUpWords.StateCode(((forum * 7) + number) % States);

    private static string MeetingIdOf(int forum, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{MadeUpWords.Of(forum)}-{number + 1:0000}");

    private static string NameOf(int forum) => MadeUpWords.Capitalized(MadeUpWords.Of(forum));

    private static string TopicOf(int number) => Topics[number % Topics.Length];

    private static int MembersOf(int forum) => ShareOf(forum, Memberships, MembersOfLarge);

    private static int MeetingsOf(int forum) => ShareOf(forum, Meetings, MeetingsOfLarge);

    /// <summary>What is left by the large forums is shared by the others, as equally as it goes.</summary>
    private static int ShareOf(int forum, int all, int ofLarge)
    {
        var (small, left) = (Forums - LargeForums, all - (LargeForums * ofLarge));
        return forum < LargeForums ? ofLarge : (left / small) + (forum - LargeForums < left % small ? 1 : 0);
    }

    private static IEnumerable<(int Forum, int Number)> Each(Func<int, int> share) =>
        Enumerable
            .Range(0, Forums)
            .SelectMany(forum => Enumerable.Range(0, share(forum)).Select(number => (forum, number)));
}
