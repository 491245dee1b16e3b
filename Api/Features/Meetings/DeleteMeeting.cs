using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Domain.Meetings;
using Registry.Infrastructure.Meetings;
using Registry.Infrastructure.Records;

namespace Registry.Api.Features.Meetings;

/// <summary>Delete a meeting.</summary>
/// <remarks>
/// A tombstone takes the place of the record: its versions stay in the history, and it can be restored.
/// </remarks>
public sealed record DeleteMeeting : RecordChange, IRequest
{
    /// <summary>The id of the meeting.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string MeetingId { get; init; } = "";

    internal override string Id => MeetingId;
}

internal sealed class DeleteMeetingHandler(Ledger ledger, MeetingStore meetings)
    : DeleteHandler<DeleteMeeting, Meeting, MeetingDocument>(ledger, meetings);
