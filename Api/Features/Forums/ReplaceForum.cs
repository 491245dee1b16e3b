using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Domain.Forums;
using Registry.Infrastructure.Forums;
using Registry.Infrastructure.Records;

namespace Registry.Api.Features.Forums;

/// <summary>Create or replace a forum.</summary>
public sealed record ReplaceForum : RecordReplacement<ForumDocument>
{
    /// <summary>The code of the forum.</summary>
    [FromRoute, Spelled(Capitals = true)]
    public string Code { get; init; } = "";

    internal override string Id => Code;
}

internal sealed class ReplaceForumHandler(Ledger ledger, ForumStore forums)
    : ReplaceHandler<ReplaceForum, Forum, ForumDocument>(ledger, forums);
