using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Infrastructure.Meetings;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Api.Features.Meetings;

/// <summary>Record a step of a meeting.</summary>
/// <remarks>Records that the meeting is confirmed, postponed, planned again, cancelled or held.</remarks>
public sealed record TakeMeetingStep : IRequest<StoredRecord>
{
    /// <summary>The id of the meeting.</summary>
    [FromRoute]
    public string Id { get; init; } = "";

    /// <summary>The ETag of the expected version; optional.</summary>
    [FromHeader(Name = "If-Match")]
    public ExpectedVersion IfMatch { get; init; } = ExpectedVersion.Unsaid;

    /// <summary>The step and its date.</summary>
    [FromBody, Required]
    public MeetingMoveModel? Model { get; init; }
}

internal sealed class TakeMeetingStepHandler(Ledger ledger, MeetingStore meetings)
    : IRequestHandler<TakeMeetingStep, StoredRecord>
{
    public Task<StoredRecord> Handle(TakeMeetingStep request, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            session => meetings.StepAsync(session, request.Id, request.IfMatch, request.Model!),
            cancellationToken
        );
}
