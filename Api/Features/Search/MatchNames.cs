using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Features.Changes;
using Registry.Api.Http.Lists;
using Registry.Infrastructure.Search;

namespace Registry.Api.Features.Search;

/// <summary>Match names.</summary>
/// <remarks>
/// Matches names from another source with records, misspelt ones too, and returns a score and the reasons. The
/// operation only reads and needs no key.
/// </remarks>
public sealed record MatchNames : Question, IRequest<MatchAnswer>
{
    /// <summary>The names.</summary>
    [FromBody, Required]
    public MatchModel? Model { get; init; }
}

/// <summary>The candidates for each name.</summary>
public sealed record MatchAnswer
{
    /// <summary>The result of each query, in the order of the queries.</summary>
    public required IReadOnlyList<MatchedQuery> Results { get; init; }
}

/// <summary>The candidates for one name.</summary>
public sealed record MatchedQuery
{
    /// <summary>The queried name.</summary>
    public required string Query { get; init; }

    /// <summary>The candidates, most likely first.</summary>
    public required IReadOnlyList<Candidate> Candidates { get; init; }
}

/// <summary>A candidate: a record that may match the name.</summary>
public sealed record Candidate
{
    /// <summary>The collection of the record.</summary>
    public required string Type { get; init; }

    /// <summary>The id of the record in its collection; CICA/secretariat for a body.</summary>
    public required string Id { get; init; }

    /// <summary>The name shown in lists.</summary>
    public required string Name { get; init; }

    /// <summary>The name of the record that is most similar to the query.</summary>
    public required MatchedName Matched { get; init; }

    /// <summary>The similarity score, 0 to 1.</summary>
    public required double Score { get; init; }

    /// <summary>True for a clear match: similar enough, and well ahead of the next candidate.</summary>
    public required bool Match { get; init; }

    /// <summary>The reasons for and against the candidate, for people to read.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>The address of the record.</summary>
    public required string Path { get; init; }

    internal static Candidate Of(MatchCandidate candidate) =>
        new()
        {
            Type = candidate.Hit.Collection,
            Id = candidate.Hit.Id,
            Name = candidate.Hit.Display,
            Matched = MatchedName.Of(candidate.Hit),
            Score = candidate.Hit.Score,
            Match = candidate.Match,
            Reasons = candidate.Reasons,
            Path = ChangeRoutes.AddressOf(candidate.Hit.Collection, candidate.Hit.Id),
        };
}

internal sealed class MatchNamesHandler(MatchReads matches, TimeProvider clock)
    : IRequestHandler<MatchNames, MatchAnswer>
{
    public async Task<MatchAnswer> Handle(MatchNames request, CancellationToken cancellationToken)
    {
        var questions = request.Model!.Queries!.Select(query => query.ToQuestion()).ToArray();
        var answers = await matches.MatchAsync(questions, clock.Today(), request.KnownAt, cancellationToken);
        return new MatchAnswer
        {
            Results =
            [
                .. questions.Zip(
                    answers,
                    (question, candidates) =>
                        new MatchedQuery { Query = question.Name, Candidates = [.. candidates.Select(Candidate.Of)] }
                ),
            ],
        };
    }
}
