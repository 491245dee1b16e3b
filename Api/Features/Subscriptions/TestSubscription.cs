using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Infrastructure.Subscriptions;

namespace Registry.Api.Features.Subscriptions;

/// <summary>Test a subscription.</summary>
/// <remarks>Sends a signed test message without a change, and returns the result of the delivery.</remarks>
public sealed record TestSubscription : IRequest<DeliveryModel>
{
    /// <summary>The id of the subscription.</summary>
    [FromRoute]
    public string Id { get; init; } = "";
}

internal sealed class TestSubscriptionHandler(ChangeDelivery delivery)
    : IRequestHandler<TestSubscription, DeliveryModel>
{
    public Task<DeliveryModel> Handle(TestSubscription request, CancellationToken cancellationToken) =>
        delivery.TestAsync(request.Id, cancellationToken);
}
