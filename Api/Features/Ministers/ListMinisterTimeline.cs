using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http.Lists;
using Registry.Infrastructure.Ministers;

namespace Registry.Api.Features.Ministers;

/// <summary>List the timeline of a minister.</summary>
/// <remarks>Lists appointments, meetings chaired and attended, and outcomes, in order.</remarks>
public sealed record ListMinisterTimeline : TimelineQuery
{
    /// <summary>The id of the minister.</summary>
    [FromRoute(Name = "id")]
    public string Minister { get; init; } = "";
}

internal sealed class ListMinisterTimelineHandler(MinisterReads ministers) : IRequestHandler<ListMinisterTimeline, Page>
{
    public async Task<Page> Handle(ListMinisterTimeline request, CancellationToken cancellationToken)
    {
        await ministers.GetAsync(request.Minister, request.KnownAt, cancellationToken);
        var page = await ministers.TimelineAsync(
            request.ToRequest(new MinisterTimelineFilters { Minister = request.Minister, Within = request.Within }),
            cancellationToken
        );
        return request.ToPage(page, TimelineEntry.Of);
    }
}
