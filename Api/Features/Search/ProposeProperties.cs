using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Infrastructure.Search;

namespace Registry.Api.Features.Search;

/// <summary>List the properties of a type.</summary>
/// <remarks>Lists the properties that data extension queries can ask for (Reconciliation Service API 0.2).</remarks>
public sealed record ProposeProperties : IValidatableObject, IRequest<ProposedProperties>
{
    private const int MaxLimit = 200;

    /// <summary>The type: a collection.</summary>
    [FromQuery, Required, StringLength(30)]
    public string? Type { get; init; }

    /// <summary>The maximum number of properties, 1 to 200.</summary>
    [FromQuery, Range(1, MaxLimit), DefaultValue(MaxLimit)]
    public int? Limit { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Type is not null && !SearchReads.Collections.Contains(Type, StringComparer.Ordinal))
        {
            yield return new ValidationResult($"It is one of {string.Join(", ", SearchReads.Collections)}.", ["type"]);
        }
    }

    internal IReadOnlyList<SuggestedProperty> Properties() =>
        [.. RecordProperties.Of(Type!).Take(Limit ?? MaxLimit).Select(SuggestedProperty.Of)];
}

/// <summary>The properties of a type.</summary>
public sealed record ProposedProperties
{
    /// <summary>The properties, in the order of the members of a record.</summary>
    public required IReadOnlyList<SuggestedProperty> Properties { get; init; }

    /// <summary>The requested type.</summary>
    public required string Type { get; init; }

    /// <summary>The requested limit; absent when there was none.</summary>
    public int? Limit { get; init; }
}

internal sealed class ProposePropertiesHandler : IRequestHandler<ProposeProperties, ProposedProperties>
{
    public Task<ProposedProperties> Handle(ProposeProperties request, CancellationToken cancellationToken) =>
        Task.FromResult(
            new ProposedProperties
            {
                Properties = request.Properties(),
                Type = request.Type!,
                Limit = request.Limit,
            }
        );
}
