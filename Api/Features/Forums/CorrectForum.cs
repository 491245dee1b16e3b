using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Domain.Forums;
using Registry.Infrastructure.Forums;
using Registry.Infrastructure.Records;

namespace Registry.Api.Features.Forums;

/// <summary>Update a forum.</summary>
public sealed record CorrectForum : RecordCorrection<ForumDocument>
{
    /// <summary>The code of the forum.</summary>
    [FromRoute, Spelled(Capitals = true)]
    public string Code { get; init; } = "";

    internal override string Id => Code;
}

internal sealed class CorrectForumHandler(Ledger ledger, ForumStore forums)
    : CorrectHandler<CorrectForum, Forum, ForumDocument>(ledger, forums);
