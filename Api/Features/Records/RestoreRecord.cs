using MediatR;
using Registry.Api.Http.Requests;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Documents;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Api.Features.Records;

/// <summary>Restore a record.</summary>
public sealed record RestoreRecord<TDocument> : IRecordRequest, IRequest<StoredRecord>
    where TDocument : RecordDocument
{
    string IRecordRequest.Id
    {
        get => Id;
        set => Id = value;
    }

    /// <summary>The id of the record in its collection.</summary>
    internal string Id { get; set; } = "";
}

internal sealed class RestoreRecordHandler<TDocument>(Ledger ledger, RecordStore<TDocument> store)
    : IRequestHandler<RestoreRecord<TDocument>, StoredRecord>
    where TDocument : RecordDocument
{
    public Task<StoredRecord> Handle(RestoreRecord<TDocument> request, CancellationToken cancellationToken) =>
        ledger.WriteAsync(session => store.RestoreAsync(session, request.Id), cancellationToken);
}
