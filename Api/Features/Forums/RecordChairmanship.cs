using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http.Requests;
using Registry.Infrastructure.Forums;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Api.Features.Forums;

/// <summary>Record a chairmanship.</summary>
/// <remarks>Records who chairs a forum, or a body of it, in a period.</remarks>
public sealed record RecordChairmanship : IRequest<StoredRecord>
{
    /// <summary>The code of the forum.</summary>
    [FromRoute, UpperCase]
    public string Forum { get; init; } = "";

    /// <summary>The chair and the period.</summary>
    [FromBody, Required]
    public ChairmanshipModel? Model { get; init; }
}

internal sealed class RecordChairmanshipHandler(Ledger ledger, ChairmanshipStore chairmanships)
    : IRequestHandler<RecordChairmanship, StoredRecord>
{
    public Task<StoredRecord> Handle(RecordChairmanship request, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            session => chairmanships.RecordAsync(session, request.Forum, request.Model!),
            cancellationToken
        );
}
