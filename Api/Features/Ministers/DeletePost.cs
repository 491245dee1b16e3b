using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Domain.Ministers;
using Registry.Infrastructure.Ministers;
using Registry.Infrastructure.Records;

namespace Registry.Api.Features.Ministers;

/// <summary>Delete a post.</summary>
/// <remarks>
/// A tombstone takes the place of the record: its versions stay in the history, and it can be restored.
/// </remarks>
public sealed record DeletePost : RecordChange, IRequest
{
    /// <summary>The id of the post.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string Post { get; init; } = "";

    internal override string Id => Post;
}

internal sealed class DeletePostHandler(Ledger ledger, PostStore posts)
    : DeleteHandler<DeletePost, Post, PostDocument>(ledger, posts);
