using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Formats;
using Registry.Api.Http;
using Registry.Api.Http.Lists;
using Registry.Infrastructure.Records.Reading;
using Registry.Infrastructure.Search;

namespace Registry.Api.Features.Search;

/// <summary>Get the reconciliation service.</summary>
/// <remarks>
/// Describes the service for OpenRefine and other clients of the Reconciliation Service API 0.2. With queries or
/// extend, it answers those instead.
/// </remarks>
public sealed record GetReconciliationService : IValidatableObject, IRequest<Reconciliation>
{
    /// <summary>
    /// A batch of at most 100 queries, as JSON: an object with a query under each key. The response has the results
    /// under the same keys.
    /// </summary>
    [FromQuery]
    public string? Queries { get; init; }

    /// <summary>
    /// A data extension query, as JSON: <c>ids</c>, at most 200 records, and <c>properties</c>, at most 50 of those
    /// that /v1/reconcile/properties lists. Sent instead of queries.
    /// </summary>
    [FromQuery]
    public string? Extend { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Queries is not null && Extend is not null)
        {
            yield return new ValidationResult("It cannot be combined with queries.", ["extend"]);
        }
    }
}

/// <summary>Reconcile names.</summary>
/// <remarks>
/// Answers a batch of queries, or a data extension query, of the Reconciliation Service API 0.2. The types are the
/// collections; the properties that refine a query are country (a code or a name), kind and on (a date). A query that
/// cannot be understood returns an error in place of its candidates; the others are answered. The operation only
/// reads and needs no key.
/// </remarks>
public sealed record ReconcileNames : IValidatableObject, IRequest<Reconciliation>
{
    /// <summary>
    /// At most 100 queries, as JSON: an object with a query under each key. The response has the results under the same
    /// keys.
    /// </summary>
    [FromForm]
    public string? Queries { get; init; }

    /// <summary>
    /// A data extension query, as JSON: <c>ids</c>, at most 200 records, and <c>properties</c>, at most 50 of those
    /// that /v1/reconcile/properties lists. Sent instead of queries.
    /// </summary>
    [FromForm]
    public string? Extend { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Queries is null == Extend is null)
        {
            yield return Queries is null
                ? new ValidationResult("Either queries or extend is required.", ["queries"])
                : new ValidationResult("It cannot be combined with queries.", ["extend"]);
        }
    }
}

/// <summary>The results of a batch by its keys, or the result of a data extension query; for the manifest, neither.</summary>
public sealed record Reconciliation(
    IReadOnlyDictionary<string, ReconciliationResults>? Results,
    DataExtension? Extension = null
);

/// <summary>The results of a batch under the keys of its queries, or the result of a data extension query.</summary>
[OneOf(typeof(IReadOnlyDictionary<string, ReconciliationResults>), typeof(DataExtension))]
public sealed record ReconciliationBatch;

/// <summary>The manifest of the service, the results of a batch, or the result of a data extension query.</summary>
[OneOf(typeof(ServiceManifest), typeof(IReadOnlyDictionary<string, ReconciliationResults>), typeof(DataExtension))]
public sealed record ReconciliationService;

/// <summary>The candidates for one query.</summary>
public sealed record ReconciliationResults
{
    /// <summary>The candidates, most likely first; empty when the query has an error.</summary>
    public required IReadOnlyList<ReconciliationCandidate> Result { get; init; }

    /// <summary>The error of a query that cannot be understood; absent otherwise.</summary>
    public string? Error { get; init; }
}

/// <summary>A candidate: a record that may match the name.</summary>
public sealed record ReconciliationCandidate
{
    /// <summary>The collection and the id: states/KAZ.</summary>
    public required string Id { get; init; }

    /// <summary>The name shown in lists.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The matched name, the reasons for and against it, and the parts of the query that were not considered.
    /// </summary>
    public required string Description { get; init; }

    /// <summary>The collection.</summary>
    public required IReadOnlyList<EntityType> Type { get; init; }

    /// <summary>The similarity score, 0 to 100.</summary>
    public required double Score { get; init; }

    /// <summary>True for a clear match.</summary>
    public required bool Match { get; init; }

    internal static ReconciliationCandidate Of(MatchCandidate candidate, IReadOnlyList<string> notes) =>
        new()
        {
            Id = $"{candidate.Hit.Collection}/{candidate.Hit.Id}",
            Name = candidate.Hit.Display,
            Description = $"{candidate.Hit.Name}: {string.Join(", ", candidate.Reasons.Concat(notes))}",
            Type = [EntityType.Of(candidate.Hit.Collection)],
            Score = Math.Round(candidate.Hit.Score * 100, 1),
            Match = candidate.Match,
        };
}

internal sealed class GetReconciliationServiceHandler(MatchReads matches, Inclusions records, TimeProvider clock)
    : IRequestHandler<GetReconciliationService, Reconciliation>
{
    public async Task<Reconciliation> Handle(GetReconciliationService request, CancellationToken cancellationToken) =>
        request switch
        {
            { Queries: { } queries } => await matches.ReconcileAsync(queries, clock, cancellationToken),
            { Extend: { } extend } => new(null, await records.ExtendAsync(extend, cancellationToken)),
            _ => new(null),
        };
}

internal sealed class ReconcileNamesHandler(MatchReads matches, Inclusions records, TimeProvider clock)
    : IRequestHandler<ReconcileNames, Reconciliation>
{
    public async Task<Reconciliation> Handle(ReconcileNames request, CancellationToken cancellationToken) =>
        request.Extend is { } extend
            ? new(null, await records.ExtendAsync(extend, cancellationToken))
            : await matches.ReconcileAsync(request.Queries!, clock, cancellationToken);
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
            [.. batch.Where(query => query.Error is null).Select(query => query.Question)],
            clock.Today(),
            knownAt: null,
            cancellationToken
        );
        using var answered = answers.GetEnumerator();
        return new(batch.ToDictionary(query => query.Key, ResultsOf, StringComparer.Ordinal));

        ReconciliationResults ResultsOf(ReconciliationQuery query)
        {
            if (query.Error is not null)
            {
                return new ReconciliationResults { Result = [], Error = query.Error };
            }

            answered.MoveNext();
            return new ReconciliationResults
            {
                Result = [.. answered.Current.Select(candidate => ReconciliationCandidate.Of(candidate, query.Notes))],
            };
        }
    }
}

/// <summary>Writes the results, or without queries the manifest, which includes the address of the service.</summary>
internal sealed class ReconciliationAnswer(Reconciliation given) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var request = httpContext.Request;
        object answer = given.Results ?? given.Extension ?? (object)ServiceManifest.At(Addresses.Origin(request));
        return new ObjectAnswer(answer).ExecuteAsync(httpContext);
    }
}
