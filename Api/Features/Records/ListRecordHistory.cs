using MediatR;
using Registry.Api.Http.Lists;
using Registry.Api.Http.Requests;
using Registry.Infrastructure.Records.Documents;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Api.Features.Records;

/// <summary>List the versions of a record.</summary>
/// <remarks>Each version has its author, its time, its reason and what it changed.</remarks>
public sealed record ListRecordHistory<TDocument> : RecordHistory
    where TDocument : RecordDocument
{
    /// <inheritdoc/>
    private protected override string ListName => $"{typeof(TDocument).Name}/{Id}/history";
}

internal sealed class ListRecordHistoryHandler<TDocument>(RecordReads<TDocument> reads)
    : IRequestHandler<ListRecordHistory<TDocument>, Page>
    where TDocument : RecordDocument
{
    public async Task<Page> Handle(ListRecordHistory<TDocument> request, CancellationToken cancellationToken)
    {
        var page = await reads.HistoryAsync(request.Id, request.ToRequest(), cancellationToken);
        return request.ToPage(page, RecordedVersion.Of);
    }
}
