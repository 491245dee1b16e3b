using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Infrastructure.Provenance;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Documents;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Api.Pipeline;

/// <summary>A request for one record.</summary>
public interface IRecordRequest
{
    /// <summary>The id of the record in its collection.</summary>
    internal string Id { get; }
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

    /// <summary>The type of the record.</summary>
    internal Type? Item { get; set; }

    internal abstract string Id { get; }

    internal override bool IsOneStatement => Expand is null;

    string IRecordRequest.Id => Id;
}

/// <summary>A query for one record in one of several formats.</summary>
public abstract record FormattedRead : RecordRead, IValidatableObject
{
    /// <summary>The format of the response; the one in the header Accept when absent.</summary>
    [FromQuery]
    public string? Format { get; init; }

    internal abstract IReadOnlyList<Form> Forms { get; }

    /// <summary>The format of this response.</summary>
    internal Form Answered { get; set; } = Form.Json;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Format is not null && Forms.All(form => form.Name != Format))
        {
            yield return new ValidationResult(
                $"It is one of {string.Join(", ", Forms.Select(form => form.Name))}.",
                ["format"]
            );
        }

        if (Expand is not null && Answered != Form.Json)
        {
            yield return new ValidationResult("Claims are available only with JSON.", ["expand"]);
        }
    }
}

/// <summary>A write to an existing record, with the version that it expects.</summary>
public abstract record RecordChange : IRecordRequest
{
    /// <summary>The ETag of the version that the caller has read; * for any version.</summary>
    [FromHeader(Name = "If-Match")]
    public ExpectedVersion IfMatch { get; init; } = ExpectedVersion.Unsaid;

    internal abstract string Id { get; }

    string IRecordRequest.Id => Id;
}

/// <summary>Restores a deleted record.</summary>
public abstract record RecordRestoration : IRecordRequest, IRequest<StoredRecord>
{
    internal abstract string Id { get; }

    string IRecordRequest.Id => Id;
}

/// <summary>Creates or replaces the record with an id.</summary>
public abstract record RecordReplacement<TDocument> : RecordChange, IRequest<Written>
    where TDocument : RecordDocument
{
    /// <summary>The value * creates the record, also after it was deleted.</summary>
    [FromHeader(Name = "If-None-Match")]
    public ExpectedVersion? IfNoneMatch { get; init; }

    /// <summary>The whole record.</summary>
    [FromBody, Required]
    public TDocument? Document { get; init; }
}

/// <summary>Corrects a record by a JSON merge patch (RFC 7396).</summary>
public abstract record RecordCorrection<TDocument> : RecordChange, IRequest<StoredRecord>
    where TDocument : RecordDocument
{
    /// <summary>The members that change; null removes one.</summary>
    [FromBody, Required]
    public JsonObject? Patch { get; init; }
}

/// <summary>Returns the current record.</summary>
internal abstract class GetHandler<TRequest>(RecordReads reads) : IRequestHandler<TRequest, StoredRecord>
    where TRequest : RecordRead
{
    public Task<StoredRecord> Handle(TRequest request, CancellationToken cancellationToken) =>
        (request.Version, request.Expand) switch
        {
            (null, null) => reads.GetAsync(request.Id, request.KnownAt, cancellationToken),
            (null, _) => reads.GetWithClaimsAsync(request.Id, request.KnownAt, cancellationToken),
            ({ } version, null) => reads.GetVersionAsync(request.Id, version, request.KnownAt, cancellationToken),
            _ => throw InvalidRequestException.Of("expand", "It cannot be combined with version."),
        };
}

/// <summary>A query for the versions of one record.</summary>
public abstract record RecordHistory : ListQuery, IRequest<Page>
{
    internal abstract string Id { get; }

    // A version has the names that it had.
    public new IReadOnlyList<string>? Lang => null;

    internal override IReadOnlyList<string> Sorts => ["version"];
}

internal abstract class HistoryHandler<TRequest>(RecordReads reads) : IRequestHandler<TRequest, Page>
    where TRequest : RecordHistory
{
    public async Task<Page> Handle(TRequest request, CancellationToken cancellationToken)
    {
        var page = await reads.HistoryAsync(request.Id, request.ToRequest(), cancellationToken);
        return request.ToPage(page, RecordedVersion.Of);
    }
}

internal abstract class ReplaceHandler<TRequest, T, TDocument>(Ledger ledger, RecordStore<T, TDocument> store)
    : IRequestHandler<TRequest, Written>
    where TRequest : RecordReplacement<TDocument>
    where T : class
    where TDocument : RecordDocument
{
    public Task<Written> Handle(TRequest request, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            session =>
                store.ReplaceAsync(session, request.Id, request.IfNoneMatch ?? request.IfMatch, request.Document!),
            cancellationToken
        );
}

internal abstract class CorrectHandler<TRequest, T, TDocument>(Ledger ledger, RecordStore<T, TDocument> store)
    : IRequestHandler<TRequest, StoredRecord>
    where TRequest : RecordCorrection<TDocument>
    where T : class
    where TDocument : RecordDocument
{
    public Task<StoredRecord> Handle(TRequest request, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            session =>
                store.CorrectAsync(
                    session,
                    request.Id,
                    request.IfMatch,
                    record => BodyReader.ReadPatched<TDocument>(record, request.Patch!)
                ),
            cancellationToken
        );
}

internal abstract class DeleteHandler<TRequest, T, TDocument>(Ledger ledger, RecordStore<T, TDocument> store)
    : IRequestHandler<TRequest>
    where TRequest : RecordChange, IRequest
    where T : class
    where TDocument : RecordDocument
{
    public Task<Unit> Handle(TRequest request, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            async session =>
            {
                await store.DeleteAsync(session, await store.GetAsync(session, request.Id, request.IfMatch));
                return Unit.Value;
            },
            cancellationToken
        );
}

internal abstract class RestoreHandler<TRequest, T, TDocument>(Ledger ledger, RecordStore<T, TDocument> store)
    : IRequestHandler<TRequest, StoredRecord>
    where TRequest : RecordRestoration
    where T : class
    where TDocument : RecordDocument
{
    public Task<StoredRecord> Handle(TRequest request, CancellationToken cancellationToken) =>
        ledger.WriteAsync(session => store.RestoreAsync(session, request.Id), cancellationToken);
}
