using MediatR;
using Registry.Api.Http.Problems;
using Registry.Api.Http.Requests;
using Registry.Infrastructure.Provenance;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Api.Features.Records;

/// <summary>Get a record.</summary>
public sealed record GetRecord<TModel> : RecordRead
    where TModel : RecordModel;

/// <summary>Get a record.</summary>
public sealed record GetFormattedRecord<TModel> : FormattedRead
    where TModel : RecordModel;

internal sealed class GetRecordHandler<TModel>(RecordReads<TModel> reads)
    : IRequestHandler<GetRecord<TModel>, StoredRecord>,
        IRequestHandler<GetFormattedRecord<TModel>, StoredRecord>
    where TModel : RecordModel
{
    public Task<StoredRecord> Handle(GetRecord<TModel> request, CancellationToken cancellationToken) =>
        GetAsync(request, cancellationToken);

    public Task<StoredRecord> Handle(GetFormattedRecord<TModel> request, CancellationToken cancellationToken) =>
        GetAsync(request, cancellationToken);

    private Task<StoredRecord> GetAsync(RecordRead request, CancellationToken cancellationToken) =>
        (request.Version, request.Expand) switch
        {
            (null, null) => reads.GetAsync(request.Id, request.KnownAt, cancellationToken),
            (null, _) => reads.GetWithClaimsAsync(request.Id, request.KnownAt, cancellationToken),
            ({ } version, null) => reads.GetVersionAsync(request.Id, version, request.KnownAt, cancellationToken),
            _ => throw InvalidRequestException.Of("expand", "It cannot be combined with version."),
        };
}
