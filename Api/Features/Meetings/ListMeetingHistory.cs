using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Infrastructure.Meetings;

namespace Registry.Api.Features.Meetings;

/// <summary>Tells every version of a meeting: who wrote it, when and why, and what it changed.</summary>
public sealed record ListMeetingHistory : RecordHistory
{
    /// <summary>The id of the meeting.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string MeetingId { get; init; } = "";

    internal override string Id => MeetingId;
}

internal sealed class ListMeetingHistoryHandler(MeetingReads meetings) : HistoryHandler<ListMeetingHistory>(meetings);
