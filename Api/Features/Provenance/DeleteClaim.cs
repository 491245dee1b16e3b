using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Domain.Provenance;
using Registry.Infrastructure.Provenance;
using Registry.Infrastructure.Records;

namespace Registry.Api.Features.Provenance;

/// <summary>Delete a claim.</summary>
/// <remarks>
/// A tombstone takes the place of the record: its versions stay in the history, and it can be restored.
/// </remarks>
public sealed record DeleteClaim : RecordChange, IRequest
{
    /// <summary>The id of the claim.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string Claim { get; init; } = "";

    internal override string Id => Claim;
}

internal sealed class DeleteClaimHandler(Ledger ledger, ClaimStore claims)
    : DeleteHandler<DeleteClaim, Claim, ClaimDocument>(ledger, claims);
