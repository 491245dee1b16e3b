using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Documents;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Api.Features.Records;

/// <summary>Create a record.</summary>
public sealed record CreateRecord<TDocument> : IRequest<StoredRecord>
    where TDocument : RecordDocument
{
    /// <summary>The record.</summary>
    [FromBody, Required]
    public TDocument? Document { get; init; }
}

internal sealed class CreateRecordHandler<TDocument>(Ledger ledger, RecordStore<TDocument> store)
    : IRequestHandler<CreateRecord<TDocument>, StoredRecord>
    where TDocument : RecordDocument
{
    public Task<StoredRecord> Handle(CreateRecord<TDocument> request, CancellationToken cancellationToken) =>
        ledger.WriteAsync(session => store.CreateAsync(session, request.Document!), cancellationToken);
}
