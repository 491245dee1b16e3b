using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Infrastructure.Meetings;

namespace Registry.Api.Features.Meetings;

/// <summary>List the versions of a meeting.</summary>
/// <remarks>Each version has its author, its time, its reason and what it changed.</remarks>
public sealed record ListMeetingHistory : RecordHistory
{
    /// <summary>The id of the meeting.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string MeetingId { get; init; } = "";

    internal override string Id => MeetingId;
}

internal sealed class ListMeetingHistoryHandler(MeetingReads meetings) : HistoryHandler<ListMeetingHistory>(meetings);
