using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Domain.Forums;
using Registry.Infrastructure.Forums;
using Registry.Infrastructure.Records;

namespace Registry.Api.Features.Forums;

/// <summary>Restore a membership.</summary>
public sealed record RestoreMembership : RecordRestoration
{
    /// <summary>The id of the membership.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string Membership { get; init; } = "";

    internal override string Id => Membership;
}

internal sealed class RestoreMembershipHandler(Ledger ledger, MembershipStore memberships)
    : RestoreHandler<RestoreMembership, Membership, MembershipDocument>(ledger, memberships);
