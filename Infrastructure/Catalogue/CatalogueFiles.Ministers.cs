using Registry.Domain.Forums;
using Registry.Domain.Ministers;
using Registry.Infrastructure.Forums;
using Registry.Infrastructure.Ministers;
using Registry.Infrastructure.Records.Documents;

namespace Registry.Infrastructure.Catalogue;

/// <content>Ministers, their posts and appointments, and who chairs.</content>
public sealed partial class CatalogueFiles
{
    /// <summary>Reads every minister.</summary>
    public IEnumerable<MinisterDocument> Ministers()
    {
        var names = RowsBy("ministers/minister-names.csv", "minister");
        return from row in CatalogueRow.In("ministers/ministers.csv")
            let id = row.Text("id")
            select new MinisterDocument
            {
                Id = id,
                Names =
                [
                    .. names[id]
                        .Select(name => new PersonNameDocument
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
                    ? [new IdentifierDocument { Scheme = "wikidata", Value = wikidata }]
                    : null,
                Sources = SourcesOf([row, .. names[id]]),
            };
    }

    /// <summary>Reads every post.</summary>
    public IEnumerable<PostDocument> Posts()
    {
        var titles = RowsBy("ministers/post-titles.csv", "post");
        return from row in CatalogueRow.In("ministers/posts.csv")
            let id = row.Text("id")
            select new PostDocument
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
    public IEnumerable<AppointmentDocument> Appointments()
    {
        var titles = RowsBy("ministers/appointment-titles.csv", "appointment");
        return from row in CatalogueRow.In("ministers/appointments.csv")
            let id = row.Text("id")
            select new AppointmentDocument
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
    public IEnumerable<ChairmanshipDocument> Chairmanships() =>
        from row in CatalogueRow.In("chairmanships.csv")
        select new ChairmanshipDocument
        {
            Id = row.Text("id"),
            Forum = row.Text("forum"),
            Body = row["body"],
            Chair = new PartyDocument { Kind = row.Word<PartyKind>("chairKind"), Code = row.Text("chair") },
            From = row.Date("from"),
            Until = row.Date("until"),
            Ended = row.True("ended"),
            Handover = row["handover"],
            Sources = SourcesOf([row]),
        };

    private static SubjectDocument SubjectOf(CatalogueRow row, string kind, string code) =>
        new() { Kind = row.Word<SubjectKind>(kind), Code = row.Text(code) };

    private static TitleDocument[] TitlesOf(IEnumerable<CatalogueRow> rows) =>
        [
            .. rows.Select(row => new TitleDocument
            {
                Language = row.Text("language"),
                Text = row.Text("text"),
                From = row.Date("from"),
                Until = row.Date("until"),
            }),
        ];
}
