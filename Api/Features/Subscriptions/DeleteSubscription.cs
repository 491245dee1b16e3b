using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http.Requests;
using Registry.Infrastructure.Audit;
using Registry.Infrastructure.Subscriptions;

namespace Registry.Api.Features.Subscriptions;

/// <summary>Delete a subscription.</summary>
/// <remarks>Its secrets and its delivery log are deleted, and its id is not used again.</remarks>
public sealed record DeleteSubscription : VersionedChange, IRequest
{
    /// <summary>The id of the subscription.</summary>
    [FromRoute(Name = "id")]
    public string Subscription { get; init; } = "";
}

internal sealed class DeleteSubscriptionHandler(SubscriptionStore subscriptions, AuditLog audit)
    : IRequestHandler<DeleteSubscription>
{
    public async Task<Unit> Handle(DeleteSubscription request, CancellationToken cancellationToken)
    {
        await subscriptions.DeleteAsync(request.Subscription, request.IfMatch, audit, cancellationToken);
        return Unit.Value;
    }
}
