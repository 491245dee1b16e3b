using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Infrastructure.Search;

namespace Registry.Api.Features.Search;

/// <summary>Suggest types.</summary>
/// <remarks>Suggests types, which are the collections, while a user types (Reconciliation Service API 0.2).</remarks>
public sealed record SuggestTypes : IRequest<SuggestedTypes>
{
    /// <summary>
    /// The beginning of the name of a collection, or of the name for one of its records: 1 to 100 characters.
    /// </summary>
    [FromQuery, Required, StringLength(SearchNames.MaxQueryLength, MinimumLength = 1)]
    public string? Prefix { get; init; }

    /// <summary>The number of suggestions to skip, 0 to 50.</summary>
    [FromQuery, Range(0, 50), DefaultValue(0)]
    public int? Cursor { get; init; }
}

/// <summary>Suggested types.</summary>
public sealed record SuggestedTypes
{
    /// <summary>The types.</summary>
    public required IReadOnlyList<EntityType> Result { get; init; }
}

internal sealed class SuggestTypesHandler : IRequestHandler<SuggestTypes, SuggestedTypes>
{
    public Task<SuggestedTypes> Handle(SuggestTypes request, CancellationToken cancellationToken) =>
        Task.FromResult(
            new SuggestedTypes
            {
                Result =
                [
                    .. SearchReads
                        .Collections.Select(EntityType.Of)
                        .Where(type =>
                            type.Id.StartsWith(request.Prefix!.Trim(), StringComparison.OrdinalIgnoreCase)
                            || type.Name.StartsWith(request.Prefix!.Trim(), StringComparison.OrdinalIgnoreCase)
                        )
                        .Skip(request.Cursor ?? 0),
                ],
            }
        );
}
