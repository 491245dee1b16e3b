using MediatR;
using Registry.Api.Http.Requests;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Api.Features.Records;

/// <summary>Restore a record.</summary>
public sealed record RestoreRecord<TModel> : IRecordRequest, IRequest<StoredRecord>
    where TModel : RecordModel
{
    string IRecordRequest.Id
    {
        get => Id;
        set => Id = value;
    }

    /// <summary>The id of the record in its collection.</summary>
    internal string Id { get; set; } = "";
}

internal sealed class RestoreRecordHandler<TModel>(Ledger ledger, RecordStore<TModel> store)
    : IRequestHandler<RestoreRecord<TModel>, StoredRecord>
    where TModel : RecordModel
{
    public Task<StoredRecord> Handle(RestoreRecord<TModel> request, CancellationToken cancellationToken) =>
        ledger.WriteAsync(session => store.RestoreAsync(session, request.Id), cancellationToken);
}
