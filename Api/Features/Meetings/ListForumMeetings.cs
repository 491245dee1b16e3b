using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http.Lists;
using Registry.Api.Http.Requests;
using Registry.Infrastructure.Forums;
using Registry.Infrastructure.Meetings;

namespace Registry.Api.Features.Meetings;

/// <summary>List the meetings of a forum.</summary>
/// <remarks>Includes the meetings of its bodies.</remarks>
public sealed record ListForumMeetings : MeetingsQuery
{
    /// <summary>The code of the forum.</summary>
    [FromRoute, UpperCase]
    public string Forum { get; init; } = "";
}

internal sealed class ListForumMeetingsHandler(ForumReads forums, MeetingReads meetings)
    : IRequestHandler<ListForumMeetings, Page>
{
    public async Task<Page> Handle(ListForumMeetings request, CancellationToken cancellationToken)
    {
        await forums.GetAsync(request.Forum, request.KnownAt, cancellationToken);
        var page = await meetings.ListAsync(request.ToRequest([request.Forum]), cancellationToken);
        return request.ToPage(page, row => row.Record);
    }
}
