using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Documents;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Api.Pipeline;

/// <summary>Speaks of one record.</summary>
public interface IRecordRequest
{
    /// <summary>The id of the record in its collection.</summary>
    internal string Id { get; }
}

/// <summary>What a record can be read with.</summary>
public enum Expand
{
    /// <summary>The claims on its fields, with their sources.</summary>
    Claims,
}

/// <summary>Asks for one record.</summary>
public abstract record RecordRead : Question, IRecordRequest, IRequest<StoredRecord>, INamed
{
    /// <summary>Gives this version of the record instead of the one that stands.</summary>
    [FromQuery, Range(1, int.MaxValue)]
    public int? Version { get; init; }

    /// <summary>
    /// With claims, the record has a member more: what sources say of its fields, by field. The answer then has a weak
    /// ETag of its own, which no change can be made with.
    /// </summary>
    [FromQuery]
    public Expand? Expand { get; init; }

    /// <summary>
    /// The languages of the member name, as BCP 47 tags with commas between, the best first; those of the header
    /// Accept-Language when absent, otherwise English. Where there is no such name, one in the next language, in English or
    /// in any other is given, and nameLanguage says in which.
    /// </summary>
    [
        FromQuery,
        StringLength(Languages.MaxLength),
        RegularExpression(Languages.Pattern, ErrorMessage = Languages.Sentence)
    ]
    public IReadOnlyList<string>? Lang { get; init; }

    IReadOnlyList<string> INamed.Accepted { get; set; } = [];

    Type? INamed.Item => Item;

    /// <summary>What the record is.</summary>
    internal Type? Item { get; set; }

    internal abstract string Id { get; }

    internal override bool IsOneStatement => Expand is null;

    string IRecordRequest.Id => Id;
}

/// <summary>Asks for one record, in one of several forms.</summary>
public abstract record FormattedRead : RecordRead, IValidatableObject
{
    /// <summary>The form of the answer; that of the header Accept when absent.</summary>
    [FromQuery]
    public string? Format { get; init; }

    internal abstract IReadOnlyList<Form> Forms { get; }

    /// <summary>The form of this answer.</summary>
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
            yield return new ValidationResult("Claims are shown in JSON alone.", ["expand"]);
        }
    }
}

/// <summary>What every change of a record on file says: the version it means.</summary>
public abstract record RecordChange : IRecordRequest
{
    /// <summary>The ETag of the version that the caller has read; * for whatever is there.</summary>
    [FromHeader(Name = "If-Match")]
    public ExpectedVersion IfMatch { get; init; } = ExpectedVersion.Unsaid;

    internal abstract string Id { get; }

    string IRecordRequest.Id => Id;
}

/// <summary>Brings a record back that was deleted.</summary>
public abstract record RecordRestoration : IRecordRequest, IRequest<StoredRecord>
{
    internal abstract string Id { get; }

    string IRecordRequest.Id => Id;
}

/// <summary>Puts a record under an id, new or in place of the one there.</summary>
public abstract record RecordReplacement<TDocument> : RecordChange, IRequest<Written>
    where TDocument : RecordDocument
{
    /// <summary>* where the record is to be new, or was deleted.</summary>
    [FromHeader(Name = "If-None-Match")]
    public ExpectedVersion? IfNoneMatch { get; init; }

    /// <summary>The record whole.</summary>
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

/// <summary>Answers with the record as it stands.</summary>
internal abstract class GetHandler<TRequest>(RecordReads reads) : IRequestHandler<TRequest, StoredRecord>
    where TRequest : RecordRead
{
    public Task<StoredRecord> Handle(TRequest request, CancellationToken cancellationToken) =>
        (request.Version, request.Expand) switch
        {
            (null, null) => reads.GetAsync(request.Id, request.KnownAt, cancellationToken),
            (null, _) => reads.GetWithClaimsAsync(request.Id, request.KnownAt, cancellationToken),
            ({ } version, null) => reads.GetVersionAsync(request.Id, version, request.KnownAt, cancellationToken),
            _ => throw InvalidRequestException.Of("expand", "It does not go with version."),
        };
}

/// <summary>Asks for every version of one record.</summary>
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
