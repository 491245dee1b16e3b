using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Domain.Provenance;
using Registry.Infrastructure.Provenance;
using Registry.Infrastructure.Records;

namespace Registry.Api.Features.Provenance;

/// <summary>Update a claim.</summary>
public sealed record CorrectClaim : RecordCorrection<ClaimDocument>
{
    /// <summary>The id of the claim.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string Claim { get; init; } = "";

    internal override string Id => Claim;
}

internal sealed class CorrectClaimHandler(Ledger ledger, ClaimStore claims)
    : CorrectHandler<CorrectClaim, Claim, ClaimDocument>(ledger, claims);
