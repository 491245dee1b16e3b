using MediatR;
using Registry.Api.Http.Lists;
using Registry.Api.Http.Requests;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Api.Features.Records;

/// <summary>List the versions of a record.</summary>
/// <remarks>Each version has its author, its time, its reason and what it changed.</remarks>
public sealed record ListRecordHistory<TModel> : RecordHistory
    where TModel : RecordModel
{
    /// <inheritdoc/>
    private protected override string ListName => $"{typeof(TModel).Name}/{Id}/history";
}

internal sealed class ListRecordHistoryHandler<TModel>(RecordReads<TModel> reads)
    : IRequestHandler<ListRecordHistory<TModel>, Page>
    where TModel : RecordModel
{
    public async Task<Page> Handle(ListRecordHistory<TModel> request, CancellationToken cancellationToken)
    {
        var page = await reads.HistoryAsync(request.Id, request.ToRequest(), cancellationToken);
        return request.ToPage(page, RecordedVersion.Of);
    }
}
