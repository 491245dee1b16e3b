using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Infrastructure.Ministers;
using Registry.Infrastructure.Records;

namespace Registry.Api.Features.Ministers;

/// <summary>Create a minister.</summary>
public sealed record CreateMinister : IRequest<StoredRecord>
{
    /// <summary>The minister.</summary>
    [FromBody, Required]
    public MinisterDocument? Document { get; init; }
}

internal sealed class CreateMinisterHandler(Ledger ledger, MinisterStore ministers)
    : IRequestHandler<CreateMinister, StoredRecord>
{
    public Task<StoredRecord> Handle(CreateMinister request, CancellationToken cancellationToken) =>
        ledger.WriteAsync(session => ministers.CreateAsync(session, request.Document!), cancellationToken);
}
