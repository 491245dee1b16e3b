using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Infrastructure.Meetings;
using Registry.Infrastructure.Records;

namespace Registry.Api.Features.Meetings;

/// <summary>Create a meeting.</summary>
public sealed record CreateMeeting : IRequest<StoredRecord>
{
    /// <summary>The meeting.</summary>
    [FromBody, Required]
    public MeetingDocument? Document { get; init; }
}

internal sealed class CreateMeetingHandler(Ledger ledger, MeetingStore meetings)
    : IRequestHandler<CreateMeeting, StoredRecord>
{
    public Task<StoredRecord> Handle(CreateMeeting request, CancellationToken cancellationToken) =>
        ledger.WriteAsync(session => meetings.CreateAsync(session, request.Document!), cancellationToken);
}
