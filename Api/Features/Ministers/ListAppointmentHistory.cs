using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Infrastructure.Ministers;

namespace Registry.Api.Features.Ministers;

/// <summary>List the versions of an appointment.</summary>
/// <remarks>Each version has its author, its time, its reason and what it changed.</remarks>
public sealed record ListAppointmentHistory : RecordHistory
{
    /// <summary>The id of the appointment.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string Appointment { get; init; } = "";

    internal override string Id => Appointment;
}

internal sealed class ListAppointmentHistoryHandler(AppointmentReads appointments)
    : HistoryHandler<ListAppointmentHistory>(appointments);
