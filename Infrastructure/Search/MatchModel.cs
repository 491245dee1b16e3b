using System.ComponentModel.DataAnnotations;
using Registry.Domain;
using Registry.Domain.States;
using Registry.Infrastructure.Records.Models;

namespace Registry.Infrastructure.Search;

/// <summary>Names to match with records.</summary>
public sealed record MatchModel
{
    /// <summary>The names, 1 to 100.</summary>
    [Required, MinLength(1), MaxLength(100)]
    public IReadOnlyList<MatchQueryModel>? Queries { get; init; }
}

/// <summary>A name to match, with what is known about the thing.</summary>
public sealed record MatchQueryModel
{
    /// <summary>The name, as the caller writes it.</summary>
    [Required, StringLength(DatedName.MaxLength, MinimumLength = 1)]
    public string? Name { get; init; }

    /// <summary>The collections to search; all when absent.</summary>
    [MinLength(1), MaxLength(50)]
    public IReadOnlyList<SearchedRecords>? Types { get; init; }

    /// <summary>
    /// The code of the state to which the record belongs, in which the meeting is held, or for which the minister held
    /// a post.
    /// </summary>
    [RegularExpression(StateCode.Pattern, ErrorMessage = StateCode.Sentence)]
    public string? Country { get; init; }

    /// <summary>The kind of the record, such as <c>foreign-minister</c> for a post.</summary>
    [StringLength(32, MinimumLength = 1)]
    public string? Kind { get; init; }

    /// <summary>The date on which the name was in use.</summary>
    public PartialDate? On { get; init; }

    /// <summary>The maximum number of candidates, 1 to 20; 5 when absent.</summary>
    [Range(1, 20)]
    public int? Limit { get; init; }

    /// <summary>Converts the model to a question for the index.</summary>
    public MatchQuestion ToQuestion() =>
        new()
        {
            Name = Name!,
            Collections = [.. (Types ?? []).Select(type => type.Collection)],
            Country = Country,
            Kind = Kind,
            On = On,
            Limit = Limit ?? 5,
        };
}

/// <summary>The collections whose records have names.</summary>
public readonly record struct SearchedRecords(string Collection) : ICollectionWord<SearchedRecords>
{
    /// <inheritdoc/>
    public static IReadOnlyList<string> All { get; } = NamedRecords.Collections;

    /// <inheritdoc/>
    public static SearchedRecords Parse(string collection) => new(collection);
}
