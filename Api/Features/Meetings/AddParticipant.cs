using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Infrastructure.Meetings;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Api.Features.Meetings;

/// <summary>Add a participant.</summary>
public sealed record AddParticipant : IRequest<StoredRecord>
{
    /// <summary>The id of the meeting.</summary>
    [FromRoute]
    public string Id { get; init; } = "";

    /// <summary>The ETag of the expected version; optional.</summary>
    [FromHeader(Name = "If-Match")]
    public ExpectedVersion IfMatch { get; init; } = ExpectedVersion.Unsaid;

    /// <summary>The participant, the party represented and the capacity.</summary>
    [FromBody, Required]
    public ParticipantModel? Model { get; init; }
}

internal sealed class AddParticipantHandler(Ledger ledger, MeetingStore meetings)
    : IRequestHandler<AddParticipant, StoredRecord>
{
    public Task<StoredRecord> Handle(AddParticipant request, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            session => meetings.AddParticipantAsync(session, request.Id, request.IfMatch, request.Model!),
            cancellationToken
        );
}
