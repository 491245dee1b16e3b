using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http.Lists;
using Registry.Api.Http.Requests;
using Registry.Infrastructure.Forums;

namespace Registry.Api.Features.Forums;

/// <summary>List the timeline of a forum.</summary>
/// <remarks>Lists stages, summits, admissions, chairmanships and adopted documents, in order.</remarks>
public sealed record ListForumTimeline : TimelineQuery
{
    /// <summary>The code of the forum.</summary>
    [FromRoute, UpperCase]
    public string Forum { get; init; } = "";
}

internal sealed class ListForumTimelineHandler(ForumReads forums) : IRequestHandler<ListForumTimeline, Page>
{
    public async Task<Page> Handle(ListForumTimeline request, CancellationToken cancellationToken)
    {
        var forum = await forums.GetAsync(request.Forum, request.KnownAt, cancellationToken);
        var page = await forums.TimelineAsync(
            forum,
            request.ToRequest(new ForumTimelineFilters { Forum = request.Forum, Within = request.Within }),
            cancellationToken
        );
        return request.ToPage(page, TimelineEntry.Of);
    }
}
