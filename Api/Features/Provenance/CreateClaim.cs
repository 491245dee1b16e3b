using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Infrastructure.Provenance;
using Registry.Infrastructure.Records;

namespace Registry.Api.Features.Provenance;

/// <summary>Create a claim.</summary>
public sealed record CreateClaim : IRequest<StoredRecord>
{
    /// <summary>The claim.</summary>
    [FromBody, Required]
    public ClaimDocument? Document { get; init; }
}

internal sealed class CreateClaimHandler(Ledger ledger, ClaimStore claims) : IRequestHandler<CreateClaim, StoredRecord>
{
    public Task<StoredRecord> Handle(CreateClaim request, CancellationToken cancellationToken) =>
        ledger.WriteAsync(session => claims.CreateAsync(session, request.Document!), cancellationToken);
}
