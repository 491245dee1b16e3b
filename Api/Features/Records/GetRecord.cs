using MediatR;
using Registry.Api.Http.Problems;
using Registry.Api.Http.Requests;
using Registry.Infrastructure.Provenance;
using Registry.Infrastructure.Records.Documents;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Api.Features.Records;

/// <summary>Get a record.</summary>
public sealed record GetRecord<TDocument> : RecordRead
    where TDocument : RecordDocument;

/// <summary>Get a record.</summary>
public sealed record GetFormattedRecord<TDocument> : FormattedRead
    where TDocument : RecordDocument;

internal sealed class GetRecordHandler<TDocument>(RecordReads<TDocument> reads)
    : IRequestHandler<GetRecord<TDocument>, StoredRecord>,
        IRequestHandler<GetFormattedRecord<TDocument>, StoredRecord>
    where TDocument : RecordDocument
{
    public Task<StoredRecord> Handle(GetRecord<TDocument> request, CancellationToken cancellationToken) =>
        GetAsync(request, cancellationToken);

    public Task<StoredRecord> Handle(GetFormattedRecord<TDocument> request, CancellationToken cancellationToken) =>
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
