using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Infrastructure.Merging;
using Registry.Infrastructure.Ministers;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Api.Features.Ministers;

/// <summary>Merge a minister into another record.</summary>
/// <remarks>
/// Both records describe the same person. References to the merged record move to the other one, and its id redirects
/// there (308). Returns the record that stays.
/// </remarks>
public sealed record MergeMinister : IRequest<StoredRecord>
{
    /// <summary>The id of the minister that is merged into the other one.</summary>
    [FromRoute(Name = "id")]
    public string Minister { get; init; } = "";

    /// <summary>The ETag of the expected version; optional.</summary>
    [FromHeader(Name = "If-Match")]
    public ExpectedVersion IfMatch { get; init; } = ExpectedVersion.Unsaid;

    /// <summary>The record that stays.</summary>
    [FromBody, Required]
    public MergerModel? Model { get; init; }
}

internal sealed class MergeMinisterHandler(Ledger ledger, Merges merges, MinisterStore ministers)
    : IRequestHandler<MergeMinister, StoredRecord>
{
    public Task<StoredRecord> Handle(MergeMinister request, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            session => merges.MergeAsync(session, ministers, request.Minister, request.IfMatch, request.Model!.Into!),
            cancellationToken
        );
}
