using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Infrastructure.Ministers;

namespace Registry.Api.Features.Ministers;

/// <summary>Tells every version of an appointment: who wrote it, when and why, and what it changed.</summary>
public sealed record ListAppointmentHistory : RecordHistory
{
    /// <summary>The id of the appointment.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string Appointment { get; init; } = "";

    internal override string Id => Appointment;
}

internal sealed class ListAppointmentHistoryHandler(AppointmentReads appointments)
    : HistoryHandler<ListAppointmentHistory>(appointments);
