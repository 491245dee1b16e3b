using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Domain.Ministers;
using Registry.Infrastructure.Ministers;
using Registry.Infrastructure.Records;

namespace Registry.Api.Features.Ministers;

/// <summary>Restore an appointment.</summary>
public sealed record RestoreAppointment : RecordRestoration
{
    /// <summary>The id of the appointment.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string Appointment { get; init; } = "";

    internal override string Id => Appointment;
}

internal sealed class RestoreAppointmentHandler(Ledger ledger, AppointmentStore appointments)
    : RestoreHandler<RestoreAppointment, Appointment, AppointmentDocument>(ledger, appointments);
