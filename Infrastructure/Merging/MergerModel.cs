using System.ComponentModel.DataAnnotations;
using Registry.Domain;

namespace Registry.Infrastructure.Merging;

/// <summary>The merge of a record into another one about the same thing.</summary>
public sealed record MergerModel
{
    /// <summary>The id of the record that remains.</summary>
    [Required, StringLength(Slug.MaxLength, MinimumLength = Slug.MinLength)]
    [RegularExpression(Slug.Pattern, ErrorMessage = Slug.Sentence)]
    public string? Into { get; init; }
}
