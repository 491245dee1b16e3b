using MediatR;
using Registry.Api.Http.Requests;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Documents;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Api.Features.Records;

/// <summary>Delete a record.</summary>
/// <remarks>
/// A tombstone takes the place of the record: its versions stay in the history, and it can be restored.
/// </remarks>
public sealed record DeleteRecord<TDocument> : RecordChange, IRequest
    where TDocument : RecordDocument;

internal sealed class DeleteRecordHandler<TDocument>(Ledger ledger, RecordStore<TDocument> store)
    : IRequestHandler<DeleteRecord<TDocument>>
    where TDocument : RecordDocument
{
    public Task<Unit> Handle(DeleteRecord<TDocument> request, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            async session =>
            {
                await store.DeleteAsync(session, request.Id, request.IfMatch);
                return Unit.Value;
            },
            cancellationToken
        );
}
