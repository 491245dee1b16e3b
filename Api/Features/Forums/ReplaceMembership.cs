using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Domain.Forums;
using Registry.Infrastructure.Forums;
using Registry.Infrastructure.Records;

namespace Registry.Api.Features.Forums;

/// <summary>Create or replace a membership.</summary>
public sealed record ReplaceMembership : RecordReplacement<MembershipDocument>
{
    /// <summary>The id of the membership.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string Membership { get; init; } = "";

    internal override string Id => Membership;
}

internal sealed class ReplaceMembershipHandler(Ledger ledger, MembershipStore memberships)
    : ReplaceHandler<ReplaceMembership, Membership, MembershipDocument>(ledger, memberships);
