using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Infrastructure.Subscriptions;

namespace Registry.Api.Features.Subscriptions;

/// <summary>Delete a subscription.</summary>
/// <remarks>Its secrets and its delivery log are deleted, and its id is not used again.</remarks>
public sealed record DeleteSubscription : RecordChange, IRequest
{
    /// <summary>The id of the subscription.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string Subscription { get; init; } = "";

    internal override string Id => Subscription;
}

internal sealed class DeleteSubscriptionHandler(SubscriptionStore subscriptions) : IRequestHandler<DeleteSubscription>
{
    public async Task<Unit> Handle(DeleteSubscription request, CancellationToken cancellationToken)
    {
        await subscriptions.DeleteAsync(request.Id, request.IfMatch, cancellationToken);
        return Unit.Value;
    }
}
