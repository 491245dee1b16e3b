using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Infrastructure.Meetings;
using Registry.Infrastructure.Records;

namespace Registry.Api.Features.Meetings;

/// <summary>Update a meeting.</summary>
/// <remarks>When the steps are corrected, the status follows.</remarks>
public sealed record CorrectMeeting : RecordCorrection<MeetingDocument>
{
    /// <summary>The id of the meeting.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string MeetingId { get; init; } = "";

    internal override string Id => MeetingId;
}

internal sealed class CorrectMeetingHandler(Ledger ledger, MeetingStore meetings)
    : IRequestHandler<CorrectMeeting, StoredRecord>
{
    public Task<StoredRecord> Handle(CorrectMeeting request, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            session =>
                meetings.CorrectAsync(
                    session,
                    request.Id,
                    request.IfMatch,
                    record => BodyReader.ReadPatched<MeetingDocument>(record, request.Patch!.WithStatusOfSteps())
                ),
            cancellationToken
        );
}
