using System.Text.Json;
using System.Text.Json.Nodes;
using Registry.Api.Features.Provenance;
using Registry.Api.Routing;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Domain.Provenance;
using Registry.Infrastructure.Forums;
using Registry.Infrastructure.Provenance;
using Registry.Infrastructure.Records.Models;

namespace Registry.Api.Contract.Examples;

/// <summary>Examples of sources and claims.</summary>
internal static class ProvenanceExamples
{
    /// <summary>The examples of sources.</summary>
    public static readonly RecordExamples Sources = new("cica-members", "example-source", "another-source")
    {
        Answer = () =>
            Source() with
            {
                Citation = "CICA Secretariat: Member States",
                Version = 1,
                RecordedAt = OperationExamples.Recorded,
            },
        Create = () => ExampleSource() with { Id = "example-source" },
        Replace = () => ExampleSource() with { Title = "What the ministers said" },
        Correct = () => new JsonObject { ["readOn"] = "2026-06-02" },
    };

    /// <summary>The examples of claims.</summary>
    public static readonly RecordExamples Claims = new(
        "cica.bhr.standings-0-from.forum-general",
        "example-claim",
        "another-claim"
    )
    {
        Answer = () =>
            Claim() with
            {
                Preferred = false,
                Rival = true,
                Version = 1,
                RecordedAt = OperationExamples.Recorded,
            },
        Create = () => ExampleClaim("2006") with { Id = "example-claim" },
        Replace = () => ExampleClaim("2005"),
        Correct = () => new JsonObject { ["note"] = "Some lists give this year." },
    };

    public static readonly Dictionary<Type, object> Answers = new()
    {
        [typeof(CitingRecordModel)] = new CitingRecordModel
        {
            Collection = "memberships",
            Id = "cica.kwt",
            Count = 1,
        },
        [typeof(ReconciliationModel)] = new ReconciliationModel
        {
            Forum = "CICA",
            On = new DateOnly(2026, 6, 30),
            Standing = StandingKind.Member,
            Declared = new DeclaredCountModel
            {
                On = PartialDate.Parse("2022-09-22"),
                Standing = StandingKind.Member,
                Count = 27,
                Sources = OperationExamples.Sources(),
            },
            Computed = 28,
            ComputedThen = 27,
            Difference = 1,
            Remainder = 0,
            Members =
            [
                new ReconciledMemberModel
                {
                    Member = new PartyModel { Kind = PartyKind.State, Code = "KWT" },
                    Membership = "cica.kwt",
                    Reason = ReconciliationReason.Joined,
                },
            ],
        },
    };

    public static readonly Dictionary<Type, object> Requests = new()
    {
        [typeof(PreferClaim)] = new PreferenceModel { Reason = "The decision of the forum itself gives this year." },
    };

    private static SourceModel ExampleSource() =>
        new()
        {
            Publisher = "Example Press",
            Title = "What the ministers agreed",
            Url = "https://press.example/ministers",
            Published = PartialDate.Parse("2026-05-31"),
            ReadOn = PartialDate.Parse("2026-06-01"),
            Language = "en",
            Kind = SourceKind.Press,
            Reliability = Reliability.Medium,
        };

    private static ClaimModel ExampleClaim(string year) =>
        new()
        {
            Subject = new ClaimSubjectModel { Collection = new ClaimedRecords("bodies"), Id = "CICA/example-body" },
            Field = "/founded",
            Value = ClaimedValue.Of(JsonSerializer.SerializeToElement(year)),
            Source = "cica-structure",
            Confidence = Confidence.Low,
        };

    private static SourceModel Source() =>
        new()
        {
            Id = "cica-members",
            Publisher = "CICA Secretariat",
            Title = "Member States",
            Url = "https://www.s-cica.org/",
            Language = "en",
            Kind = SourceKind.Website,
            Reliability = Reliability.Medium,
        };

    private static ClaimModel Claim() =>
        new()
        {
            Id = "cica.bhr.standings-0-from.forum-general",
            Subject = new ClaimSubjectModel { Collection = new ClaimedRecords("memberships"), Id = "cica.bhr" },
            Field = "/standings/0/from",
            Value = ClaimedValue.Of(JsonSerializer.SerializeToElement("2011")),
            Source = "forum-general",
            Confidence = Confidence.Low,
            Note = "Some lists give this year.",
        };
}
