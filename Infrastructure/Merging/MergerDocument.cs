using System.ComponentModel.DataAnnotations;
using Registry.Domain;

namespace Registry.Infrastructure.Merging;

/// <summary>Which of two records of the same thing stays.</summary>
public sealed record MergerDocument
{
    /// <summary>The id of the record that stays.</summary>
    [Required, StringLength(Slug.MaxLength, MinimumLength = Slug.MinLength)]
    [RegularExpression(Slug.Pattern, ErrorMessage = Slug.Sentence)]
    public string? Into { get; init; }
}
