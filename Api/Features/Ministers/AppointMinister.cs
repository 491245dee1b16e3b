using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Infrastructure.Ministers;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Api.Features.Ministers;

/// <summary>Appoint a minister.</summary>
/// <remarks>Appoints the minister to a post.</remarks>
public sealed record AppointMinister : IRequest<StoredRecord>
{
    /// <summary>The id of the minister.</summary>
    [FromRoute(Name = "id")]
    public string Minister { get; init; } = "";

    /// <summary>The post and the period.</summary>
    [FromBody, Required]
    public AppointmentModel? Model { get; init; }
}

internal sealed class AppointMinisterHandler(Ledger ledger, AppointmentStore appointments)
    : IRequestHandler<AppointMinister, StoredRecord>
{
    public Task<StoredRecord> Handle(AppointMinister request, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            session => appointments.AppointAsync(session, request.Minister, request.Model!),
            cancellationToken
        );
}
