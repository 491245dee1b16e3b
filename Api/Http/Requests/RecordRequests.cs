using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http.Lists;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Mapping;

namespace Registry.Api.Http.Requests;

/// <summary>A request for one record of a collection, which the path names.</summary>
internal interface IRecordRequest
{
    /// <summary>The id of the record in its collection.</summary>
    public string Id { get; set; }
}

/// <summary>Additional data to include in a record.</summary>
public enum Expand
{
    /// <summary>The claims on the fields of the record, with their sources.</summary>
    Claims,
}

/// <summary>A query for one record.</summary>
public abstract record RecordRead : Question, IRecordRequest, IRequest<StoredRecord>, INamed
{
    /// <summary>The version of the record to return; the current one when absent.</summary>
    [FromQuery, Range(1, int.MaxValue)]
    public int? Version { get; init; }

    /// <summary>
    /// With claims, the record includes the member claims: what sources say about its fields, by field. The response
    /// then has a weak ETag, which is not valid for a write.
    /// </summary>
    [FromQuery]
    public Expand? Expand { get; init; }

    /// <summary>
    /// The languages of the member name, as BCP 47 tags separated by commas, in order of preference; those of the
    /// header Accept-Language when absent, otherwise English. Without a name in the first language, the name in the
    /// next one is shown, then English, then any other, and nameLanguage names its language.
    /// </summary>
    [
        FromQuery,
        StringLength(Languages.MaxLength),
        RegularExpression(Languages.Pattern, ErrorMessage = Languages.Sentence)
    ]
    public IReadOnlyList<string>? Lang { get; init; }

    IReadOnlyList<string> INamed.Accepted { get; set; } = [];

    Type? INamed.Item => Item;

    string IRecordRequest.Id
    {
        get => Id;
        set => Id = value;
    }

    /// <summary>The id of the record in its collection.</summary>
    internal string Id { get; set; } = "";

    /// <summary>The type of the record.</summary>
    internal Type? Item { get; set; }

    internal override bool IsOneStatement => Expand is null;
}

/// <summary>A query for one record in one of several formats.</summary>
public abstract record FormattedRead : RecordRead, IValidatableObject
{
    /// <summary>The format of the response; the one in the header Accept when absent.</summary>
    [FromQuery]
    public string? Format { get; init; }

    /// <summary>The formats in which the record is available.</summary>
    internal IReadOnlyList<ResponseFormat> Formats { get; set; } = [];

    /// <summary>The format of this response.</summary>
    internal ResponseFormat Answered { get; set; } = ResponseFormat.Json;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Format is not null && Formats.All(form => form.Name != Format))
        {
            yield return new ValidationResult(
                $"It is one of {string.Join(", ", Formats.Select(form => form.Name))}.",
                ["format"]
            );
        }

        if (Expand is not null && Answered != ResponseFormat.Json)
        {
            yield return new ValidationResult("It is available only with JSON.", ["expand"]);
        }
    }
}

/// <summary>A query for the versions of one record.</summary>
public abstract record RecordHistory : ListQuery, IRecordRequest, IRequest<Page>
{
    // A past version keeps the names that it had.
    public new IReadOnlyList<string>? Lang => null;

    string IRecordRequest.Id
    {
        get => Id;
        set => Id = value;
    }

    /// <summary>The id of the record in its collection.</summary>
    internal string Id { get; set; } = "";

    internal override IReadOnlyList<string> Sorts => ["version"];
}

/// <summary>A write to an existing record, with the version that it expects.</summary>
public abstract record VersionedChange
{
    /// <summary>The ETag of the version that the caller has read; * for any version.</summary>
    [FromHeader(Name = "If-Match")]
    public ExpectedVersion IfMatch { get; init; } = ExpectedVersion.Unsaid;
}

/// <summary>A write to an existing record of a collection.</summary>
public abstract record RecordChange : VersionedChange, IRecordRequest
{
    string IRecordRequest.Id
    {
        get => Id;
        set => Id = value;
    }

    /// <summary>The id of the record in its collection.</summary>
    internal string Id { get; set; } = "";
}
