using Registry.Api.Features.Search;
using Registry.Domain;
using Registry.Infrastructure.Search;

namespace Registry.Api.Contract.Examples;

/// <summary>Examples of searches, matches and reconciliations.</summary>
internal static class SearchExamples
{
    private const string Batch = """{"q0":{"query":"Qazakhstan","type":"states","limit":3}}""";

    public static readonly Dictionary<Type, object> Answers = new()
    {
        [typeof(SearchAnswer)] = new SearchAnswer
        {
            Items =
            [
                new SearchHit
                {
                    Type = "forums",
                    Id = "CICA",
                    Name = "Conference on Interaction and Confidence Building Measures in Asia",
                    Matched = new MatchedName
                    {
                        Text = "СВМДА",
                        Language = "ru",
                        Kind = "acronym",
                    },
                    Score = 0.84,
                    Path = "/v1/forums/CICA",
                },
            ],
        },
        [typeof(MatchAnswer)] = new MatchAnswer
        {
            Results =
            [
                new MatchedQuery
                {
                    Query = "Qazakhstan",
                    Candidates =
                    [
                        new Candidate
                        {
                            Type = "states",
                            Id = "KAZ",
                            Name = "Kazakhstan",
                            Matched = new MatchedName
                            {
                                Text = "Kazakhstan",
                                Language = "en",
                                Kind = "short",
                            },
                            Score = 0.855,
                            Match = true,
                            Reasons = ["one letter differs"],
                            Path = "/v1/states/KAZ",
                        },
                    ],
                },
            ],
        },
        [typeof(ReconciliationService)] = ServiceManifest.At("https://registry.example"),
        [typeof(ReconciliationBatch)] = new Dictionary<string, ReconciliationResults>
        {
            ["q0"] = new ReconciliationResults
            {
                Result =
                [
                    new ReconciliationCandidate
                    {
                        Id = "states/KAZ",
                        Name = "Kazakhstan",
                        Description = "Kazakhstan: one letter differs",
                        Type = [EntityType.Of("states")],
                        Score = 85.5,
                        Match = true,
                    },
                ],
            },
        },
        [typeof(SuggestedEntities)] = new SuggestedEntities
        {
            Result =
            [
                new SuggestedEntity
                {
                    Id = "states/KAZ",
                    Name = "Kazakhstan",
                    Description = "Kazakhstan",
                    Notable = [EntityType.Of("states")],
                },
            ],
        },
        [typeof(SuggestedProperties)] = new SuggestedProperties
        {
            Result = [SuggestedProperty.Of(new RecordProperty("seat.country", "states"))],
        },
        [typeof(SuggestedTypes)] = new SuggestedTypes { Result = [EntityType.Of("states")] },
        [typeof(ProposedProperties)] = new ProposedProperties
        {
            Properties =
            [
                SuggestedProperty.Of(new RecordProperty("code", null)),
                SuggestedProperty.Of(new RecordProperty("name", null)),
            ],
            Type = "states",
            Limit = 2,
        },
    };

    public static readonly Dictionary<Type, object> Requests = new()
    {
        [typeof(MatchNames)] = new MatchModel
        {
            Queries =
            [
                new MatchQueryModel { Name = "Qazakhstan", Types = [new SearchedRecords("states")] },
                new MatchQueryModel
                {
                    Name = "Foreign Minister of Kazakhstan",
                    Country = "KAZ",
                    On = PartialDate.Parse("2022-09-22"),
                    Limit = 3,
                },
            ],
        },
    };

    /// <summary>The values of parameters, by request and parameter.</summary>
    public static readonly Dictionary<(Type Request, string Parameter), string> Parameters = new()
    {
        [(typeof(SearchNames), "q")] = "свмда",
        [(typeof(SuggestEntities), "prefix")] = "kaz",
        [(typeof(SuggestProperties), "prefix")] = "seat c",
        [(typeof(SuggestTypes), "prefix")] = "sta",
        [(typeof(ProposeProperties), "type")] = "states",
        [(typeof(ReconcileNames), "queries")] = Batch,
    };
}
