using System.Globalization;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Importing;

/// <summary>A registry made by chance, the same for the same seed: records of every kind that name each other.</summary>
internal sealed class MadeRegistry(int seed)
{
    private readonly Random _chance = new(seed);
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines()
    {
        string[] sources = [.. Many(3).Select(number => $"source-{number}")];
        foreach (var source in sources)
        {
            Add(
                "sources",
                new
                {
                    id = source,
                    title = Text(),
                    kind = Any("press", "register", "book"),
                    published = Maybe(Day(1990)),
                }
            );
        }

        string[] states = [.. Many(6).Select(number => $"S{(char)('A' + (number / 26))}{(char)('A' + (number % 26))}")];
        foreach (var (place, state) in states.Index())
        {
            Add(
                "states",
                new
                {
                    code = state,
                    names = Names("short"),
                    predecessors = place > 0 && _chance.Next(3) == 0 ? new[] { states[_chance.Next(place)] } : null,
                    identifiers = new[] { new { scheme = "wikidata", value = $"Q{seed}{place}" } },
                    sources = Sources(sources),
                }
            );
        }

        string[] forums = [.. Many(4).Select(number => $"F-{number}")];
        foreach (var forum in forums)
        {
            Add(
                "forums",
                new
                {
                    code = forum,
                    names = Names("official"),
                    founded = Maybe("1950"),
                    seat = new { city = Text(), country = Any(states) },
                    sources = Sources(sources),
                }
            );
            Add(
                "bodies",
                new
                {
                    forum,
                    code = "council",
                    kind = "council",
                    names = Names("official"),
                    parent = "summit",
                }
            );
            Add(
                "bodies",
                new
                {
                    forum,
                    code = "summit",
                    kind = "summit",
                    names = Names("official"),
                }
            );
            foreach (var state in states.Where(_ => _chance.Next(2) == 0))
            {
                Add(
                    "memberships",
                    new
                    {
                        forum,
                        member = new { kind = "state", code = state },
                        standings = new object[]
                        {
                            new
                            {
                                standing = "observer",
                                from = Day(1960),
                                until = Day(1970),
                                sources = Sources(sources),
                            },
                            new
                            {
                                standing = "member",
                                from = Day(1980),
                                basis = Maybe(Text()),
                            },
                        },
                    }
                );
            }

            Add(
                "chairmanships",
                new
                {
                    id = $"{forum.ToLowerInvariant()}.chair",
                    forum,
                    body = Maybe("summit"),
                    chair = new { kind = "state", code = Any(states) },
                    from = Day(2000),
                    handover = $"{forum.ToLowerInvariant()}.meeting",
                }
            );
            AddMeeting(forum, states);
        }

        foreach (var number in Many(4))
        {
            Add(
                "ministers",
                new
                {
                    id = $"minister-{number}",
                    names = RegistryApp.TextsOf(Text()),
                    born = Maybe("1950"),
                    links = new[] { new { url = "https://example.org/=1+1", title = Text() } },
                }
            );
            Add(
                "posts",
                new
                {
                    id = $"post-{number}",
                    kind = "foreign-minister",
                    of = new { kind = "state", code = Any(states) },
                    titles = RegistryApp.TextsOf(Text()),
                }
            );
            Add(
                "appointments",
                new
                {
                    id = $"appointment-{number}",
                    minister = $"minister-{number}",
                    post = $"post-{number}",
                    from = Day(2000),
                    acting = _chance.Next(2) == 0,
                    sources = Sources(sources),
                }
            );
        }

        Add(
            "claims",
            new
            {
                id = "claim-of-a-founding",
                subject = new { collection = "forums", id = forums[0] },
                field = "/founded",
                value = "1949",
                source = sources[0],
                confidence = "low",
            }
        );
        var lines = _lines.ToArray();
        _chance.Shuffle(lines);
        return lines;
    }

    /// <summary>A meeting with an outcome that a document fulfils which the outcome itself speaks of: they name each other.</summary>
    private void AddMeeting(string forum, string[] states)
    {
        var prefix = forum.ToLowerInvariant();
        Add(
            "meetings",
            new
            {
                id = $"{prefix}.meeting",
                forum,
                kind = "summit",
                titles = RegistryApp.TextsOf(Text()),
                starts = "2000-05-01",
                status = "held",
                host = Any(states),
                agenda = new[] { new { number = "1", titles = RegistryApp.TextsOf(Text()) } },
            }
        );
        Add(
            "outcomes",
            new
            {
                id = $"{prefix}.outcome",
                meeting = $"{prefix}.meeting",
                agendaItem = "1",
                verb = "agreed",
                document = $"{prefix}.document",
                texts = RegistryApp.TextsOf(Text()),
                actors = new[] { new { kind = "state", code = Any(states) } },
                followUp = new { what = RegistryApp.TextsOf(Text()) },
            }
        );
        Add(
            "documents",
            new
            {
                id = $"{prefix}.document",
                forum,
                kind = "declaration",
                titles = RegistryApp.TextsOf(Text()),
                steps = new object[]
                {
                    new { status = "drafted", on = "2000-06" },
                    new
                    {
                        status = "signed",
                        on = "2001-06-01",
                        fulfils = new[] { $"{prefix}.outcome" },
                    },
                },
                relations = new[] { new { kind = "amends", document = $"{prefix}.other" } },
            }
        );
        Add(
            "documents",
            new
            {
                id = $"{prefix}.other",
                kind = "treaty",
                titles = RegistryApp.TextsOf(Text()),
                steps = new[] { new { status = "adopted", on = Day(1999) } },
                relations = new[] { new { kind = "amends", document = $"{prefix}.document" } },
            }
        );
    }

    private void Add(string collection, object record) => _lines.Add(Imports.Line(collection, record));

    private IEnumerable<int> Many(int least) => Enumerable.Range(1, least + _chance.Next(5));

    private object[] Names(string kind) =>
        [.. RegistryApp.NamesOf(Text(), kind), .. _chance.Next(2) == 0 ? RegistryApp.NamesOf(Text(), "acronym") : []];

    private object[]? Sources(string[] sources) =>
        _chance.Next(3) switch
        {
            0 => null,
            1 => [new { source = Any(sources), confidence = "high" }],
            _ =>
            [
                new
                {
                    citation = Text(),
                    url = "https://example.org/",
                    confidence = "medium",
                },
            ],
        };

    /// <summary>A date of the year, known to the year, the month or the day.</summary>
    private string Day(int year)
    {
        var date = new DateOnly(year, 1 + _chance.Next(12), 1 + _chance.Next(28));
        return date.ToString(Any("yyyy", "yyyy-MM", "yyyy-MM-dd"), CultureInfo.InvariantCulture);
    }

    private string Text() =>
        Any("Ünïted", "Совет", "理事会", "=1+1", "\"quoted\", and more", "a | b", "'tis") + _chance.Next(1000);

    private string? Maybe(string text) => _chance.Next(2) == 0 ? text : null;

    private T Any<T>(params T[] choice) => choice[_chance.Next(choice.Length)];
}
