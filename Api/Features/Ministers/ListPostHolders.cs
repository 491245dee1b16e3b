using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Http.Lists;
using Registry.Infrastructure.Ministers;

namespace Registry.Api.Features.Ministers;

/// <summary>List the holders of a post on a date.</summary>
/// <remarks>Lists who held the post on a day, or on any day of a month or a year, with the title of that day.</remarks>
public sealed record ListPostHolders : HoldersQuery
{
    /// <summary>The id of the post.</summary>
    [FromRoute(Name = "id")]
    public string Post { get; init; } = "";
}

internal sealed class ListPostHoldersHandler(PostReads posts, AppointmentReads appointments, TimeProvider clock)
    : IRequestHandler<ListPostHolders, Page>
{
    public async Task<Page> Handle(ListPostHolders request, CancellationToken cancellationToken)
    {
        await posts.GetAsync(request.Post, request.KnownAt, cancellationToken);
        var days = Days.OrToday(request.On, clock);
        var page = await appointments.HoldersAsync(
            request.ToRequest(
                new HolderFilters
                {
                    On = days,
                    Post = request.Post,
                    Acting = request.Acting,
                }
            ),
            cancellationToken
        );
        return request.ToPage(page, row => HolderOnDay.From(row, days, Languages.Of(request)));
    }
}
