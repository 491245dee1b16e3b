using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Infrastructure.Ministers;

namespace Registry.Api.Features.Ministers;

/// <summary>Get an appointment.</summary>
public sealed record GetAppointment : FormattedRead
{
    /// <summary>The id of the appointment.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string Appointment { get; init; } = "";

    internal override string Id => Appointment;

    internal override IReadOnlyList<Form> Forms => [Form.Json, Form.JsonLd];
}

internal sealed class GetAppointmentHandler(AppointmentReads appointments) : GetHandler<GetAppointment>(appointments);
