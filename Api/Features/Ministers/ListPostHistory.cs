using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Infrastructure.Ministers;

namespace Registry.Api.Features.Ministers;

/// <summary>List the versions of a post.</summary>
/// <remarks>Each version has its author, its time, its reason and what it changed.</remarks>
public sealed record ListPostHistory : RecordHistory
{
    /// <summary>The id of the post.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string Post { get; init; } = "";

    internal override string Id => Post;
}

internal sealed class ListPostHistoryHandler(PostReads posts) : HistoryHandler<ListPostHistory>(posts);
