using System.Globalization;

namespace Registry.Bench.Data;

/// <summary>A request of which the cost is measured.</summary>
/// <param name="What">What is asked.</param>
/// <param name="Address">The address.</param>
/// <param name="IsWhole">True for a response without a bound, which the number of such requests at a time limits.</param>
internal sealed record Question(string What, string Address, bool IsWhole = false)
{
    /// <summary>The body of a request by POST; null for GET.</summary>
    public string? Body { get; init; }

    /// <summary>The media type of the body.</summary>
    public string MediaType { get; init; } = "application/json";
}

/// <summary>The dearest requests to <see cref="BroadRegistry"/>.</summary>
internal static class DearestQuestions
{
    /// <summary>Before everything that was recorded: the largest answer of changedSince.</summary>
    private const string Before = "2020-01-01T00:00:00Z";

    private const string Deleted = $"changedSince={Before}&deleted=true";

    /// <summary>After everything that was recorded.</summary>
    private static string Now { get; } =
        DateTimeOffset.UtcNow.AddSeconds(-1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The lists of whole records with two sort orders that no index has together, and the dearest of their filters.</summary>
    private static readonly (string List, string Sorts, string[] Filters)[] Lists =
    [
        ("memberships", "forum,-member", ["standing=member&on=1999", "memberKind=state", "standing=observer"]),
        ("outcomes", "date,-id", ["mentions=AAA", "followUp=overdue", "from=1990&until=2010", "verb=noted"]),
        ("meetings", "name,-date", ["on=1999", "from=1990&until=2010", "body=council", "status=held"]),
        ("ministers", "born,-name", ["state=AAA", "kind=minister", "post=post-0001"]),
        ("appointments", "until,-from", ["on=1999", "acting=false", "from=1970&until=1990"]),
        ("documents", "date,-name", ["on=1999", "status=adopted", "status=adopted&on=1999", "kind=declaration"]),
        ("chairmanships", "chair,-since", ["on=2003"]),
        ("claims", "subject,-id", ["rival=true"]),
        ("posts", "name,-id", ["kind=minister", "on=1999"]),
        ("sources", "published,-title", ["kind=press"]),
    ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Question> All { get; } =
    [
        .. Lists.SelectMany(Pages),
        .. Computed(),
        .. Searches(),
        .. Others(),
        .. Lists.Take(6).SelectMany(Whole),
        .. OtherWhole(),
    ];

    private static IEnumerable<Question> Pages((string List, string Sorts, string[] Filters) list)
    {
        var address = $"/v1/{list.List}?limit=200";
        yield return Page("", "");
        yield return Page("sorted", $"&sort={list.Sorts}");
        yield return Page("sorted, counted", $"&sort={list.Sorts}&count=true");
        yield return Page("at an instant, sorted, counted", $"&sort={list.Sorts}&count=true&knownAt={Now}");
        yield return Page("changed, sorted", $"&sort={list.Sorts}&changedSince={Before}");
        yield return Page("changed or deleted", $"&{Deleted}");
        yield return Page("changed or deleted, by time, counted", $"&sort=-recordedAt&count=true&{Deleted}");
        yield return Page("changed or deleted, sorted, counted", $"&sort={list.Sorts}&count=true&{Deleted}");
        foreach (var filter in list.Filters)
        {
            yield return Page($"{filter}, sorted, counted", $"&{filter}&sort={list.Sorts}&count=true");
            yield return Page(
                $"{filter}, changed or deleted, sorted, counted",
                $"&{filter}&sort={list.Sorts}&count=true&{Deleted}"
            );
        }

        Question Page(string what, string parameters) =>
            new($"200 {list.List}{(what.Length == 0 ? "" : ", ")}{what}", address + parameters);
    }

    private static IEnumerable<Question> Computed()
    {
        var (forum, state, meeting) = (BroadRegistry.Forum(0), BroadRegistry.State(0), BroadRegistry.Meeting(0));
        return
        [
            new("the members of a forum", $"/v1/forums/{forum}/members?on=2000&sort=name&count=true&limit=200"),
            new(
                "the members of a forum, at an instant",
                $"/v1/forums/{forum}/members?on=2000&sort=name&count=true&limit=200&knownAt={Now}"
            ),
            new("the memberships of a state", $"/v1/states/{state}/memberships?on=2000&count=true&limit=200"),
            new("the timeline of a forum", $"/v1/forums/{forum}/timeline?count=true&limit=200"),
            new("the timeline of a minister", $"/v1/ministers/{BroadRegistry.Minister(0)}/timeline?limit=200"),
            new("holders", "/v1/holders?on=1999&sort=name&count=true&limit=200"),
            new("holders, at an instant", $"/v1/holders?on=1999&sort=name&count=true&limit=200&knownAt={Now}"),
            new("holders of a kind", "/v1/holders?on=1999&kind=minister&sort=since&count=true&limit=200"),
            new(
                "holders of the members of a forum",
                $"/v1/holders?on=1999&memberOf={forum}&kind=minister&count=true&limit=200"
            ),
            new("follow-ups", "/v1/follow-ups?on=1999&sort=date&count=true&limit=200"),
            new("follow-ups with a status", "/v1/follow-ups?on=1999&status=overdue&sort=due&count=true&limit=200"),
            new("follow-ups, at an instant", $"/v1/follow-ups?on=1999&count=true&limit=200&knownAt={Now}"),
            new("the participants of a meeting", $"/v1/meetings/{meeting}/participants?sort=name&count=true&limit=200"),
            new("the delegations of a meeting", $"/v1/meetings/{meeting}/delegations?sort=name&count=true&limit=200"),
            new("the chairs of a forum", $"/v1/forums/{forum}/chairmanships?count=true&limit=200"),
            new("the review of the chairs of a forum", $"/v1/forums/{forum}/chairmanships/review?limit=200"),
            new("the reconciliation of a forum", $"/v1/forums/{forum}/reconciliation"),
            new("the citations of a source", "/v1/sources/source-0/citations?count=true&limit=200"),
            new(
                "200 memberships, expanded",
                "/v1/memberships?limit=200&expand=forum,member&sort=member,-forum&count=true"
            ),
            new("200 meetings, expanded", "/v1/meetings?limit=200&expand=forum&sort=name,-date&count=true"),
            new("200 meetings, some members", "/v1/meetings?limit=200&fields=id,name,starts&sort=name,-date"),
            new("a meeting", $"/v1/meetings/{meeting}"),
            new("a meeting as a calendar", $"/v1/meetings/{meeting}?format=ical"),
            new("the history of a meeting", $"/v1/meetings/{meeting}/history?count=true&limit=200"),
            new("200 meetings, in Russian", "/v1/meetings?limit=200&lang=ru&sort=name,-date"),
            new("the members of a forum, in Russian", $"/v1/forums/{forum}/members?on=2000&lang=ru&limit=200"),
            new("200 memberships as JSON-LD", "/v1/memberships?limit=200&format=jsonld&sort=forum,-member"),
        ];
    }

    private static IEnumerable<Question> Searches()
    {
        var name = BroadRegistry.NameOf(17);
        return
        [
            new("a search for common words", "/v1/search?q=meeting%20on%20trade&limit=50"),
            new("a search for two letters", "/v1/search?q=me&limit=50"),
            new("a search for a name", $"/v1/search?q={Uri.EscapeDataString(name)}&limit=50"),
            new("a search at an instant", $"/v1/search?q=meeting%20water&limit=50&knownAt={Now}"),
            new("a search for many words", $"/v1/search?q={Many(10, "%20")}&limit=50"),
            new("a match of names", "/v1/match")
            {
                Body =
                    $$"""{"queries":[{{string.Join(',', Enumerable.Range(0, 10).Select(n => $"{{\"name\":\"{BroadRegistry.NameOf(n * 31)}\"}}"))}}]}""",
            },
            new("a reconciliation of names", "/v1/reconcile")
            {
                Body =
                    $$"""queries={{{string.Join(',', Enumerable.Range(0, 10).Select(n => $"\"q{n}\":{{\"query\":\"{BroadRegistry.NameOf(n * 31)}\"}}"))}}}""",
                MediaType = "application/x-www-form-urlencoded",
            },
            new("suggestions", "/v1/reconcile/suggest?prefix=meet"),
        ];
    }

    private static IEnumerable<Question> Others() =>
        [
            new("1,000 changes", "/v1/changes?limit=1000"),
            new("changes of a collection", "/v1/changes?limit=1000&collection=chairmanships"),
            new("changes since an instant", $"/v1/changes?limit=1000&since={Before}&collection=claims"),
            new("changes as a feed", "/v1/changes?format=atom&limit=200"),
            new("outcomes as a feed", "/v1/outcomes?format=atom&limit=200"),
            new("outcomes as a feed, changed or deleted", $"/v1/outcomes?format=atom&limit=200&{Deleted}"),
            new("the contract", "/openapi/v1.yaml"),
        ];

    private static IEnumerable<Question> Whole((string List, string Sorts, string[] Filters) list)
    {
        var address = $"/v1/{list.List}?format=ndjson";
        yield return All("", "");
        yield return All("sorted", $"&sort={list.Sorts}");
        yield return All("at an instant, sorted", $"&sort={list.Sorts}&knownAt={Now}");
        yield return All("changed or deleted", $"&{Deleted}");
        yield return All("changed or deleted, sorted", $"&sort={list.Sorts}&{Deleted}");
        yield return All($"{list.Filters[0]}, sorted", $"&{list.Filters[0]}&sort={list.Sorts}");
        yield return All(
            $"{list.Filters[0]}, changed or deleted, sorted",
            $"&{list.Filters[0]}&sort={list.Sorts}&{Deleted}"
        );

        Question All(string what, string parameters) =>
            new($"all {list.List}{(what.Length == 0 ? "" : ", ")}{what}", address + parameters, IsWhole: true);
    }

    private static IEnumerable<Question> OtherWhole() =>
        [
            new("all meetings as a calendar", "/v1/meetings?format=ical", IsWhole: true),
            new("all meetings as CSV, sorted", "/v1/meetings?format=csv&sort=name,-date", IsWhole: true),
            new("all meetings as XLSX", "/v1/meetings?format=xlsx", IsWhole: true),
            new("all memberships as CSV", "/v1/memberships?format=csv", IsWhole: true),
            new("all memberships as XLSX", "/v1/memberships?format=xlsx", IsWhole: true),
            new("all holders as CSV", "/v1/holders?format=csv&on=1999&sort=name", IsWhole: true),
            new("all follow-ups as NDJSON", "/v1/follow-ups?format=ndjson&on=1999&sort=date", IsWhole: true),
            new("an export", "/v1/export", IsWhole: true),
        ];

    private static string Many(int count, string between) =>
        string.Join(between, Enumerable.Range(0, count).Select(BroadRegistry.Word));
}
