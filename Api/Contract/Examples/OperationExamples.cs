using System.Text.Json;
using System.Text.Json.Nodes;
using Registry.Api.Features.Forums;
using Registry.Api.Http.Lists;
using Registry.Api.Routing;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Domain.Provenance;
using Registry.Domain.States;
using Registry.Infrastructure.Changes;
using Registry.Infrastructure.Forums;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.States;

namespace Registry.Api.Contract.Examples;

/// <summary>The examples of the contract. Those of reads are shortened responses from the default catalogue.</summary>
internal static class OperationExamples
{
    public static readonly DateTimeOffset Recorded = new(2026, 1, 15, 9, 30, 0, TimeSpan.Zero);

    /// <summary>The examples of forums.</summary>
    public static readonly RecordExamples Forums = new("CICA", "EXAMPLE", "EXAMPLE-2")
    {
        Answer = () =>
            Forum() with
            {
                Name = "Conference on Interaction and Confidence Building Measures in Asia",
                Version = 1,
                RecordedAt = Recorded,
            },
        Create = () => Forum() with { Code = "EXAMPLE", Names = Named("Example Forum") },
        Replace = () => Forum() with { Code = "EXAMPLE-2", Names = Named("Another Forum") },
        Correct = () => new JsonObject { ["seat"] = new JsonObject { ["city"] = "Almaty" } },
    };

    /// <summary>The examples of bodies.</summary>
    public static readonly RecordExamples Bodies = new("secretariat", "example-body", "another-body")
    {
        Answer = () => Body() with { Forum = "CICA", Name = "CICA Secretariat", Version = 1, RecordedAt = Recorded },
        Replace = () => Body() with { Code = "another-body", Names = Named("Another Committee") },
        Correct = () => new JsonObject { ["founded"] = "2007" },
    };

    /// <summary>The examples of states.</summary>
    public static readonly RecordExamples States = new("KAZ", "XEX", "XEY")
    {
        Answer = () => State() with { Name = "Kazakhstan", Version = 1, RecordedAt = Recorded },
        Create = () => ExampleState("Exampleland") with { Code = "XEX" },
        Replace = () => ExampleState("Anotherland") with { Code = "XEY" },
        Correct = () => new JsonObject { ["subregion"] = "Western Asia" },
    };

    /// <summary>The examples of memberships.</summary>
    public static readonly RecordExamples Memberships = new("cica.kwt", "cica.npl", "cica.btn")
    {
        Answer = () =>
            Membership() with
            {
                Id = "cica.kwt",
                Forum = "CICA",
                Member = new PartyModel { Kind = PartyKind.State, Code = "KWT" },
                Version = 1,
                RecordedAt = Recorded,
            },
        Replace = () => Membership(),
        Correct = () =>
            new JsonObject
            {
                ["standings"] = JsonSerializer.SerializeToNode(
                    Membership().Standings!.Select(standing => standing with { Basis = "Decision of the Council" }),
                    RegistryJson.Options
                ),
            },
    };

    private static readonly Dictionary<Type, object> Answers = new()
    {
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
        [typeof(CreateBody)] = Body() with { Code = "example-body", Names = Named("Example Committee") },
        [typeof(AdmitMember)] = new AdmissionModel
        {
            Member = new PartyModel { Kind = PartyKind.State, Code = "NPL" },
            Standing = StandingKind.Observer,
            From = PartialDate.Parse("2026-10"),
            Basis = "Decision of the Summit",
            Sources = Sources(),
        },
        [typeof(ChangeStanding)] = new StepModel
        {
            Step = MembershipStep.Accede,
            Standing = StandingKind.Member,
            From = PartialDate.Parse("2027-01-01"),
            Basis = "Decision of the Ministerial Council",
        },
    };

    private static readonly Dictionary<Type, object> AllAnswers = new(
        Answers
            .Concat(MinisterExamples.Answers)
            .Concat(MeetingExamples.Answers)
            .Concat(ProvenanceExamples.Answers)
            .Concat(SubscriptionExamples.Answers)
            .Concat(SearchExamples.Answers)
            .Concat(ImportExamples.Answers)
            .Concat(KeyExamples.Answers)
            .Concat(StatusExamples.Answers)
    );

    private static readonly Dictionary<Type, object> AllRequests = new(
        Requests
            .Concat(MinisterExamples.Requests)
            .Concat(MeetingExamples.Requests)
            .Concat(ProvenanceExamples.Requests)
            .Concat(SubscriptionExamples.Requests)
            .Concat(SearchExamples.Requests)
            .Concat(KeyExamples.Requests)
    );

    /// <summary>
    /// The recorded response of the operation, or an item of it; the literal example for an operation without one.
    /// Changes contain records, so their examples are made from those of records.
    /// </summary>
    public static JsonNode? OfAnswer(Type answer, string? operation = null) =>
        (operation is null ? null : TriedAnswers.Of(operation))
        ?? Node(
            RecordResources.Find(answer)?.Examples.Answer()
                ?? AllAnswers.GetValueOrDefault(answer)
                ?? ChangeExamples.Answers.GetValueOrDefault(answer)
        );

    /// <summary>The request body of an operation.</summary>
    public static JsonNode? OfRequest(OperationShape shape) =>
        Node(
            shape.Resource is { } resource
                ? resource.Examples.BodyOf(shape.Kind)
                : AllRequests.GetValueOrDefault(shape.Request)
        );

    /// <summary>The value of a parameter, when the example needs it.</summary>
    public static JsonNode? OfParameter(Type request, string name) =>
        SearchExamples.Parameters.TryGetValue((request, name), out var example)
        || ImportExamples.Parameters.TryGetValue((request, name), out example)
            ? JsonValue.Create(example)
            : null;

    private static JsonNode? Node(object? example) =>
        example is null ? null : JsonSerializer.SerializeToNode(example, example.GetType(), RegistryJson.Options);

    private static ForumModel Forum() =>
        new()
        {
            Code = "CICA",
            Names =
            [
                new NameModel
                {
                    Kind = NameKind.Official,
                    Language = "en",
                    Text = "Conference on Interaction and Confidence Building Measures in Asia",
                },
                new NameModel
                {
                    Kind = NameKind.Acronym,
                    Language = "ru",
                    Text = "СВМДА",
                },
            ],
            Founded = PartialDate.Parse("1992-10-05"),
            Seat = new SeatModel { City = "Astana", Country = "KAZ" },
            Stages =
            [
                new StageModel
                {
                    Nature = LegalNature.Dialogue,
                    From = PartialDate.Parse("1992-10-05"),
                    Until = PartialDate.Parse("1999-09-13"),
                },
                new StageModel
                {
                    Nature = LegalNature.Conference,
                    From = PartialDate.Parse("1999-09-14"),
                    Instrument = "Declaration on the Principles Guiding Relations among the CICA Member States",
                },
            ],
            Sources = Sources(),
        };

    private static NameModel[] Named(string name, NameKind kind = NameKind.Official) =>
        [
            new NameModel
            {
                Kind = kind,
                Language = "en",
                Text = name,
            },
        ];

    private static StateModel ExampleState(string name) =>
        State() with
        {
            Names = Named(name, NameKind.Short),
            Alpha2 = null,
            M49 = null,
            Identifiers = null,
        };

    private static BodyModel Body() =>
        new()
        {
            Code = "secretariat",
            Names =
            [
                new NameModel
                {
                    Kind = NameKind.Official,
                    Language = "en",
                    Text = "CICA Secretariat",
                },
            ],
            Kind = BodyKind.Secretariat,
            Founded = PartialDate.Parse("2006-06-17"),
            Seat = new SeatModel { City = "Astana", Country = "KAZ" },
            Sources = Sources(),
        };

    private static StateModel State() =>
        new()
        {
            Code = "KAZ",
            Names =
            [
                new NameModel
                {
                    Kind = NameKind.Short,
                    Language = "en",
                    Text = "Kazakhstan",
                },
                new NameModel
                {
                    Kind = NameKind.Official,
                    Language = "en",
                    Text = "Republic of Kazakhstan",
                },
            ],
            Existence = new ExistenceModel { From = PartialDate.Parse("1991-12-16") },
            Region = Region.Asia,
            Subregion = "Central Asia",
            Alpha2 = "KZ",
            M49 = "398",
            Identifiers = [new IdentifierModel { Scheme = "wikidata", Value = "Q232" }],
            Sources = Sources(),
        };

    private static MembershipModel Membership() =>
        new()
        {
            Standings =
            [
                new StandingModel
                {
                    Standing = StandingKind.Member,
                    From = PartialDate.Parse("2022-10-13"),
                    Basis = "Decision of the sixth CICA Summit",
                    Sources = Sources(),
                },
            ],
        };

    public static CitationModel[] Sources() =>
        [
            new CitationModel
            {
                Citation = "CICA Secretariat: Member States",
                Url = "https://www.s-cica.org/",
                Confidence = Confidence.High,
            },
        ];
}
