using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Subscriptions;

namespace Registry.Api.Features.Subscriptions;

/// <summary>Get a subscription.</summary>
/// <remarks>The subscription includes its progress and, where delivery has stopped, the reason.</remarks>
public sealed record GetSubscription : IRequest<StoredRecord>
{
    /// <summary>The id of the subscription.</summary>
    [FromRoute]
    public string Id { get; init; } = "";
}

internal sealed class GetSubscriptionHandler(SubscriptionStore subscriptions)
    : IRequestHandler<GetSubscription, StoredRecord>
{
    public async Task<StoredRecord> Handle(GetSubscription request, CancellationToken cancellationToken) =>
        (await subscriptions.GetAsync(request.Id, cancellationToken)).ToStored();
}
