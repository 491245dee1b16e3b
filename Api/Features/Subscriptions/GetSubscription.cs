using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Subscriptions;

namespace Registry.Api.Features.Subscriptions;

/// <summary>Gives a subscription, with how far it has come and why it goes no further.</summary>
public sealed record GetSubscription : IRequest<StoredRecord>
{
    /// <summary>The id of the subscription.</summary>
    [FromRoute, Spelled]
    public string Id { get; init; } = "";
}

internal sealed class GetSubscriptionHandler(SubscriptionStore subscriptions)
    : IRequestHandler<GetSubscription, StoredRecord>
{
    public async Task<StoredRecord> Handle(GetSubscription request, CancellationToken cancellationToken) =>
        (await subscriptions.GetAsync(request.Id, cancellationToken)).ToStored();
}
