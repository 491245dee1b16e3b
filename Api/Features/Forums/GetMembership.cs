using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Infrastructure.Forums;

namespace Registry.Api.Features.Forums;

/// <summary>Get a membership.</summary>
public sealed record GetMembership : FormattedRead
{
    /// <summary>The id of the membership.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string Membership { get; init; } = "";

    internal override string Id => Membership;

    internal override IReadOnlyList<Form> Forms => [Form.Json, Form.JsonLd];
}

internal sealed class GetMembershipHandler(MembershipReads memberships) : GetHandler<GetMembership>(memberships);
