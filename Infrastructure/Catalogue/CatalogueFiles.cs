using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Domain.Provenance;
using Registry.Domain.States;
using Registry.Infrastructure.Forums;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.States;

namespace Registry.Infrastructure.Catalogue;

/// <summary>The initial facts of an empty registry, read from the CSV files beside this one.</summary>
/// <remarks>
/// Each row is one fact with its source and its confidence. The facts are returned as the documents that a client would
/// send.
/// </remarks>
/// <exception cref="InvalidDataException">A row cannot be read; from any member.</exception>
public sealed partial class CatalogueFiles
{
    private readonly Dictionary<string, CatalogueRow> _sources = CatalogueRow
        .FilesIn("sources/")
        .SelectMany(CatalogueRow.In)
        .ToDictionary(source => source.Text("id"), StringComparer.Ordinal);

    /// <summary>Reads every state; predecessors come first.</summary>
    public IReadOnlyList<StateModel> States()
    {
        var names = RowsBy("state-names.csv", "state");
        var predecessors = RowsBy("state-predecessors.csv", "state");
        var states =
            from row in CatalogueRow.In("states.csv")
            let code = row.Text("code")
            select new StateModel
            {
                Code = code,
                Names = NamesOf(names[code]),
                Existence =
                    row["from"] is null && row["until"] is null && row["ended"] is null
                        ? null
                        : new ExistenceModel
                        {
                            From = row.Date("from"),
                            Until = row.Date("until"),
                            Ended = row.True("ended"),
                        },
                Region = row.OptionalWord<Region>("region"),
                Subregion = row["subregion"],
                Alpha2 = row["alpha2"],
                M49 = row["m49"],
                Identifiers = ListOf(
                    new[] { ("wikidata", row["wikidata"]), ("iso3166-3", row["alpha4"]) }.Where(known =>
                        known.Item2 is not null
                    ),
                    known => new IdentifierModel { Scheme = known.Item1, Value = known.Item2 }
                ),
                Predecessors = ListOf(predecessors[code], predecessor => predecessor.Text("predecessor")),
                Sources = SourcesOf([row, .. names[code], .. predecessors[code]]),
            };
        return AncestorsFirst(states, state => state.Code!, state => state.Predecessors);
    }

    /// <summary>Reads every forum; predecessors come first.</summary>
    public IReadOnlyList<ForumModel> Forums()
    {
        var names = RowsBy("forum-names.csv", "forum");
        var stages = RowsBy("forum-stages.csv", "forum");
        var identifiers = RowsBy("forum-identifiers.csv", "forum");
        var predecessors = RowsBy("forum-predecessors.csv", "forum");
        var counts = DeclaredCounts().ToLookup(row => row.Text("forum"), StringComparer.Ordinal);
        var forums =
            from row in CatalogueRow.In("forums.csv")
            let code = row.Text("code")
            select new ForumModel
            {
                Code = code,
                Names = NamesOf(names[code]),
                Founded = row.Date("founded"),
                Dissolved = row.Date("dissolved"),
                Ended = row.True("ended"),
                Seat = SeatOf(row),
                Stages = ListOf(
                    stages[code],
                    stage => new StageModel
                    {
                        Nature = stage.Word<LegalNature>("nature"),
                        From = stage.Date("from"),
                        Until = stage.Date("until"),
                        Instrument = stage["instrument"],
                    }
                ),
                Identifiers = ListOf(
                    identifiers[code],
                    identifier => new IdentifierModel
                    {
                        Scheme = identifier.Text("scheme"),
                        Value = identifier.Text("value"),
                        Preferred = identifier.True("preferred") ?? false,
                    }
                ),
                Predecessors = ListOf(predecessors[code], predecessor => predecessor.Text("predecessor")),
                DeclaredCounts = ListOf(
                    counts[code],
                    count => new DeclaredCountModel
                    {
                        On = count.Date("on"),
                        Standing = count.Word<StandingKind>("standing"),
                        Count = count.Number("count"),
                        Sources = SourcesOf([count]),
                    }
                ),
                Sources = SourcesOf([
                    row,
                    .. names[code],
                    .. stages[code],
                    .. identifiers[code],
                    .. predecessors[code],
                ]),
            };
        return AncestorsFirst(forums, forum => forum.Code!, forum => forum.Predecessors);
    }

    /// <summary>Reads every body with the code of its forum; parents come first.</summary>
    public IReadOnlyList<(string Forum, BodyModel Body)> Bodies()
    {
        var names = CatalogueRow.In("body-names.csv").ToLookup(row => (row.Text("forum"), row.Text("body")));
        var bodies =
            from row in CatalogueRow.In("bodies.csv")
            let forum = row.Text("forum")
            let code = row.Text("code")
            select (
                Forum: forum,
                Body: new BodyModel
                {
                    Code = code,
                    Names = NamesOf(names[(forum, code)]),
                    Kind = row.Word<BodyKind>("kind"),
                    Parent = row["parent"],
                    Founded = row.Date("founded"),
                    Dissolved = row.Date("dissolved"),
                    Ended = row.True("ended"),
                    Seat = SeatOf(row),
                    Sources = SourcesOf([row, .. names[(forum, code)]]),
                }
            );
        return AncestorsFirst(
            bodies,
            entry => BodyStore.IdOf(entry.Forum, entry.Body.Code!),
            entry => entry.Body.Parent is { } parent ? [BodyStore.IdOf(entry.Forum, parent)] : null
        );
    }

    /// <summary>Reads every membership with its id.</summary>
    public IEnumerable<(string Id, MembershipModel Membership)> Memberships() =>
        from file in CatalogueRow.FilesIn("memberships/")
        let forum = new ForumCode(Path.GetFileNameWithoutExtension(file))
        from timeline in CatalogueRow
            .In(file)
            .GroupBy(row => Party.Of(row.Word<PartyKind>("memberKind"), row.Text("member")))
        select (
            Membership.IdOf(forum, timeline.Key),
            new MembershipModel
            {
                Standings =
                [
                    .. timeline.Select(row => new StandingModel
                    {
                        Standing = row.Word<StandingKind>("standing"),
                        From = row.Date("from"),
                        Until = row.Date("until"),
                        Ended = row.True("ended"),
                        Ending = row.OptionalWord<Ending>("ending"),
                        Basis = row["basis"],
                        Sources = SourcesOf([row]),
                    }),
                ],
            }
        );

    /// <summary>
    /// Reads the declared numbers of members of a forum on a date; tests compare the facts with them.
    /// </summary>
    internal static IEnumerable<CatalogueRow> DeclaredCounts() =>
        CatalogueRow.FilesIn("declared-counts").SelectMany(CatalogueRow.In);

    private static ILookup<string, CatalogueRow> RowsBy(string file, string column) =>
        CatalogueRow.In(file).ToLookup(row => row.Text(column), StringComparer.Ordinal);

    private static TModel[]? ListOf<T, TModel>(IEnumerable<T> values, Func<T, TModel> document)
    {
        TModel[] list = [.. values.Select(document)];
        return list.Length == 0 ? null : list;
    }

    private static NameModel[] NamesOf(IEnumerable<CatalogueRow> rows) =>
        [
            .. rows.Select(row => new NameModel
            {
                Kind = row.Word<NameKind>("kind"),
                Language = row.Text("language"),
                Text = row.Text("text"),
                From = row.Date("from"),
                Until = row.Date("until"),
            }),
        ];

    private static SeatModel? SeatOf(CatalogueRow row) =>
        row["seatCity"] is { } city ? new SeatModel { City = city, Country = row["seatCountry"] } : null;

    /// <summary>Lists each source once, with the lowest confidence of the facts that rest on it.</summary>
    private CitationModel[] SourcesOf(IEnumerable<CatalogueRow> rows) =>
        [
            .. rows.GroupBy(row => row.Text("source"))
                .Select(facts => new CitationModel
                {
                    Citation = InWords(_sources[facts.Key]),
                    Url = _sources[facts.Key]["url"],
                    Source = facts.Key,
                    Confidence = facts.Max(fact => fact.Word<Confidence>("confidence")),
                }),
        ];

    private static string InWords(CatalogueRow source) =>
        source["published"] is { } published
            ? $"{source.Text("publisher")}: {source.Text("title")} ({published})"
            : $"{source.Text("publisher")}: {source.Text("title")}";

    private static List<T> AncestorsFirst<T>(
        IEnumerable<T> items,
        Func<T, string> codeOf,
        Func<T, IEnumerable<string>?> ancestorsOf
    )
    {
        var waiting = items.ToDictionary(codeOf, StringComparer.Ordinal);
        var ordered = new List<T>(waiting.Count);
        while (waiting.Count > 0)
        {
            var ready = waiting.Values.Where(item => !(ancestorsOf(item) ?? []).Any(waiting.ContainsKey)).ToArray();
            if (ready.Length == 0)
            {
                throw new InvalidDataException($"The catalogue has a cycle: {string.Join(", ", waiting.Keys)}.");
            }

            foreach (var item in ready)
            {
                ordered.Add(item);
                waiting.Remove(codeOf(item));
            }
        }

        return ordered;
    }
}
