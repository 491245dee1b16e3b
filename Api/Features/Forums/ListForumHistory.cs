using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Infrastructure.Forums;

namespace Registry.Api.Features.Forums;

/// <summary>Tells every version of a forum: who wrote it, when and why, and what it changed.</summary>
public sealed record ListForumHistory : RecordHistory
{
    /// <summary>The code of the forum.</summary>
    [FromRoute, Spelled(Capitals = true)]
    public string Code { get; init; } = "";

    internal override string Id => Code;
}

internal sealed class ListForumHistoryHandler(ForumReads forums) : HistoryHandler<ListForumHistory>(forums);
