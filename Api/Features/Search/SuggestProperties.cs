using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Infrastructure.Search;

namespace Registry.Api.Features.Search;

/// <summary>Suggest properties.</summary>
/// <remarks>
/// Suggests properties while a user types: those that refine a query, then the members of records (Reconciliation
/// Service API 0.2).
/// </remarks>
public sealed record SuggestProperties : IRequest<SuggestedProperties>
{
    /// <summary>The beginning of the name or id, or of a word of it: 1 to 100 characters.</summary>
    [FromQuery, Required, StringLength(SearchNames.MaxQueryLength, MinimumLength = 1)]
    public string? Prefix { get; init; }

    /// <summary>The number of suggestions to skip, 0 to 500.</summary>
    [FromQuery, Range(0, 500), DefaultValue(0)]
    public int? Cursor { get; init; }
}

/// <summary>Suggested properties.</summary>
public sealed record SuggestedProperties
{
    /// <summary>The properties.</summary>
    public required IReadOnlyList<SuggestedProperty> Result { get; init; }
}

/// <summary>A property.</summary>
public sealed record SuggestedProperty
{
    /// <summary>The id of the property in a query or a data extension query.</summary>
    public required string Id { get; init; }

    /// <summary>The label shown to people.</summary>
    public required string Name { get; init; }

    /// <summary>The use of the property; absent for members of records.</summary>
    public string? Description { get; init; }

    internal static SuggestedProperty Of(RecordProperty property) => new() { Id = property.Id, Name = property.Name };
}

internal sealed class SuggestPropertiesHandler : IRequestHandler<SuggestProperties, SuggestedProperties>
{
    private const int MaxSuggestions = 50;

    private static readonly SuggestedProperty[] Refining =
    [
        new()
        {
            Id = "country",
            Name = "country",
            Description = "Refines a query: the state of the record, by its code or name.",
        },
        new()
        {
            Id = "kind",
            Name = "kind",
            Description = "Refines a query: the kind of the record, such as foreign-minister.",
        },
        new()
        {
            Id = "on",
            Name = "on",
            Description = "Refines a query: the date on which the record had the name.",
        },
    ];

    public Task<SuggestedProperties> Handle(SuggestProperties request, CancellationToken cancellationToken)
    {
        var members = SearchReads.Collections.SelectMany(RecordProperties.Of).Select(SuggestedProperty.Of);
        return Task.FromResult(
            new SuggestedProperties
            {
                Result =
                [
                    .. Refining
                        .Concat(members)
                        .DistinctBy(property => property.Id)
                        .Where(property => Begins(property, request.Prefix!.Trim()))
                        .Skip(request.Cursor ?? 0)
                        .Take(MaxSuggestions),
                ],
            }
        );
    }

    private static bool Begins(SuggestedProperty property, string prefix) =>
        property.Id.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
        || property.Name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
        || property.Name.Contains($" {prefix}", StringComparison.OrdinalIgnoreCase);
}
