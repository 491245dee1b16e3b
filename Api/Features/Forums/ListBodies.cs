using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Features.LinkedData;
using Registry.Api.Http;
using Registry.Api.Http.Lists;
using Registry.Api.Http.Requests;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Infrastructure.Forums;

namespace Registry.Api.Features.Forums;

/// <summary>List the bodies of a forum.</summary>
public sealed record ListBodies : RecordListQuery, IRequest<Page>
{
    /// <summary>The code of the forum.</summary>
    [FromRoute, UpperCase]
    public string Forum { get; init; } = "";

    /// <summary>Only bodies of this kind.</summary>
    [FromQuery]
    public IReadOnlyList<BodyKind>? Kind { get; init; }

    /// <summary>
    /// Only bodies that may have existed on this day, or on a day of this month or year: from founded to dissolved, at
    /// the widest reading of the dates, and within the life of the forum.
    /// </summary>
    [FromQuery]
    public PartialDate? On { get; init; }

    internal override IReadOnlyList<string> Orders => ["code", "name"];

    internal override IReadOnlyList<ResponseFormat> Formats => [.. base.Formats, Popolo.Format];
}

internal sealed class ListBodiesHandler(ForumReads forums, BodyReads bodies) : IRequestHandler<ListBodies, Page>
{
    public async Task<Page> Handle(ListBodies request, CancellationToken cancellationToken)
    {
        await forums.GetAsync(request.Forum, request.KnownAt, cancellationToken);
        var page = await bodies.ListAsync(
            request.ToRequest(
                new BodyFilters
                {
                    Forum = request.Forum,
                    Kind = MultiValueParameters.ToWords(request.Kind),
                    On = Days.Of(request.On),
                }
            ),
            cancellationToken
        );
        return request.ToPage(page, row => row.Record);
    }
}
