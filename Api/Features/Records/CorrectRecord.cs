using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http.Bodies;
using Registry.Api.Http.Requests;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Api.Features.Records;

/// <summary>Update a record.</summary>
public sealed record CorrectRecord<TModel> : RecordChange, IRequest<StoredRecord>
    where TModel : RecordModel
{
    /// <summary>The members that change; null removes one.</summary>
    [FromBody, Required]
    public JsonObject? Patch { get; init; }
}

internal sealed class CorrectRecordHandler<TModel>(Ledger ledger, RecordStore<TModel> store)
    : IRequestHandler<CorrectRecord<TModel>, StoredRecord>
    where TModel : RecordModel
{
    public Task<StoredRecord> Handle(CorrectRecord<TModel> request, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            session =>
                store.CorrectAsync(
                    session,
                    request.Id,
                    request.IfMatch,
                    record => RecordJson.ReadPatched<TModel>(record, request.Patch!)
                ),
            cancellationToken
        );
}
