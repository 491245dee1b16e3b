using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Domain.Ministers;
using Registry.Infrastructure.Ministers;
using Registry.Infrastructure.Records;

namespace Registry.Api.Features.Ministers;

/// <summary>Update a post.</summary>
public sealed record CorrectPost : RecordCorrection<PostDocument>
{
    /// <summary>The id of the post.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string Post { get; init; } = "";

    internal override string Id => Post;
}

internal sealed class CorrectPostHandler(Ledger ledger, PostStore posts)
    : CorrectHandler<CorrectPost, Post, PostDocument>(ledger, posts);
