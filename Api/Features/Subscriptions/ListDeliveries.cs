using System.Text.Json;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http.Lists;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Subscriptions;

namespace Registry.Api.Features.Subscriptions;

/// <summary>List the deliveries of a subscription.</summary>
/// <remarks>Lists the last 1,000 delivery attempts, newest first.</remarks>
public sealed record ListDeliveries : PresentListQuery, IRequest<Page>
{
    /// <summary>The id of the subscription.</summary>
    [FromRoute(Name = "id")]
    public string Subscription { get; init; } = "";

    /// <summary>Only delivery attempts for the change with this sequence number.</summary>
    [FromQuery]
    public long? Sequence { get; init; }

    internal override IReadOnlyList<string> Sorts => ["at"];

    internal override string DefaultSort => "-at";
}

internal sealed class ListDeliveriesHandler(SubscriptionStore subscriptions) : IRequestHandler<ListDeliveries, Page>
{
    public async Task<Page> Handle(ListDeliveries request, CancellationToken cancellationToken)
    {
        var page = await subscriptions.DeliveriesAsync(
            request.Subscription,
            request.ToRequest(new DeliveryFilters { Subscription = request.Subscription, Sequence = request.Sequence }),
            cancellationToken
        );
        return request.ToPage(page, row => JsonSerializer.Serialize(row.ToModel(), RegistryJson.Options));
    }
}
