using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Domain.Meetings;
using Registry.Infrastructure.Meetings;
using Registry.Infrastructure.Records;

namespace Registry.Api.Features.Meetings;

/// <summary>Restore a meeting.</summary>
public sealed record RestoreMeeting : RecordRestoration
{
    /// <summary>The id of the meeting.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string MeetingId { get; init; } = "";

    internal override string Id => MeetingId;
}

internal sealed class RestoreMeetingHandler(Ledger ledger, MeetingStore meetings)
    : RestoreHandler<RestoreMeeting, Meeting, MeetingDocument>(ledger, meetings);
