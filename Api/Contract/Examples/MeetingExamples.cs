using System.Text.Json.Nodes;
using Registry.Api.Features.Meetings;
using Registry.Api.Routing;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Domain.Meetings;
using Registry.Domain.Provenance;
using Registry.Infrastructure.Meetings;
using Registry.Infrastructure.Records.Models;

namespace Registry.Api.Contract.Examples;

/// <summary>The examples of meetings, documents and outcomes.</summary>
internal static class MeetingExamples
{
    private const string Astana = "cica-summit-6";
    private const string NewYork = "cica-informal-ministerial-2022-09";
    private const string Statement = "cica-astana-statement-2022";
    private const string FirstOutcome = $"{NewYork}.1";

    private static readonly DateTimeOffset Recorded = new(2026, 1, 15, 9, 30, 0, TimeSpan.Zero);

    private static readonly MemberAtMeeting Kazakhstan = new()
    {
        Kind = "state",
        Code = "KAZ",
        Name = "Kazakhstan",
    };

    private static readonly MinisterAtMeeting Tileuberdi = new()
    {
        Id = "mukhtar-tileuberdi",
        Name = "Mukhtar Tileuberdi",
    };

    /// <summary>The examples of meetings.</summary>
    public static readonly RecordExamples Meetings = new(
        "cica-informal-ministerial-2022-09",
        "example-meeting",
        "another-meeting"
    )
    {
        Answer = () =>
            Meeting() with
            {
                Id = NewYork,
                Name = "Informal Ministerial Meeting of the CICA",
                Status = MeetingStatus.Held,
                Version = 1,
                RecordedAt = Recorded,
            },
        Create = () => PlannedMeeting(),
        Replace = () => Meeting() with { Titles = Text("Another meeting") },
        Correct = () => new JsonObject { ["venue"] = "United Nations Headquarters" },
    };

    /// <summary>The examples of documents.</summary>
    public static readonly RecordExamples Documents = new(
        "cica-astana-statement-2022",
        "example-document",
        "another-document"
    )
    {
        Answer = () =>
            Document() with
            {
                Id = Statement,
                Name = "Astana Statement on CICA Transformation",
                Date = PartialDate.Parse("2022-10-13"),
                Status = DocumentStatus.Adopted,
                Version = 1,
                RecordedAt = Recorded,
            },
        Create = () => ExampleDocument("Example statement") with { Id = "example-document" },
        Replace = () => ExampleDocument("Another statement"),
        Correct = () => new JsonObject { ["symbol"] = "CICA/6/ST/1" },
    };

    /// <summary>The examples of outcomes.</summary>
    public static readonly RecordExamples Outcomes = new(
        "cica-informal-ministerial-2022-09.1",
        "example-outcome",
        "another-outcome"
    )
    {
        Answer = () =>
            Outcome() with
            {
                Id = FirstOutcome,
                Name = "The ministers reviewed the draft of a statement on the transformation of the CICA.",
                Meeting = NewYork,
                FollowUp = FollowUp() with { Status = FollowUpStatus.Done },
                FulfilledBy = [new FulfilmentModel { Kind = FulfilmentKind.Document, Id = Statement }],
                Version = 2,
                RecordedAt = Recorded,
            },
        Replace = () => Outcome() with { Meeting = "example-meeting" },
        Correct = () =>
            new JsonObject { ["followUp"] = new JsonObject { ["due"] = PartialDate.Parse("2022-11").ToString() } },
    };

    /// <summary>Responses, by type.</summary>
    public static IEnumerable<KeyValuePair<Type, object>> Answers =>
        [
            Answer<AgendaEntry>(
                new()
                {
                    Number = "1.1",
                    Parent = "1",
                    Level = 2,
                    Title = "Report of the Secretary General",
                    Titles = Text("Report of the Secretary General"),
                }
            ),
            Answer<ParticipantAtMeeting>(
                new()
                {
                    Of = new()
                    {
                        Kind = "body",
                        Code = "CICA/secretariat",
                        Name = "CICA Secretariat",
                    },
                    Name = "Kairat Sarybay",
                    Title = "Secretary General of the CICA",
                    Minister = new() { Id = "kairat-sarybay", Name = "Kairat Sarybay" },
                    Capacity = Capacity.Secretariat,
                    Sources = Sources(),
                }
            ),
            Answer<DelegationAtMeeting>(
                new()
                {
                    Member = Kazakhstan,
                    Standing = StandingKind.Member,
                    Basis = AnswerBasis.Inferred,
                    Name = Tileuberdi.Name,
                    Minister = Tileuberdi,
                    Title = "Deputy Prime Minister - Minister of Foreign Affairs",
                    Post = "kaz.foreign-minister",
                    Certain = true,
                }
            ),
            Answer<ChairAtMeeting>(
                new()
                {
                    Member = Kazakhstan,
                    Minister = Tileuberdi,
                    Name = Tileuberdi.Name,
                    Title = "Deputy Prime Minister - Minister of Foreign Affairs",
                    Basis = AnswerBasis.Recorded,
                    Certain = true,
                }
            ),
            Answer<FollowUpOnDay>(
                new()
                {
                    Outcome = FirstOutcome,
                    Meeting = NewYork,
                    What = FollowUp().What!,
                    Who = FollowUp().Who,
                    Due = FollowUp().Due,
                    Status = "done",
                    Certain = true,
                    FulfilledBy = [new FulfilmentModel { Kind = FulfilmentKind.Document, Id = Statement }],
                }
            ),
        ];

    /// <summary>Request bodies, by the type of the request.</summary>
    public static IEnumerable<KeyValuePair<Type, object>> Requests =>
        [
            Request<TakeMeetingStep>(
                new MeetingMoveModel
                {
                    Step = MeetingMove.Hold,
                    On = PartialDate.Parse("2026-05-22"),
                    Basis = "Report of the Secretariat",
                }
            ),
            Request<AddAgendaItem>(new AgendaAdditionModel { Under = "1", Titles = Text("Report of the Chair") }),
            Request<AddParticipant>(
                new ParticipantModel
                {
                    Of = Subject(SubjectKind.State, "KAZ"),
                    Name = "H.E. Mr. Yermek Kosherbayev",
                    Minister = "yermek-kosherbayev",
                    Capacity = Capacity.HeadOfDelegation,
                }
            ),
            Request<TakeDocumentStep>(
                new DocumentStepModel
                {
                    Status = DocumentStatus.Discussed,
                    On = PartialDate.Parse("2026-05"),
                    Basis = "Agenda of the Senior Officials Committee",
                }
            ),
            Request<RecordOutcome>(Outcome() with { Id = "example-outcome" }),
        ];

    private static KeyValuePair<Type, object> Request<T>(object example) => new(typeof(T), example);

    private static KeyValuePair<Type, object> Answer<T>(T example)
        where T : notnull => new(typeof(T), example);

    private static MeetingModel Meeting() =>
        new()
        {
            Titles = Text("Informal Ministerial Meeting of the CICA"),
            Forum = "CICA",
            Kind = MeetingKind.Ministerial,
            Format = MeetingFormat.Informal,
            Steps = [new MeetingStepModel { Status = MeetingStatus.Held, On = PartialDate.Parse("2022-09") }],
            Starts = PartialDate.Parse("2022-09"),
            OnMarginsOf = "unga-77",
            TimeZone = "America/New_York",
            City = "New York",
            Country = "USA",
            Chair = new MeetingChairModel { Member = Subject(SubjectKind.State, "KAZ"), Minister = Tileuberdi.Id },
            Agenda =
            [
                new AgendaItemModel
                {
                    Number = "1",
                    Titles = Text("Preparation of the sixth CICA Summit"),
                    Items =
                    [
                        new AgendaItemModel { Number = "1.1", Titles = Text("Final documents") },
                        new AgendaItemModel { Number = "1.2", Titles = Text("Institutional development") },
                        new AgendaItemModel { Number = "1.3", Titles = Text("Organizational and protocol issues") },
                    ],
                },
            ],
            Participants =
            [
                new ParticipantModel
                {
                    Of = Subject(SubjectKind.Body, "CICA/secretariat"),
                    Name = "Kairat Sarybay",
                    Minister = "kairat-sarybay",
                    Capacity = Capacity.Secretariat,
                },
            ],
            Sources = Sources(),
        };

    private static MeetingModel PlannedMeeting() =>
        new()
        {
            Id = "example-meeting",
            Titles = Text("Seventh CICA Summit"),
            Forum = "CICA",
            Kind = MeetingKind.Summit,
            Ordinal = 7,
            Status = MeetingStatus.Planned,
            Starts = PartialDate.Parse("2026-05-21"),
            Ends = PartialDate.Parse("2026-05-22"),
            StartTime = "10:00",
            TimeZone = "Asia/Baku",
            City = "Baku",
            Country = "AZE",
            Host = "AZE",
            Agenda = [new AgendaItemModel { Titles = Text("Opening") }],
            Sources = Sources(),
        };

    private static DocumentModel Document() =>
        new()
        {
            Titles = Text("Astana Statement on CICA Transformation"),
            Kind = DocumentKind.Statement,
            Forum = "CICA",
            Steps =
            [
                new DocumentStepModel
                {
                    Status = DocumentStatus.Adopted,
                    On = PartialDate.Parse("2022-10-13"),
                    Meeting = Astana,
                    Fulfils = [FirstOutcome],
                },
            ],
            Sources = Sources(),
        };

    private static DocumentModel ExampleDocument(string title) =>
        Document() with
        {
            Titles = Text(title),
            Steps = [new DocumentStepModel { Status = DocumentStatus.Drafted, On = PartialDate.Parse("2026-04") }],
        };

    private static OutcomeModel Outcome() =>
        new()
        {
            AgendaItem = "1.1",
            Verb = OutcomeVerb.Reviewed,
            Mentions = [Subject(SubjectKind.Forum, "CICA")],
            Texts = Text("The ministers reviewed the draft of a statement on the transformation of the CICA."),
            FollowUp = FollowUp(),
            Sources = Sources(),
        };

    private static FollowUpModel FollowUp() =>
        new()
        {
            What = Text("Finish the draft for the sixth summit"),
            Who = [Subject(SubjectKind.Body, "CICA/secretariat")],
            Due = PartialDate.Parse("2022-10"),
        };

    private static TextModel[] Text(string text) => [new TextModel { Language = "en", Text = text }];

    private static SubjectModel Subject(SubjectKind kind, string code) => new() { Kind = kind, Code = code };

    private static CitationModel[] Sources() =>
        [
            new CitationModel
            {
                Citation = "CICA Secretariat: News",
                Url = "https://www.s-cica.org/",
                Confidence = Confidence.Medium,
            },
        ];
}
