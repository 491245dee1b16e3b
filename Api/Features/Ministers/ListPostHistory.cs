using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Infrastructure.Ministers;

namespace Registry.Api.Features.Ministers;

/// <summary>Tells every version of a post: who wrote it, when and why, and what it changed.</summary>
public sealed record ListPostHistory : RecordHistory
{
    /// <summary>The id of the post.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string Post { get; init; } = "";

    internal override string Id => Post;
}

internal sealed class ListPostHistoryHandler(PostReads posts) : HistoryHandler<ListPostHistory>(posts);
