using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Domain.Provenance;
using Registry.Infrastructure.Provenance;
using Registry.Infrastructure.Records;

namespace Registry.Api.Features.Provenance;

/// <summary>Restore a claim.</summary>
public sealed record RestoreClaim : RecordRestoration
{
    /// <summary>The id of the claim.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string Claim { get; init; } = "";

    internal override string Id => Claim;
}

internal sealed class RestoreClaimHandler(Ledger ledger, ClaimStore claims)
    : RestoreHandler<RestoreClaim, Claim, ClaimDocument>(ledger, claims);
