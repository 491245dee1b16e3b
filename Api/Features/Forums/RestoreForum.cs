using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Domain.Forums;
using Registry.Infrastructure.Forums;
using Registry.Infrastructure.Records;

namespace Registry.Api.Features.Forums;

/// <summary>Restore a forum.</summary>
public sealed record RestoreForum : RecordRestoration
{
    /// <summary>The code of the forum.</summary>
    [FromRoute, Spelled(Capitals = true)]
    public string Code { get; init; } = "";

    internal override string Id => Code;
}

internal sealed class RestoreForumHandler(Ledger ledger, ForumStore forums)
    : RestoreHandler<RestoreForum, Forum, ForumDocument>(ledger, forums);
