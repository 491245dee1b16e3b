using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Domain.Ministers;
using Registry.Infrastructure.Ministers;

namespace Registry.Api.Features.Ministers;

/// <summary>Lists posts: offices of states and bodies.</summary>
public sealed record ListPosts : RecordListQuery, IRequest<Page>
{
    /// <summary>Only posts of this state.</summary>
    [FromQuery, StringLength(100)]
    public IReadOnlyList<string>? State { get; init; }

    /// <summary>Only posts of the bodies of this forum.</summary>
    [FromQuery, StringLength(100)]
    public IReadOnlyList<string>? Forum { get; init; }

    /// <summary>Only posts of this body, such as CICA/secretariat.</summary>
    [FromQuery, StringLength(100)]
    public string? Body { get; init; }

    /// <summary>Only posts of this kind.</summary>
    [FromQuery]
    public IReadOnlyList<PostKind>? Kind { get; init; }

    /// <summary>Only permanent representatives at this forum.</summary>
    [FromQuery, StringLength(100)]
    public IReadOnlyList<string>? AccreditedTo { get; init; }

    /// <summary>Only posts that may have existed on this day, at the widest reading of their dates.</summary>
    [FromQuery]
    public DateOnly? On { get; init; }

    internal override IReadOnlyList<string> Orders => ["id", "name"];

    internal override IReadOnlyList<Form> Forms => [.. base.Forms, Form.JsonLd];
}

internal sealed class ListPostsHandler(PostReads posts) : IRequestHandler<ListPosts, Page>
{
    public async Task<Page> Handle(ListPosts request, CancellationToken cancellationToken)
    {
        var page = await posts.ListAsync(
            request.ToRequest(
                ("State", Several.Capitals(request.State)),
                ("Forum", Several.Capitals(request.Forum)),
                ("Body", request.Body),
                ("Kind", Several.Words(request.Kind)),
                ("AccreditedTo", Several.Capitals(request.AccreditedTo)),
                ("On", request.On)
            ),
            cancellationToken
        );
        return request.ToPage(page, row => row.Record);
    }
}
