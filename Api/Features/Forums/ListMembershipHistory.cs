using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Infrastructure.Forums;

namespace Registry.Api.Features.Forums;

/// <summary>Tells every version of a membership: who wrote it, when and why, and what it changed.</summary>
public sealed record ListMembershipHistory : RecordHistory
{
    /// <summary>The id of the membership.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string Membership { get; init; } = "";

    internal override string Id => Membership;
}

internal sealed class ListMembershipHistoryHandler(MembershipReads memberships)
    : HistoryHandler<ListMembershipHistory>(memberships);
