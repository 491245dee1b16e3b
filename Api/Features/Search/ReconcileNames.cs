using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Infrastructure.Search;

namespace Registry.Api.Features.Search;

/// <summary>
/// Describes the service for OpenRefine and others who speak the Reconciliation Service API 0.2; with queries, answers
/// those.
/// </summary>
public sealed record GetReconciliationService : IRequest<Reconciliation>
{
    /// <summary>
    /// A batch of at most 100 queries, as JSON: an object that has a query under each key; the answer has the results under
    /// the same keys.
    /// </summary>
    [FromQuery]
    public string? Queries { get; init; }
}

/// <summary>
/// Answers a batch of queries of the Reconciliation Service API 0.2. The types are the collections; the properties that
/// refine a query are country (a code or a name), kind and on (a date). It only reads, and needs no key.
/// </summary>
public sealed record ReconcileNames : IRequest<Reconciliation>
{
    /// <summary>
    /// At most 100 queries, as JSON: an object that has a query under each key; the answer has the results under the same
    /// keys.
    /// </summary>
    [FromForm, Required]
    public string? Queries { get; init; }
}

/// <summary>The results by the keys of their queries; null where nothing was asked but what the service is.</summary>
public sealed record Reconciliation(IReadOnlyDictionary<string, ReconciliationResults>? Results);

/// <summary>The candidates for one query.</summary>
public sealed record ReconciliationResults
{
    /// <summary>The candidates, the likeliest first.</summary>
    public required IReadOnlyList<ReconciliationCandidate> Result { get; init; }
}

/// <summary>A record that may be meant.</summary>
public sealed record ReconciliationCandidate
{
    /// <summary>The collection and the id: states/KAZ.</summary>
    public required string Id { get; init; }

    /// <summary>The name that lists show.</summary>
    public required string Name { get; init; }

    /// <summary>The name that was found, and what speaks for it and against it.</summary>
    public required string Description { get; init; }

    /// <summary>The collection.</summary>
    public required IReadOnlyList<EntityType> Type { get; init; }

    /// <summary>How like it is, 0 to 100.</summary>
    public required double Score { get; init; }

    /// <summary>True where this one is clearly meant.</summary>
    public required bool Match { get; init; }

    internal static ReconciliationCandidate Of(MatchCandidate candidate) =>
        new()
        {
            Id = $"{candidate.Hit.Collection}/{candidate.Hit.Id}",
            Name = candidate.Hit.Display,
            Description = $"{candidate.Hit.Name}: {string.Join(", ", candidate.Reasons)}",
            Type = [EntityType.Of(candidate.Hit.Collection)],
            Score = Math.Round(candidate.Hit.Score * 100, 1),
            Match = candidate.Match,
        };
}

internal sealed class GetReconciliationServiceHandler(MatchReads matches, TimeProvider clock)
    : IRequestHandler<GetReconciliationService, Reconciliation>
{
    public async Task<Reconciliation> Handle(GetReconciliationService request, CancellationToken cancellationToken) =>
        request.Queries is null ? new(null) : await matches.ReconcileAsync(request.Queries, clock, cancellationToken);
}

internal sealed class ReconcileNamesHandler(MatchReads matches, TimeProvider clock)
    : IRequestHandler<ReconcileNames, Reconciliation>
{
    public Task<Reconciliation> Handle(ReconcileNames request, CancellationToken cancellationToken) =>
        matches.ReconcileAsync(request.Queries!, clock, cancellationToken);
}

internal static class Reconciling
{
    public static async Task<Reconciliation> ReconcileAsync(
        this MatchReads matches,
        string queries,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var batch = ReconciliationQueries.Read(queries);
        var answers = await matches.MatchAsync(
            [.. batch.Select(query => query.Question)],
            clock.Today(),
            knownAt: null,
            cancellationToken
        );
        return new(
            batch
                .Zip(answers)
                .ToDictionary(
                    pair => pair.First.Key,
                    pair => new ReconciliationResults { Result = [.. pair.Second.Select(ReconciliationCandidate.Of)] },
                    StringComparer.Ordinal
                )
        );
    }
}

/// <summary>The results, or without queries the manifest, which says where the service itself is.</summary>
internal sealed class ReconciliationAnswer(Reconciliation given) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var request = httpContext.Request;
        object answer = given.Results is { } results
            ? results
            : ServiceManifest.At($"{request.Scheme}://{request.Host}{request.PathBase}");
        return new ObjectAnswer(answer).ExecuteAsync(httpContext);
    }
}
