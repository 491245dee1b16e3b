using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http.Bodies;
using Registry.Api.Http.Requests;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Documents;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Api.Features.Records;

/// <summary>Update a record.</summary>
public sealed record CorrectRecord<TDocument> : RecordChange, IRequest<StoredRecord>
    where TDocument : RecordDocument
{
    /// <summary>The members that change; null removes one.</summary>
    [FromBody, Required]
    public JsonObject? Patch { get; init; }
}

internal sealed class CorrectRecordHandler<TDocument>(Ledger ledger, RecordStore<TDocument> store)
    : IRequestHandler<CorrectRecord<TDocument>, StoredRecord>
    where TDocument : RecordDocument
{
    public Task<StoredRecord> Handle(CorrectRecord<TDocument> request, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            session =>
                store.CorrectAsync(
                    session,
                    request.Id,
                    request.IfMatch,
                    record => RecordJson.ReadPatched<TDocument>(record, request.Patch!)
                ),
            cancellationToken
        );
}
