using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http.Lists;
using Registry.Domain.Meetings;
using Registry.Infrastructure.Meetings;

namespace Registry.Api.Features.Meetings;

/// <summary>List the documents of a meeting.</summary>
/// <remarks>Lists the documents that took a step at the meeting.</remarks>
public sealed record ListMeetingDocuments : RecordListQuery, IRequest<Page>
{
    /// <summary>The id of the meeting.</summary>
    [FromRoute]
    public string Id { get; init; } = "";

    /// <summary>Only documents that took this step at the meeting.</summary>
    [FromQuery]
    public IReadOnlyList<DocumentStatus>? Status { get; init; }

    internal override IReadOnlyList<string> Orders => ["id", "name", "date"];
}

internal sealed class ListMeetingDocumentsHandler(MeetingReads meetings, DocumentReads documents)
    : IRequestHandler<ListMeetingDocuments, Page>
{
    public async Task<Page> Handle(ListMeetingDocuments request, CancellationToken cancellationToken)
    {
        await meetings.GetAsync(request.Id, request.KnownAt, cancellationToken);
        var page = await documents.ListAsync(
            request.ToRequest(
                new DocumentFilters { Meeting = request.Id, StatusAt = MultiValueParameters.ToWords(request.Status) }
            ),
            cancellationToken
        );
        return request.ToPage(page, row => row.Record);
    }
}
