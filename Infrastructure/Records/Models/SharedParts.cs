using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Domain.States;
using Registry.Infrastructure.Records.Mapping;

namespace Registry.Infrastructure.Records.Models;

/// <summary>A record that is identified by a slug.</summary>
public abstract record SlugModel : RecordModel
{
    /// <summary>
    /// The id of the record, which never changes. When absent from a new record, it is made from the names.
    /// </summary>
    [StringLength(Slug.MaxLength, MinimumLength = Slug.MinLength), JsonPropertyOrder(-10)]
    [RegularExpression(Slug.Pattern, ErrorMessage = Slug.Sentence)]
    [Always]
    public string? Id { get; init; }

    /// <summary>Gets the id in the URL; that of the model, if any, is the same.</summary>
    /// <exception cref="IllegalValueException">The document has another id, or the URL has no valid one.</exception>
    internal Slug IdAt(string addressed)
    {
        if (Id is not null && Id != addressed)
        {
            throw new IllegalValueException("id", $"It is the code in the address, {addressed}.");
        }

        return new Slug(addressed);
    }
}

/// <summary>A text in one language.</summary>
public sealed record TextModel
{
    /// <summary>The language of the text, as a BCP 47 tag.</summary>
    [
        Required,
        RegularExpression(Domain.Language.Pattern, ErrorMessage = "It is a BCP 47 language tag, such as en or sr-Latn.")
    ]
    public string? Language { get; init; }

    /// <summary>The text.</summary>
    [Required, StringLength(LocalText.MaxLength, MinimumLength = 1)]
    public string? Text { get; init; }

    internal static TextModel Of(LocalText text) => new() { Language = text.Language.Tag, Text = text.Text };

    internal LocalText ToText() => new(new Language(Language!), Text!);
}

/// <summary>A link to a web page or a file.</summary>
public sealed record LinkModel : IValidatableObject
{
    /// <summary>The URL: http or https.</summary>
    [Required, StringLength(WebLink.MaxUrlLength, MinimumLength = 1)]
    public string? Url { get; init; }

    /// <summary>The title of the page or file.</summary>
    [StringLength(WebLink.MaxTitleLength, MinimumLength = 1)]
    public string? Title { get; init; }

    /// <summary>The language of the page or file, as a BCP 47 tag.</summary>
    [RegularExpression(Domain.Language.Pattern, ErrorMessage = "It is a BCP 47 language tag, such as en or sr-Latn.")]
    public string? Language { get; init; }

    /// <summary>The media type of the file, such as <c>application/pdf</c>.</summary>
    [RegularExpression(WebLink.MediaTypePattern, ErrorMessage = "It is a media type, such as application/pdf.")]
    public string? MediaType { get; init; }

    /// <summary>The SHA-256 checksum of the file: 64 hexadecimal digits in lower case.</summary>
    [RegularExpression(WebLink.Sha256Pattern, ErrorMessage = "It has 64 hexadecimal digits in lower case.")]
    public string? Sha256 { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Url is not null && !(Uri.TryCreate(Url, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
        {
            yield return new ValidationResult("It starts with http:// or https://.", ["url"]);
        }
    }

    internal static LinkModel Of(WebLink link) =>
        new()
        {
            Url = link.Url,
            Title = link.Title,
            Language = link.Language?.Tag,
            MediaType = link.MediaType,
            Sha256 = link.Sha256,
        };

    internal WebLink ToLink() => new(Url!, Title, Language is null ? null : new Language(Language), MediaType, Sha256);
}

/// <summary>A state, a forum, a body or a minister.</summary>
public sealed record SubjectModel : IValidatableObject
{
    /// <summary>The kind: a state, a forum, a body or a minister.</summary>
    [Required]
    public SubjectKind? Kind { get; init; }

    /// <summary>The code or id: <c>KAZ</c>, <c>CICA</c>, <c>CICA/secretariat</c>, <c>mukhtar-tileuberdi</c>.</summary>
    [Required, StringLength(Slug.MaxLength, MinimumLength = 2)]
    [RefersTo]
    public string? Code { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Kind is { } kind && Code is not null)
        {
            var (pattern, sentence) = kind switch
            {
                SubjectKind.State => (StateCode.Pattern, StateCode.Sentence),
                SubjectKind.Forum => (ForumCode.Pattern, ForumCode.Sentence),
                SubjectKind.Body => (
                    BodyId.Pattern,
                    "It is the code of a forum and the code of its body, such as CICA/secretariat."
                ),
                _ => (Slug.Pattern, "It is the id of a minister."),
            };
            if (!Regex.IsMatch(Code, pattern))
            {
                yield return new ValidationResult(sentence, ["code"]);
            }
        }
    }

    internal static SubjectModel Of(Subject subject) => new() { Kind = subject.Kind, Code = subject.Id };

    internal Subject ToSubject() => new(Kind!.Value, Code!);

    /// <summary>Validates that a subject is of one of the kinds that a field accepts.</summary>
    internal static IEnumerable<ValidationResult> Other(SubjectModel? subject, string field, params SubjectKind[] kinds)
    {
        if (subject?.Kind is { } kind && !kinds.Contains(kind))
        {
            yield return new ValidationResult(
                $"It is one of {string.Join(", ", kinds.Select(Words.Of))}.",
                [$"{field}.kind"]
            );
        }
    }
}

/// <summary>A subject in one column for each kind, with a foreign key to the table of that kind.</summary>
internal abstract record SubjectRow : RecordRow
{
    public string? StateCode { get; private init; }
    public string? ForumCode { get; private init; }
    public string? BodyId { get; private init; }
    public string? MinisterId { get; private init; }

    /// <summary>Sets the column of the kind.</summary>
    public required Subject Subject
    {
        init
        {
            StateCode = value.Kind == SubjectKind.State ? value.Id : null;
            ForumCode = value.Kind == SubjectKind.Forum ? value.Id : null;
            BodyId = value.Kind == SubjectKind.Body ? value.Id : null;
            MinisterId = value.Kind == SubjectKind.Minister ? value.Id : null;
        }
    }

    /// <summary>The names of the four columns.</summary>
    public static readonly string[] Columns = ["StateCode", "ForumCode", "BodyId", "MinisterId"];
}
