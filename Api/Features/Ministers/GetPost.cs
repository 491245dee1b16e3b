using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Infrastructure.Ministers;

namespace Registry.Api.Features.Ministers;

/// <summary>Get a post.</summary>
public sealed record GetPost : FormattedRead
{
    /// <summary>The id of the post.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string Post { get; init; } = "";

    internal override string Id => Post;

    internal override IReadOnlyList<Form> Forms => [Form.Json, Form.JsonLd];
}

internal sealed class GetPostHandler(PostReads posts) : GetHandler<GetPost>(posts);
