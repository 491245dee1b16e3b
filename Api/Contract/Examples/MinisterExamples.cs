using System.Text.Json.Nodes;
using Registry.Api.Features.Forums;
using Registry.Api.Features.Ministers;
using Registry.Api.Http.Lists;
using Registry.Api.Routing;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Domain.Ministers;
using Registry.Infrastructure.Forums;
using Registry.Infrastructure.Merging;
using Registry.Infrastructure.Ministers;
using Registry.Infrastructure.Records.Models;

namespace Registry.Api.Contract.Examples;

/// <summary>Examples of ministers, posts, appointments and chairmanships.</summary>
internal static class MinisterExamples
{
    private static readonly DateTimeOffset Recorded = OperationExamples.Recorded;

    /// <summary>The examples of chairmanships.</summary>
    public static readonly RecordExamples Chairmanships = new(
        "cica.kaz.2020",
        "example-chairmanship",
        "another-chairmanship"
    )
    {
        Answer = () => Chairmanship() with { Version = 1, RecordedAt = Recorded },
        Replace = () =>
            new ChairmanshipModel
            {
                Forum = "CICA",
                Chair = new PartyModel { Kind = PartyKind.State, Code = "AZE" },
                Body = "senior-officials-committee",
                From = PartialDate.Parse("2029"),
                Until = PartialDate.Parse("2030"),
                Sources = OperationExamples.Sources(),
            },
        Correct = () => new JsonObject { ["until"] = "2030-06" },
    };

    /// <summary>The examples of ministers.</summary>
    public static readonly RecordExamples Ministers = new("mukhtar-tileuberdi", "example-minister", "another-minister")
    {
        Answer = () => Minister() with { Name = "Mukhtar Tileuberdi", Version = 1, RecordedAt = Recorded },
        Create = () => ExampleMinister("Aigul") with { Id = "example-minister" },
        Replace = () => ExampleMinister("Bolat"),
        Correct = () => new JsonObject { ["sortName"] = "Example, B." },
    };

    /// <summary>The examples of posts.</summary>
    public static readonly RecordExamples Posts = new("kaz.foreign-minister", "example-post", "another-post")
    {
        Answer = () =>
            Post() with
            {
                Name = "Minister of Foreign Affairs of the Republic of Kazakhstan",
                Version = 1,
                RecordedAt = Recorded,
            },
        Create = () => ExamplePost() with { Id = "example-post" },
        Replace = () => ExamplePost(),
        Correct = () => new JsonObject { ["singleHolder"] = false },
    };

    /// <summary>The examples of appointments.</summary>
    public static readonly RecordExamples Appointments = new(
        "kaz.foreign-minister.mukhtar-tileuberdi",
        "example-appointment",
        "another-appointment"
    )
    {
        Answer = () => Appointment() with { Version = 1, RecordedAt = Recorded },
        Replace = () =>
            new AppointmentModel
            {
                Minister = "example-minister",
                Post = "example-post",
                From = PartialDate.Parse("2025"),
                Until = PartialDate.Parse("2026-05"),
                Sources = OperationExamples.Sources(),
            },
        Correct = () => new JsonObject { ["basis"] = "Decree of the President" },
    };

    public static readonly Dictionary<Type, object> Answers = new()
    {
        [typeof(HolderOnDay)] = new HolderOnDay
        {
            Post = "cica.secretariat.head",
            Kind = PostKind.HeadOfSecretariat,
            Of = new SubjectModel { Kind = SubjectKind.Body, Code = "CICA/secretariat" },
            Holding = PostHolding.Held,
            Minister = new MinisterOnDay { Id = "kairat-sarybay", Name = "Kairat Sarybay" },
            Title = "Secretary General of CICA",
            Acting = false,
            Since = PartialDate.Parse("2020-10"),
            Certain = true,
            Appointment = "cica.secretariat.head.kairat-sarybay",
        },
        [typeof(TimelineEntry)] = new TimelineEntry
        {
            Date = PartialDate.Parse("2022-10-13"),
            Kind = TimelineKind.Admission,
            Title = "Kuwait",
            Record = "memberships/cica.kwt",
        },
        [typeof(ChairOnDay)] = new ChairOnDay
        {
            Forum = "CICA",
            Chair = new PartyOnDay
            {
                Kind = "state",
                Code = "KAZ",
                Name = "Kazakhstan",
            },
            Since = PartialDate.Parse("2020-09-24"),
            Until = PartialDate.Parse("2024-12-17"),
            Certain = true,
            Chairmanship = "cica.kaz.2020",
        },
        [typeof(ChairFindingOnRecord)] = new ChairFindingOnRecord
        {
            Kind = ChairFindingKind.Gap,
            From = new DateOnly(2024, 1, 1),
            Until = new DateOnly(2024, 3, 31),
            Chairmanships = ["example.kaz.2022", "example.aze.2024"],
        },
    };

    public static readonly Dictionary<Type, object> Requests = new()
    {
        [typeof(AppointMinister)] = new AppointmentModel
        {
            Id = "example-appointment",
            Post = ImportExamples.Twice["posts"],
            Acting = true,
            From = PartialDate.Parse("2027-01-15"),
            Basis = "Decree of the President",
            Sources = OperationExamples.Sources(),
        },
        [typeof(MergeMinister)] = new MergerModel { Into = "example-minister" },
        [typeof(MergePost)] = new MergerModel { Into = "example-post" },
        [typeof(EndAppointment)] = new AppointmentEndingModel
        {
            Until = PartialDate.Parse("2027-03"),
            Ending = AppointmentEnding.Reassigned,
            Basis = "Decree of the President",
        },
        [typeof(RecordChairmanship)] = new ChairmanshipModel
        {
            Id = "example-chairmanship",
            Chair = new PartyModel { Kind = PartyKind.State, Code = "KAZ" },
            Body = "senior-officials-committee",
            From = PartialDate.Parse("2027"),
            Until = PartialDate.Parse("2028"),
            Sources = OperationExamples.Sources(),
        },
    };

    private static MinisterModel ExampleMinister(string given) =>
        new()
        {
            Names =
            [
                new PersonNameModel
                {
                    Language = "en",
                    Text = $"{given} Example",
                    Family = "Example",
                    Given = given,
                },
            ],
            Sources = OperationExamples.Sources(),
        };

    private static PostModel ExamplePost() =>
        new()
        {
            Kind = PostKind.Minister,
            Of = new SubjectModel { Kind = SubjectKind.State, Code = "KAZ" },
            Titles = [new TitleModel { Language = "en", Text = "Minister of Examples" }],
            Sources = OperationExamples.Sources(),
        };

    private static MinisterModel Minister() =>
        new()
        {
            Id = "mukhtar-tileuberdi",
            Names =
            [
                new PersonNameModel
                {
                    Language = "en",
                    Text = "Mukhtar Tileuberdi",
                    Family = "Tileuberdi",
                    Given = "Mukhtar",
                },
                new PersonNameModel
                {
                    Language = "kk",
                    Text = "Мұхтар Бескенұлы Тілеуберді",
                    Family = "Тілеуберді",
                    Given = "Мұхтар",
                    Patronymic = "Бескенұлы",
                },
            ],
            SortName = "Tileuberdi, Mukhtar",
            Sources = OperationExamples.Sources(),
        };

    private static PostModel Post() =>
        new()
        {
            Id = "kaz.foreign-minister",
            Kind = PostKind.ForeignMinister,
            Of = new SubjectModel { Kind = SubjectKind.State, Code = "KAZ" },
            Titles =
            [
                new TitleModel { Language = "en", Text = "Minister of Foreign Affairs of the Republic of Kazakhstan" },
            ],
            Sources = OperationExamples.Sources(),
        };

    private static AppointmentModel Appointment() =>
        new()
        {
            Id = "kaz.foreign-minister.mukhtar-tileuberdi",
            Minister = "mukhtar-tileuberdi",
            Post = "kaz.foreign-minister",
            From = PartialDate.Parse("2019-09-18"),
            Until = PartialDate.Parse("2023-04"),
            Titles =
            [
                new TitleModel
                {
                    Language = "en",
                    Text = "Deputy Prime Minister - Minister of Foreign Affairs",
                    From = PartialDate.Parse("2021"),
                },
            ],
            Sources = OperationExamples.Sources(),
        };

    private static ChairmanshipModel Chairmanship() =>
        new()
        {
            Id = "cica.kaz.2020",
            Forum = "CICA",
            Chair = new PartyModel { Kind = PartyKind.State, Code = "KAZ" },
            From = PartialDate.Parse("2020-09-24"),
            Until = PartialDate.Parse("2024-12-17"),
            Sources = OperationExamples.Sources(),
        };
}
