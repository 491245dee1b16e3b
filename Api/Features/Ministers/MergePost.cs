using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Infrastructure.Merging;
using Registry.Infrastructure.Ministers;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Api.Features.Ministers;

/// <summary>Merge a post into another record.</summary>
/// <remarks>
/// Both records describe the same office. References to the merged record move to the other one, and its id redirects
/// there (308). Returns the record that stays.
/// </remarks>
public sealed record MergePost : IRequest<StoredRecord>
{
    /// <summary>The id of the post that is merged into the other one.</summary>
    [FromRoute(Name = "id")]
    public string Post { get; init; } = "";

    /// <summary>The ETag of the expected version; optional.</summary>
    [FromHeader(Name = "If-Match")]
    public ExpectedVersion IfMatch { get; init; } = ExpectedVersion.Unsaid;

    /// <summary>The record that stays.</summary>
    [FromBody, Required]
    public MergerModel? Model { get; init; }
}

internal sealed class MergePostHandler(Ledger ledger, Merges merges, PostStore posts)
    : IRequestHandler<MergePost, StoredRecord>
{
    public Task<StoredRecord> Handle(MergePost request, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            session => merges.MergeAsync(session, posts, request.Post, request.IfMatch, request.Model!.Into!),
            cancellationToken
        );
}
