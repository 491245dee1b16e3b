using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http.Lists;
using Registry.Domain.Search;
using Registry.Infrastructure.Search;

namespace Registry.Api.Features.Search;

/// <summary>Suggest records.</summary>
/// <remarks>Suggests records while a user types (Reconciliation Service API 0.2).</remarks>
public sealed record SuggestEntities : IValidatableObject, IRequest<SuggestedEntities>
{
    private const int MaxSuggestions = 50;

    /// <summary>The text typed so far: 1 to 100 characters.</summary>
    [FromQuery, Required, StringLength(SearchNames.MaxQueryLength, MinimumLength = 1)]
    public string? Prefix { get; init; }

    /// <summary>Only records of these collections, separated by commas.</summary>
    [FromQuery, StringLength(200)]
    public string? Type { get; init; }

    /// <summary>The number of suggestions to skip, 0 to 50.</summary>
    [FromQuery, Range(0, MaxSuggestions), DefaultValue(0)]
    public int? Cursor { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Type is null || SearchedTypes.Read(Type).All(SearchReads.Collections.Contains)
            ? []
            : [new ValidationResult(SearchedTypes.Sentence, ["type"])];

    internal SearchQuestion ToQuestion(DateOnly today) => new(Prefix!, SearchedTypes.Read(Type), MaxSuggestions, today);
}

/// <summary>Suggested records.</summary>
public sealed record SuggestedEntities
{
    /// <summary>The records, in order of relevance.</summary>
    public required IReadOnlyList<SuggestedEntity> Result { get; init; }
}

/// <summary>A candidate: a record that may match the name.</summary>
public sealed record SuggestedEntity
{
    /// <summary>The collection and the id: states/KAZ.</summary>
    public required string Id { get; init; }

    /// <summary>The name shown in lists.</summary>
    public required string Name { get; init; }

    /// <summary>The name that was found.</summary>
    public required string Description { get; init; }

    /// <summary>The collection.</summary>
    public required IReadOnlyList<EntityType> Notable { get; init; }

    internal static SuggestedEntity Of(NameHit hit) =>
        new()
        {
            Id = $"{hit.Collection}/{hit.Id}",
            Name = hit.Display,
            Description = hit.Name,
            Notable = [EntityType.Of(hit.Collection)],
        };
}

internal sealed class SuggestEntitiesHandler(SearchReads search, TimeProvider clock)
    : IRequestHandler<SuggestEntities, SuggestedEntities>
{
    public async Task<SuggestedEntities> Handle(SuggestEntities request, CancellationToken cancellationToken)
    {
        var question = request.ToQuestion(clock.Today());

        // A prefix may have no letter or digit yet.
        var hits = FoldedText.Of(question.Text).IsEmpty
            ? []
            : await search.FindAsync(question, null, cancellationToken);
        return new SuggestedEntities { Result = [.. hits.Skip(request.Cursor ?? 0).Select(SuggestedEntity.Of)] };
    }
}
