using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http.Lists;
using Registry.Api.Http.Requests;
using Registry.Infrastructure.Forums;

namespace Registry.Api.Features.Forums;

/// <summary>List the memberships in a forum.</summary>
/// <remarks>Each membership has its whole timeline of standings.</remarks>
public sealed record ListForumMemberships : MembershipsQuery
{
    /// <summary>The code of the forum.</summary>
    [FromRoute, UpperCase]
    public string Forum { get; init; } = "";
}

internal sealed class ListForumMembershipsHandler(ForumReads forums, MembershipReads memberships)
    : IRequestHandler<ListForumMemberships, Page>
{
    public async Task<Page> Handle(ListForumMemberships request, CancellationToken cancellationToken)
    {
        await forums.GetAsync(request.Forum, request.KnownAt, cancellationToken);
        var page = await memberships.ListAsync(request.ToRequest([request.Forum]), cancellationToken);
        return request.ToPage(page, row => row.Record);
    }
}
