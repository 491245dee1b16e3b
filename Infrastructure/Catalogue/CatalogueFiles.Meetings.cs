using Registry.Domain.Forums;
using Registry.Domain.Meetings;
using Registry.Domain.Ministers;
using Registry.Infrastructure.Meetings;
using Registry.Infrastructure.Records.Models;

namespace Registry.Infrastructure.Catalogue;

/// <content>Meetings, documents and outcomes.</content>
public sealed partial class CatalogueFiles
{
    /// <summary>Reads every meeting; those on whose margins others are held come first.</summary>
    public IReadOnlyList<MeetingModel> Meetings()
    {
        var titles = RowsBy("meetings/meeting-titles.csv", "meeting");
        var agendas = RowsBy("meetings/meeting-agenda.csv", "meeting");
        var participants = RowsBy("meetings/meeting-participants.csv", "meeting");
        var meetings =
            from row in CatalogueRow.In("meetings/meetings.csv")
            let id = row.Text("id")
            select new MeetingModel
            {
                Id = id,
                Titles = TextsOf(titles[id]),
                Forum = row.Text("forum"),
                Body = row["body"],
                Kind = row.Word<MeetingKind>("kind"),
                Format = row.OptionalWord<MeetingFormat>("format"),
                Mode = row.OptionalWord<MeetingMode>("mode"),
                Ordinal = row.Number("ordinal"),
                Status = row.Word<MeetingStatus>("status"),
                Starts = row.Date("starts"),
                Ends = row.Date("ends"),
                TimeZone = row["timeZone"],
                City = row["city"],
                Country = row["country"],
                Venue = row["venue"],
                OnMarginsOf = row["onMarginsOf"],
                Host = row["host"],
                Chair = row["chairState"] is { } chair
                    ? new MeetingChairModel
                    {
                        Member = new SubjectModel { Kind = SubjectKind.State, Code = chair },
                        Minister = row["chairMinister"],
                    }
                    : null,
                Level = row.OptionalWord<PostKind>("level"),
                Agenda = ListOf(AgendaOf(agendas[id], ""), item => item),
                Participants = ListOf(
                    participants[id],
                    participant => new ParticipantModel
                    {
                        Of = SubjectOf(participant, "ofKind", "of"),
                        Name = participant["name"],
                        Title = participant["title"],
                        Minister = participant["minister"],
                        Capacity = participant.Word<Capacity>("capacity"),
                        Sources = SourcesOf([participant]),
                    }
                ),
                Sources = SourcesOf([row, .. titles[id], .. agendas[id]]),
            };
        return AncestorsFirst(
            meetings,
            meeting => meeting.Id!,
            meeting => meeting.OnMarginsOf is { } margins ? [margins] : null
        );
    }

    /// <summary>Reads every document; those to which others relate come first.</summary>
    public IReadOnlyList<DocumentModel> OfficialDocuments()
    {
        var titles = RowsBy("meetings/document-titles.csv", "document");
        var steps = RowsBy("meetings/document-steps.csv", "document");
        var links = RowsBy("meetings/document-links.csv", "document");
        var relations = RowsBy("meetings/document-relations.csv", "document");
        var documents =
            from row in CatalogueRow.In("meetings/documents.csv")
            let id = row.Text("id")
            select new DocumentModel
            {
                Id = id,
                Symbol = row["symbol"],
                Titles = TextsOf(titles[id]),
                Kind = row.Word<DocumentKind>("kind"),
                Forum = row["forum"],
                Body = row["body"],
                Steps =
                [
                    .. steps[id]
                        .Select(step => new DocumentStepModel
                        {
                            Status = step.Word<DocumentStatus>("status"),
                            On = step.Date("on"),
                            Meeting = step["meeting"],
                            Sources = SourcesOf([step]),
                        }),
                ],
                Relations = ListOf(
                    relations[id],
                    relation => new DocumentRelationModel
                    {
                        Kind = relation.Word<DocumentRelationKind>("kind"),
                        Document = relation.Text("target"),
                    }
                ),
                Links = ListOf(
                    links[id],
                    link => new LinkModel
                    {
                        Url = link.Text("url"),
                        MediaType = link["mediaType"],
                        Language = link["language"],
                        Sha256 = link["sha256"],
                    }
                ),
                Sources = SourcesOf([row, .. titles[id], .. links[id], .. relations[id]]),
            };
        return AncestorsFirst(
            documents,
            document => document.Id!,
            document => document.Relations?.Select(relation => relation.Document!)
        );
    }

    /// <summary>Reads every outcome; those that others fulfil come first.</summary>
    public IReadOnlyList<OutcomeModel> Outcomes()
    {
        var texts = RowsBy("meetings/outcome-texts.csv", "outcome");
        var subjects = RowsBy("meetings/outcome-subjects.csv", "outcome");
        var fulfilments = RowsBy("meetings/outcome-fulfilments.csv", "outcome");
        var outcomes =
            from row in CatalogueRow.In("meetings/outcomes.csv")
            let id = row.Text("id")
            let inRoles = subjects[id].ToLookup(subject => subject.Text("role"), StringComparer.Ordinal)
            select new OutcomeModel
            {
                Id = id,
                Meeting = row.Text("meeting"),
                AgendaItem = row["agendaItem"],
                Verb = row.Word<OutcomeVerb>("verb"),
                Document = row["document"],
                Actors = ListOf(inRoles["actor"], actor => SubjectOf(actor, "kind", "code")),
                Mentions = ListOf(inRoles["mention"], mention => SubjectOf(mention, "kind", "code")),
                Texts = TextsOf(texts[id]),
                FollowUp = row["followUp"] is { } what
                    ? new FollowUpModel
                    {
                        What = [new TextModel { Language = "en", Text = what }],
                        Who = ListOf(inRoles["responsible"], who => SubjectOf(who, "kind", "code")),
                        Due = row.Date("due"),
                        Status = row.OptionalWord<FollowUpStatus>("followUpStatus"),
                    }
                    : null,
                Fulfils = ListOf(fulfilments[id], fulfilled => fulfilled.Text("fulfils")),
                Sources = SourcesOf([row, .. texts[id], .. subjects[id], .. fulfilments[id]]),
            };
        return AncestorsFirst(outcomes, outcome => outcome.Id!, outcome => outcome.Fulfils);
    }

    private static TextModel[] TextsOf(IEnumerable<CatalogueRow> rows) =>
        [.. rows.Select(row => new TextModel { Language = row.Text("language"), Text = row.Text("text") })];

    /// <summary>Lists the items directly under a number, each with its nested items.</summary>
    private static AgendaItemModel[] AgendaOf(IEnumerable<CatalogueRow> rows, string above) =>
        [
            .. rows.GroupBy(row => row.Text("number"))
                .Where(item => ParentOf(item.Key) == above)
                .Select(item => new AgendaItemModel
                {
                    Number = item.Key,
                    Titles = TextsOf(item),
                    Items = ListOf(AgendaOf(rows, item.Key), under => under),
                }),
        ];

    private static string ParentOf(string number) => number.LastIndexOf('.') is >= 0 and var dot ? number[..dot] : "";
}
