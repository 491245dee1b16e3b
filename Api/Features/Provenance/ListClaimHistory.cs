using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Infrastructure.Provenance;

namespace Registry.Api.Features.Provenance;

/// <summary>List the versions of a claim.</summary>
/// <remarks>Each version has its author, its time, its reason and what it changed.</remarks>
public sealed record ListClaimHistory : RecordHistory
{
    /// <summary>The id of the claim.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string Claim { get; init; } = "";

    internal override string Id => Claim;
}

internal sealed class ListClaimHistoryHandler(ClaimReads claims) : HistoryHandler<ListClaimHistory>(claims);
