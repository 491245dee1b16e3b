using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http.Lists;
using Registry.Domain.Meetings;
using Registry.Infrastructure.Meetings;

namespace Registry.Api.Features.Meetings;

/// <summary>List the outcomes of a meeting.</summary>
public sealed record ListMeetingOutcomes : RecordListQuery, IRequest<Page>
{
    /// <summary>The id of the meeting.</summary>
    [FromRoute]
    public string Id { get; init; } = "";

    /// <summary>Only outcomes with this verb.</summary>
    [FromQuery]
    public IReadOnlyList<OutcomeVerb>? Verb { get; init; }

    /// <summary>Only outcomes on the agenda item with this number.</summary>
    [
        FromQuery,
        RegularExpression(Agenda.NumberPattern, ErrorMessage = "It is the number of an agenda item, such as 3 or 3.1.")
    ]
    public string? AgendaItem { get; init; }

    internal override IReadOnlyList<string> Orders => ["id"];
}

internal sealed class ListMeetingOutcomesHandler(MeetingReads meetings, OutcomeReads outcomes)
    : IRequestHandler<ListMeetingOutcomes, Page>
{
    public async Task<Page> Handle(ListMeetingOutcomes request, CancellationToken cancellationToken)
    {
        await meetings.GetAsync(request.Id, request.KnownAt, cancellationToken);
        var page = await outcomes.ListAsync(
            request.ToRequest(
                new OutcomeFilters
                {
                    Meeting = request.Id,
                    Verb = MultiValueParameters.ToWords(request.Verb),
                    AgendaItem = request.AgendaItem,
                }
            ),
            cancellationToken
        );
        return request.ToPage(page, row => row.Record);
    }
}
