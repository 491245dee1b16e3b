using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Domain.Ministers;
using Registry.Infrastructure.Ministers;
using Registry.Infrastructure.Records;

namespace Registry.Api.Features.Ministers;

/// <summary>Delete an appointment.</summary>
/// <remarks>
/// A tombstone takes the place of the record: its versions stay in the history, and it can be restored.
/// </remarks>
public sealed record DeleteAppointment : RecordChange, IRequest
{
    /// <summary>The id of the appointment.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string Appointment { get; init; } = "";

    internal override string Id => Appointment;
}

internal sealed class DeleteAppointmentHandler(Ledger ledger, AppointmentStore appointments)
    : DeleteHandler<DeleteAppointment, Appointment, AppointmentDocument>(ledger, appointments);
