using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Domain.Ministers;
using Registry.Infrastructure;
using Registry.Infrastructure.Ministers;

namespace Registry.Api.Features.Ministers;

/// <summary>Lists posts: offices of states and bodies.</summary>
public sealed record ListPosts : RecordListQuery, IRequest<Page>
{
    /// <summary>Only posts of this state.</summary>
    [FromQuery, StringLength(100)]
    public string? State { get; init; }

    /// <summary>Only posts of the bodies of this forum.</summary>
    [FromQuery, StringLength(100)]
    public string? Forum { get; init; }

    /// <summary>Only posts of this body, such as CICA/secretariat.</summary>
    [FromQuery, StringLength(100)]
    public string? Body { get; init; }

    /// <summary>Only posts of this kind.</summary>
    [FromQuery]
    public PostKind? Kind { get; init; }

    /// <summary>Only permanent representatives at this forum.</summary>
    [FromQuery, StringLength(100)]
    public string? AccreditedTo { get; init; }

    /// <summary>Only posts that may have existed on this day, at the widest reading of their dates.</summary>
    [FromQuery]
    public DateOnly? On { get; init; }

    internal override IReadOnlyList<string> Sorts => ["id", "name"];
}

internal sealed class ListPostsHandler(PostReads posts) : IRequestHandler<ListPosts, Page>
{
    public async Task<Page> Handle(ListPosts request, CancellationToken cancellationToken)
    {
        var page = await posts.ListAsync(
            request.ToRequest(
                ("State", request.State?.ToUpperInvariant()),
                ("Forum", request.Forum?.ToUpperInvariant()),
                ("Body", request.Body),
                ("Kind", request.Kind is { } kind ? Words.Of(kind) : null),
                ("AccreditedTo", request.AccreditedTo?.ToUpperInvariant()),
                ("On", request.On)
            ),
            cancellationToken
        );
        return request.ToPage(page, row => row.Record);
    }
}
