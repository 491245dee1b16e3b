using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Infrastructure.Forums;

namespace Registry.Api.Features.Forums;

/// <summary>Get a forum.</summary>
public sealed record GetForum : FormattedRead
{
    /// <summary>The code of the forum.</summary>
    [FromRoute, Spelled(Capitals = true)]
    public string Code { get; init; } = "";

    internal override string Id => Code;

    internal override IReadOnlyList<Form> Forms => [Form.Json, Form.JsonLd];
}

internal sealed class GetForumHandler(ForumReads forums) : GetHandler<GetForum>(forums);
