using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Domain.Ministers;
using Registry.Infrastructure.Ministers;
using Registry.Infrastructure.Records;

namespace Registry.Api.Features.Ministers;

/// <summary>Restore a post.</summary>
public sealed record RestorePost : RecordRestoration
{
    /// <summary>The id of the post.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string Post { get; init; } = "";

    internal override string Id => Post;
}

internal sealed class RestorePostHandler(Ledger ledger, PostStore posts)
    : RestoreHandler<RestorePost, Post, PostDocument>(ledger, posts);
