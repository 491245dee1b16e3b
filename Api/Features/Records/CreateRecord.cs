using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Api.Features.Records;

/// <summary>Create a record.</summary>
public sealed record CreateRecord<TModel> : IRequest<StoredRecord>
    where TModel : RecordModel
{
    /// <summary>The record.</summary>
    [FromBody, Required]
    public TModel? Model { get; init; }
}

internal sealed class CreateRecordHandler<TModel>(Ledger ledger, RecordStore<TModel> store)
    : IRequestHandler<CreateRecord<TModel>, StoredRecord>
    where TModel : RecordModel
{
    public Task<StoredRecord> Handle(CreateRecord<TModel> request, CancellationToken cancellationToken) =>
        ledger.WriteAsync(session => store.CreateAsync(session, request.Model!), cancellationToken);
}
