using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http.Requests;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Documents;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Api.Features.Records;

/// <summary>Create or replace a record.</summary>
public sealed record ReplaceRecord<TDocument> : RecordChange, IRequest<Written>
    where TDocument : RecordDocument
{
    /// <summary>With *, creates the record, even when a deleted record had the id.</summary>
    [FromHeader(Name = "If-None-Match")]
    public ExpectedVersion? IfNoneMatch { get; init; }

    /// <summary>The whole record.</summary>
    [FromBody, Required]
    public TDocument? Document { get; init; }
}

internal sealed class ReplaceRecordHandler<TDocument>(Ledger ledger, RecordStore<TDocument> store)
    : IRequestHandler<ReplaceRecord<TDocument>, Written>
    where TDocument : RecordDocument
{
    public Task<Written> Handle(ReplaceRecord<TDocument> request, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            session =>
                store.ReplaceAsync(session, request.Id, request.IfNoneMatch ?? request.IfMatch, request.Document!),
            cancellationToken
        );
}
