using MediatR;
using Registry.Api.Http.Requests;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Api.Features.Records;

/// <summary>Delete a record.</summary>
/// <remarks>
/// A tombstone takes the place of the record: its versions stay in the history, and it can be restored.
/// </remarks>
public sealed record DeleteRecord<TModel> : RecordChange, IRequest
    where TModel : RecordModel;

internal sealed class DeleteRecordHandler<TModel>(Ledger ledger, RecordStore<TModel> store)
    : IRequestHandler<DeleteRecord<TModel>>
    where TModel : RecordModel
{
    public Task<Unit> Handle(DeleteRecord<TModel> request, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            async session =>
            {
                await store.DeleteAsync(session, request.Id, request.IfMatch);
                return Unit.Value;
            },
            cancellationToken
        );
}
