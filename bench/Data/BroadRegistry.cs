using System.Globalization;

namespace Registry.Bench.Data;

/// <summary>A registry of about 100,000 records of all collections, as lines that the product imports.</summary>
/// <remarks>
/// The collections that lists, calendars and look-ups read are large, and every record was corrected or deleted since the
/// registry was new, or stands as it was written.
/// </remarks>
internal static class BroadRegistry
{
    /// <summary>How many states there are.</summary>
    public const int States = 200;

    /// <summary>How many memberships there are: a hundred states in each forum.</summary>
    public const int Memberships = Forums * MembersOfForum;

    /// <summary>How many meetings there are, each with an outcome.</summary>
    public const int Meetings = 20_000;

    /// <summary>How many ministers there are, each with an appointment.</summary>
    public const int Ministers = 10_000;

    /// <summary>The number of meetings of the first forum; the others share the rest.</summary>
    public const int MeetingsOfFirst = 2_000;

    /// <summary>The participants of the first meeting.</summary>
    public const int Participants = 200;

    private const int Forums = 300;
    private const int MembersOfForum = 100;
    private const int Posts = 1_000;
    private const int Documents = 5_000;
    private const int Bodies = 300;
    private const int Chairmanships = 1_000;
    private const int Sources = 500;
    private const int Claims = 2_000;

    private static readonly string[] Kinds = ["summit", "ministerial", "council", "session", "committee"];
    private static readonly string[] Verbs = ["adopted", "decided", "noted", "welcomed", "discussed", "endorsed"];
    private static readonly string[] Zones = ["Asia/Almaty", "Europe/Vienna", "America/New_York", "Africa/Addis_Ababa"];
    private static readonly string[] Topics = ["trade", "water", "transport", "energy", "health", "education"];

    /// <summary>The code of a forum.</summary>
    public static string Forum(int number) => MadeUpWords.Of(number % Forums).ToUpperInvariant();

    /// <summary>The code of a state.</summary>
    public static string State(int number) => MadeUpWords.StateCode(number % States);

    /// <summary>The id of a membership.</summary>
    public static string Membership(int number) =>
        $"{MadeUpWords.Of(number / MembersOfForum)}.{MemberOf(number).ToLowerInvariant()}";

    /// <summary>The id of a meeting.</summary>
    public static string Meeting(int number) => string.Create(CultureInfo.InvariantCulture, $"meeting-{number:00000}");

    /// <summary>The id of a minister.</summary>
    public static string Minister(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"minister-{number:00000}");

    /// <summary>The id of a post.</summary>
    public static string Post(int number) => string.Create(CultureInfo.InvariantCulture, $"post-{number % Posts:0000}");

    /// <summary>The name of a minister: two words that a few others share.</summary>
    public static string NameOf(int number) => $"{Word(2000 + (number % 500))} {Word(3000 + (number / 3))}";

    /// <summary>A word of the names of forums.</summary>
    public static string Word(int number) => MadeUpWords.Capitalized(MadeUpWords.Of(number));

    /// <summary>The records in the order in which they name each other, in batches.</summary>
    public static IEnumerable<(string What, IEnumerable<string> Lines)> Batches() =>
        [
            ("states", Range(States, StateLine)),
            ("forums", Range(Forums, ForumLine)),
            ("bodies", Range(Bodies, BodyLine)),
            ("sources", Range(Sources, SourceLine)),
            ("memberships", Range(Memberships, number => MembershipLine(number, "1992-03"))),
            ("ministers", Range(Ministers, MinisterLine)),
            ("posts", Range(Posts, PostLine)),
            ("appointments", Range(Ministers, AppointmentLine)),
            ("meetings", Range(Meetings, number => MeetingLine(number, "A city"))),
            ("chairmanships", Range(Chairmanships, ChairmanshipLine)),
            ("documents", Range(Documents, DocumentLine)),
            ("outcomes", Range(Meetings, OutcomeLine)),
            ("claims", Range(Claims, ClaimLine)),
            (
                "corrections",
                Range(Memberships / 4, number => MembershipLine(number * 4, "1992-03-17"))
                    .Concat(Range(Meetings / 4, number => MeetingLine(number * 4, "Another city")))
            ),
        ];

    /// <summary>The addresses of the records that are deleted in the end: they have no others that name them.</summary>
    public static IEnumerable<string> Deleted() =>
        Range(Memberships / 50, number => $"/v1/memberships/{Membership((number * 50) + 7)}")
            .Concat(Range(Meetings / 50, number => $"/v1/outcomes/{Meeting((number * 50) + 7)}.1"));

    private static string StateLine(int state) =>
        $$$"""{"collection":"states","record":{"code":"{{{State(state)}}}","names":[{"kind":"short","language":"en","text":"State of {{{Word(100_000 + state)}}}"}]}}""";

    private static string ForumLine(int forum) =>
        $$$"""{"collection":"forums","record":{"code":"{{{Forum(forum)}}}","names":[{"kind":"official","language":"en","text":"Conference of {{{Word(forum)}}}"},{"kind":"official","language":"ru","text":"Конференция {{{Word(forum)}}}"}]}}""";

    private static string BodyLine(int body) =>
        $$$"""{"collection":"bodies","record":{"forum":"{{{Forum(body)}}}","code":"council","kind":"council","names":[{"kind":"official","language":"en","text":"Council of {{{Word(body)}}}"}]}}""";

    private static string SourceLine(int source) =>
        $$$"""{"collection":"sources","record":{"id":"source-{{{source}}}","publisher":"Press of {{{Word(source)}}}","title":"On {{{Topic(source)}}}","kind":"press","reliability":"medium","published":"{{{1990 + (source % 30)}}}"}}""";

    private static string MembershipLine(int number, string since) =>
        $$$"""{"collection":"memberships","record":{"forum":"{{{Forum(number / MembersOfForum)}}}","member":{"kind":"state","code":"{{{MemberOf(number)}}}"},"standings":[{"standing":"observer","from":"1987","until":"1991-12-31"},{"standing":"member","from":"{{{since}}}","sources":[{"source":"source-{{{number % Sources}}}","confidence":"medium"}]}]}}""";

    private static string MinisterLine(int number) =>
        $$$"""{"collection":"ministers","record":{"id":"{{{Minister(number)}}}","names":[{"language":"en","text":"{{{NameOf(number)}}}","given":"{{{NameOf(number).Split(' ')[0]}}}","family":"{{{NameOf(number).Split(' ')[1]}}}"}]}}""";

    private static string PostLine(int number) =>
        $$$"""{"collection":"posts","record":{"id":"{{{Post(number)}}}","kind":"{{{(number < States ? "foreign-minister" : "minister")}}}","of":{"kind":"state","code":"{{{State(number)}}}"},"titles":[{"language":"en","text":"Minister of {{{Topic(number)}}} {{{number / States}}}"}]}}""";

    private static string AppointmentLine(int number) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"collection":"appointments","record":{"id":"appointment-{{{number:00000}}}","minister":"{{{Minister(number)}}}","post":"{{{Post(number)}}}","from":"{{{1960 + (5 * (number / Posts))}}}-03-01","until":"{{{1965 + (5 * (number / Posts))}}}-02-28"}}"""
        );

    private static string MeetingLine(int number, string city)
    {
        var (year, month, day) = (1975 + (number % 45), 1 + (number % 12), 1 + (number % 28));
        var time = number % 3 == 0 ? $",\"startTime\":\"10:00\",\"timeZone\":\"{Zones[number % Zones.Length]}\"" : "";
        var participants = string.Join(
            ',',
            Enumerable
                .Range(
                    0,
                    number == 0 ? Participants
                        : number % 10 == 0 ? 5
                        : 0
                )
                .Select(place =>
                    $$$"""{"of":{"kind":"state","code":"{{{State(number + place)}}}"},"name":"{{{NameOf(number + place)}}}","capacity":"head-of-delegation"}"""
                )
        );
        var more = participants.Length == 0 ? "" : $",\"participants\":[{participants}]";
        return string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"collection":"meetings","record":{"id":"{{{Meeting(number)}}}","titles":[{"language":"en","text":"Meeting {{{number + 1}}} on {{{Topic(number)}}}"}],"forum":"{{{ForumOf(number)}}}","kind":"{{{Kinds[number % Kinds.Length]}}}","status":"held","city":"{{{city}}}","starts":"{{{year}}}-{{{month:00}}}-{{{day:00}}}"{{{time}}},"country":"{{{State(number)}}}","agenda":[{"number":"1","titles":[{"language":"en","text":"Opening"}]}]{{{more}}}}}"""
        );
    }

    private static string ChairmanshipLine(int number) =>
        $$$"""{"collection":"chairmanships","record":{"id":"chairmanship-{{{number}}}","forum":"{{{Forum(number)}}}","chair":{"kind":"state","code":"{{{State(number)}}}"},"from":"{{{2000 + (number / Forums * 2)}}}-01-01","until":"{{{2001 + (number / Forums * 2)}}}-12-31"}}""";

    private static string DocumentLine(int number) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"collection":"documents","record":{"id":"document-{{{number:0000}}}","titles":[{"language":"en","text":"Declaration {{{number}}} on {{{Topic(number)}}}"}],"kind":"declaration","forum":"{{{ForumOf(number)}}}","steps":[{"status":"adopted","on":"{{{1975 + (number % 45)}}}-{{{1 + (number % 12):00}}}-{{{1 + (number % 28):00}}}","meeting":"{{{Meeting(number)}}}"}]}}"""
        );

    private static string OutcomeLine(int number) =>
        $$$"""{"collection":"outcomes","record":{"id":"{{{Meeting(number)}}}.1","meeting":"{{{Meeting(number)}}}","verb":"{{{Verbs[number % Verbs.Length]}}}","texts":[{"language":"en","text":"The meeting spoke of {{{Topic(number)}}} and {{{Word(number)}}}."}],"mentions":[{"kind":"state","code":"{{{State(number)}}}"}],"followUp":{"what":[{"language":"en","text":"A report on {{{Topic(number)}}}"}],"who":[{"kind":"state","code":"{{{State(number + 1)}}}"}],"due":"{{{1976 + (number % 60)}}}"} }}""";

    private static string ClaimLine(int number) =>
        $$$"""{"collection":"claims","record":{"id":"claim-{{{number}}}","subject":{"collection":"memberships","id":"{{{Membership(number * 15)}}}"},"field":"/standings/1/from","value":"1993","source":"source-{{{number % Sources}}}","confidence":"low"}}""";

    private static string MemberOf(int number) => State((number / MembersOfForum * 7) + (number % MembersOfForum));

    private static string ForumOf(int meeting) => Forum(meeting < MeetingsOfFirst ? 0 : meeting);

    private static string Topic(int number) => Topics[number % Topics.Length];

    private static IEnumerable<string> Range(int count, Func<int, string> line) =>
        Enumerable.Range(0, count).Select(line);
}
