using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Infrastructure.Forums;

namespace Registry.Api.Features.Forums;

/// <summary>List the versions of a membership.</summary>
/// <remarks>Each version has its author, its time, its reason and what it changed.</remarks>
public sealed record ListMembershipHistory : RecordHistory
{
    /// <summary>The id of the membership.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string Membership { get; init; } = "";

    internal override string Id => Membership;
}

internal sealed class ListMembershipHistoryHandler(MembershipReads memberships)
    : HistoryHandler<ListMembershipHistory>(memberships);
