using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http.Lists;
using Registry.Infrastructure.Ministers;

namespace Registry.Api.Features.Ministers;

/// <summary>List the appointments of a minister.</summary>
public sealed record ListMinisterAppointments : AppointmentsQuery
{
    /// <summary>The id of the minister.</summary>
    [FromRoute(Name = "id")]
    public string Minister { get; init; } = "";
}

internal sealed class ListMinisterAppointmentsHandler(MinisterReads ministers, AppointmentReads appointments)
    : IRequestHandler<ListMinisterAppointments, Page>
{
    public async Task<Page> Handle(ListMinisterAppointments request, CancellationToken cancellationToken)
    {
        await ministers.GetAsync(request.Minister, request.KnownAt, cancellationToken);
        var page = await appointments.ListAsync(request.ToRequest([request.Minister]), cancellationToken);
        return request.ToPage(page, row => row.Record);
    }
}
