using Registry.Domain.Forums;
using Registry.Domain.Ministers;
using Registry.Infrastructure.Forums;
using Registry.Infrastructure.Ministers;
using Registry.Infrastructure.Records.Models;

namespace Registry.Infrastructure.Catalogue;

/// <content>Ministers, their posts and appointments, and who chairs.</content>
public sealed partial class CatalogueFiles
{
    /// <summary>Reads every minister.</summary>
    public IEnumerable<MinisterModel> Ministers()
    {
        var names = RowsBy("ministers/minister-names.csv", "minister");
        return from row in CatalogueRow.In("ministers/ministers.csv")
            let id = row.Text("id")
            select new MinisterModel
            {
                Id = id,
                Names =
                [
                    .. names[id]
                        .Select(name => new PersonNameModel
                        {
                            Language = name.Text("language"),
                            Text = name.Text("text"),
                            Family = name["family"],
                            Given = name["given"],
                            Patronymic = name["patronymic"],
                            From = name.Date("from"),
                            Until = name.Date("until"),
                        }),
                ],
                SortName = row["sortName"],
                Born = row.Date("born"),
                Died = row.Date("died"),
                Identifiers = row["wikidata"] is { } wikidata
                    ? [new IdentifierModel { Scheme = "wikidata", Value = wikidata }]
                    : null,
                Sources = SourcesOf([row, .. names[id]]),
            };
    }

    /// <summary>Reads every post.</summary>
    public IEnumerable<PostModel> Posts()
    {
        var titles = RowsBy("ministers/post-titles.csv", "post");
        return from row in CatalogueRow.In("ministers/posts.csv")
            let id = row.Text("id")
            select new PostModel
            {
                Id = id,
                Kind = row.Word<PostKind>("kind"),
                Of = SubjectOf(row, "ofKind", "of"),
                AccreditedTo = row["accreditedTo"],
                Titles = TitlesOf(titles[id]),
                Established = row.Date("established"),
                Abolished = row.Date("abolished"),
                Sources = SourcesOf([row, .. titles[id]]),
            };
    }

    /// <summary>Reads every appointment.</summary>
    public IEnumerable<AppointmentModel> Appointments()
    {
        var titles = RowsBy("ministers/appointment-titles.csv", "appointment");
        return from row in CatalogueRow.In("ministers/appointments.csv")
            let id = row.Text("id")
            select new AppointmentModel
            {
                Id = id,
                Minister = row.Text("minister"),
                Post = row.Text("post"),
                Acting = row.True("acting"),
                From = row.Date("from"),
                Until = row.Date("until"),
                Ended = row.True("ended"),
                Titles = ListOf(TitlesOf(titles[id]), title => title),
                Basis = row["basis"],
                Ending = row.OptionalWord<AppointmentEnding>("ending"),
                Sources = SourcesOf([row, .. titles[id]]),
            };
    }

    /// <summary>Reads every chairmanship.</summary>
    public IEnumerable<ChairmanshipModel> Chairmanships() =>
        from row in CatalogueRow.In("chairmanships.csv")
        select new ChairmanshipModel
        {
            Id = row.Text("id"),
            Forum = row.Text("forum"),
            Body = row["body"],
            Chair = new PartyModel { Kind = row.Word<PartyKind>("chairKind"), Code = row.Text("chair") },
            From = row.Date("from"),
            Until = row.Date("until"),
            Ended = row.True("ended"),
            Handover = row["handover"],
            Sources = SourcesOf([row]),
        };

    private static SubjectModel SubjectOf(CatalogueRow row, string kind, string code) =>
        new() { Kind = row.Word<SubjectKind>(kind), Code = row.Text(code) };

    private static TitleModel[] TitlesOf(IEnumerable<CatalogueRow> rows) =>
        [
            .. rows.Select(row => new TitleModel
            {
                Language = row.Text("language"),
                Text = row.Text("text"),
                From = row.Date("from"),
                Until = row.Date("until"),
            }),
        ];
}
