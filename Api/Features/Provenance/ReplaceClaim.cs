using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Domain.Provenance;
using Registry.Infrastructure.Provenance;
using Registry.Infrastructure.Records;

namespace Registry.Api.Features.Provenance;

/// <summary>Create or replace a claim.</summary>
public sealed record ReplaceClaim : RecordReplacement<ClaimDocument>
{
    /// <summary>The id of the claim.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string Claim { get; init; } = "";

    internal override string Id => Claim;
}

internal sealed class ReplaceClaimHandler(Ledger ledger, ClaimStore claims)
    : ReplaceHandler<ReplaceClaim, Claim, ClaimDocument>(ledger, claims);
