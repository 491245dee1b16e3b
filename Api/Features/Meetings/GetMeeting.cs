using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Infrastructure.Meetings;

namespace Registry.Api.Features.Meetings;

/// <summary>Get a meeting.</summary>
public sealed record GetMeeting : FormattedRead
{
    /// <summary>The id of the meeting.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string MeetingId { get; init; } = "";

    internal override string Id => MeetingId;

    internal override IReadOnlyList<Form> Forms => [Form.Json, Form.Calendar];
}

internal sealed class GetMeetingHandler(MeetingReads meetings) : GetHandler<GetMeeting>(meetings);
