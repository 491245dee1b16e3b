using System.Text.Json;
using System.Text.Json.Nodes;
using Registry.Api.Features.Forums;
using Registry.Api.Features.States;
using Registry.Api.Http;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Domain.Provenance;
using Registry.Domain.States;
using Registry.Infrastructure;
using Registry.Infrastructure.Changes;
using Registry.Infrastructure.Forums;
using Registry.Infrastructure.States;

namespace Registry.Api.Contract;

/// <summary>The examples of the contract. Those of reads are answers of the default catalogue, shortened.</summary>
internal static class Examples
{
    public static readonly DateTimeOffset Recorded = new(2026, 1, 15, 9, 30, 0, TimeSpan.Zero);

    private static readonly Dictionary<Type, object> Answers = new()
    {
        [typeof(ForumDocument)] = Forum() with
        {
            Name = "Conference on Interaction and Confidence Building Measures in Asia",
            Version = 1,
            RecordedAt = Recorded,
        },
        [typeof(BodyDocument)] = Body() with
        {
            Forum = "CICA",
            Name = "CICA Secretariat",
            Version = 1,
            RecordedAt = Recorded,
        },
        [typeof(StateDocument)] = State() with { Name = "Kazakhstan", Version = 1, RecordedAt = Recorded },
        [typeof(MembershipDocument)] = Membership() with
        {
            Id = "cica.kwt",
            Forum = "CICA",
            Member = new PartyDocument { Kind = PartyKind.State, Code = "KWT" },
            Version = 1,
            RecordedAt = Recorded,
        },
        [typeof(RecordedVersion)] = new RecordedVersion
        {
            Version = 2,
            Etag = "\"2\"",
            Sequence = 1612,
            RecordedAt = Recorded,
            Actor = "admin",
            Reason = "Note of the Secretariat of 14 January 2026",
            Operation = ChangeOperation.Updated,
            Changes =
            [
                new FieldChange
                {
                    Op = FieldChangeKind.Replace,
                    Path = "/seat/city",
                    From = "Almaty",
                    To = "Astana",
                },
            ],
        },
        [typeof(StandingOnDay)] = new StandingOnDay
        {
            Forum = "CICA",
            ForumName = "Conference on Interaction and Confidence Building Measures in Asia",
            Member = new PartyOnDay
            {
                Kind = "state",
                Code = "KWT",
                Name = "Kuwait",
            },
            Standing = "member",
            Since = PartialDate.Parse("2022-10-13"),
            Certain = true,
            Membership = "cica.kwt",
        },
    };

    private static readonly Dictionary<Type, object> Requests = new()
    {
        [typeof(CreateForum)] = Forum() with { Code = "EXAMPLE" },
        [typeof(ReplaceForum)] = Forum(),
        [typeof(CorrectForum)] = new JsonObject { ["seat"] = new JsonObject { ["city"] = "Astana" } },
        [typeof(CreateBody)] = Body() with { Code = "example-body" },
        [typeof(ReplaceBody)] = Body(),
        [typeof(CorrectBody)] = new JsonObject { ["founded"] = "2006-06-17" },
        [typeof(CreateState)] = State() with { Code = "XKX", Alpha2 = null, M49 = null, Identifiers = null },
        [typeof(ReplaceState)] = State(),
        [typeof(CorrectState)] = new JsonObject { ["subregion"] = "Central Asia" },
        [typeof(ReplaceMembership)] = Membership(),
        [typeof(CorrectMembership)] = new JsonObject
        {
            ["standings"] = JsonSerializer.SerializeToNode(Membership().Standings, RegistryJson.Options),
        },
        [typeof(AdmitMember)] = new AdmissionDocument
        {
            Member = new PartyDocument { Kind = PartyKind.State, Code = "NPL" },
            Standing = StandingKind.Observer,
            From = PartialDate.Parse("2026-10"),
            Basis = "Decision of the Summit",
            Sources = Sources(),
        },
        [typeof(ChangeStanding)] = new StepDocument
        {
            Step = MembershipStep.Freeze,
            From = PartialDate.Parse("2027-01-01"),
            Basis = "Decision of the Ministerial Council",
        },
    };

    /// <summary>What to try in a path, by the collection it stands in or by the whole path: something that the default catalogue has.</summary>
    private static readonly Dictionary<string, string> Paths = new(MeetingExamples.Paths)
    {
        ["forums"] = "CICA",
        ["bodies"] = "secretariat",
        ["states"] = "KAZ",
        ["memberships"] = "cica.kwt",
        ["chairmanships"] = "cica.kaz.2020",
        ["ministers"] = "mukhtar-tileuberdi",
        ["ministers/{id}/merge"] = "m-tileuberdi",
        ["posts"] = "kaz.foreign-minister",
        ["posts/{id}/merge"] = "kaz.minister-of-foreign-affairs",
        ["appointments"] = "kaz.foreign-minister.mukhtar-tileuberdi",
        ["appointments/{id}/ending"] = "cica.secretariat.head.kairat-sarybay",
        ["subscriptions"] = SubscriptionExamples.Id,
        ["imports"] = ImportExamples.Id,
        ["sources"] = "cica-members",
        ["claims"] = "cica.bhr.standings-0-from.forum-general",
    };

    private static readonly Dictionary<Type, object> AllAnswers = new(
        Answers
            .Concat(MinisterExamples.Answers)
            .Concat(MeetingExamples.Answers)
            .Concat(ProvenanceExamples.Answers)
            .Concat(SubscriptionExamples.Answers)
            .Concat(SearchExamples.Answers)
            .Concat(ImportExamples.Answers)
    );

    private static readonly Dictionary<Type, object> AllRequests = new(
        Requests
            .Concat(MinisterExamples.Requests)
            .Concat(MeetingExamples.Requests)
            .Concat(ProvenanceExamples.Requests)
            .Concat(SubscriptionExamples.Requests)
            .Concat(SearchExamples.Requests)
    );

    /// <summary>Changes hold records, so that their examples are made from those of records.</summary>
    public static JsonNode? OfAnswer(Type answer) =>
        Node(AllAnswers.GetValueOrDefault(answer) ?? ChangeExamples.Answers.GetValueOrDefault(answer));

    public static JsonNode? OfRequest(Type request) => Node(AllRequests.GetValueOrDefault(request));

    public static JsonNode? OfPath(string path, string name)
    {
        var segments = path.Split('/');
        var collection = segments[Array.IndexOf(segments, $"{{{name}}}") - 1];
        return Paths.GetValueOrDefault(string.Join('/', segments.Skip(1))) ?? Paths[collection];
    }

    /// <summary>What to ask for in a parameter that has to be given.</summary>
    public static JsonNode? OfParameter(Type request, string name) =>
        SearchExamples.Parameters.TryGetValue((request, name), out var example) ? JsonValue.Create(example) : null;

    private static JsonNode? Node(object? example) =>
        example is null ? null : JsonSerializer.SerializeToNode(example, example.GetType(), RegistryJson.Options);

    private static ForumDocument Forum() =>
        new()
        {
            Code = "CICA",
            Names =
            [
                new NameDocument
                {
                    Kind = NameKind.Official,
                    Language = "en",
                    Text = "Conference on Interaction and Confidence Building Measures in Asia",
                },
                new NameDocument
                {
                    Kind = NameKind.Acronym,
                    Language = "ru",
                    Text = "СВМДА",
                },
            ],
            Founded = PartialDate.Parse("1992-10-05"),
            Seat = new SeatDocument { City = "Astana", Country = "KAZ" },
            Stages =
            [
                new StageDocument
                {
                    Nature = LegalNature.Dialogue,
                    From = PartialDate.Parse("1992-10-05"),
                    Until = PartialDate.Parse("1999-09-13"),
                },
                new StageDocument
                {
                    Nature = LegalNature.Conference,
                    From = PartialDate.Parse("1999-09-14"),
                    Instrument = "Declaration on the Principles Guiding Relations among the CICA Member States",
                },
            ],
            Sources = Sources(),
        };

    private static BodyDocument Body() =>
        new()
        {
            Code = "secretariat",
            Names =
            [
                new NameDocument
                {
                    Kind = NameKind.Official,
                    Language = "en",
                    Text = "CICA Secretariat",
                },
            ],
            Kind = BodyKind.Secretariat,
            Founded = PartialDate.Parse("2006-06-17"),
            Seat = new SeatDocument { City = "Astana", Country = "KAZ" },
            Sources = Sources(),
        };

    private static StateDocument State() =>
        new()
        {
            Code = "KAZ",
            Names =
            [
                new NameDocument
                {
                    Kind = NameKind.Short,
                    Language = "en",
                    Text = "Kazakhstan",
                },
                new NameDocument
                {
                    Kind = NameKind.Official,
                    Language = "en",
                    Text = "Republic of Kazakhstan",
                },
            ],
            Existence = new ExistenceDocument { From = PartialDate.Parse("1991-12-16") },
            Region = Region.Asia,
            Subregion = "Central Asia",
            Alpha2 = "KZ",
            M49 = "398",
            Identifiers = [new IdentifierDocument { Scheme = "wikidata", Value = "Q232" }],
            Sources = Sources(),
        };

    private static MembershipDocument Membership() =>
        new()
        {
            Standings =
            [
                new StandingDocument
                {
                    Standing = StandingKind.Member,
                    From = PartialDate.Parse("2022-10-13"),
                    Basis = "Decision of the sixth CICA Summit",
                    Sources = Sources(),
                },
            ],
        };

    public static CitationDocument[] Sources() =>
        [
            new CitationDocument
            {
                Citation = "CICA Secretariat: Member States",
                Url = "https://www.s-cica.org/",
                Confidence = Confidence.High,
            },
        ];
}
