using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Infrastructure.Ministers;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Api.Features.Ministers;

/// <summary>End an appointment.</summary>
/// <remarks>Records that the holder leaves the post.</remarks>
public sealed record EndAppointment : IRequest<StoredRecord>
{
    /// <summary>The id of the appointment.</summary>
    [FromRoute]
    public string Id { get; init; } = "";

    /// <summary>The ETag of the expected version; optional.</summary>
    [FromHeader(Name = "If-Match")]
    public ExpectedVersion IfMatch { get; init; } = ExpectedVersion.Unsaid;

    /// <summary>The date and the manner of the end.</summary>
    [FromBody, Required]
    public AppointmentEndingModel? Model { get; init; }
}

internal sealed class EndAppointmentHandler(Ledger ledger, AppointmentStore appointments)
    : IRequestHandler<EndAppointment, StoredRecord>
{
    public Task<StoredRecord> Handle(EndAppointment request, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            session => appointments.EndAsync(session, request.Id, request.IfMatch, request.Model!),
            cancellationToken
        );
}
