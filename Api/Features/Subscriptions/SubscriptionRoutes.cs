using Registry.Api.Routing;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Subscriptions;

namespace Registry.Api.Features.Subscriptions;

/// <summary>The addresses of subscriptions. Reading them needs a key too: the address of a receiver may be a secret.</summary>
internal static class SubscriptionRoutes
{
    public static void MapSubscriptions(this IEndpointRouteBuilder v1)
    {
        var subscriptions = v1.MapGroup("/subscriptions").WithTags("Subscriptions").RequireAuthorization();
        subscriptions.MapList<ListSubscriptions, SubscriptionDocument>("");
        subscriptions.MapCreate<CreateSubscription, SubscriptionDocument>("", SubscriptionAt, live: true);
        subscriptions.MapAct<TestSubscription, DeliveryDocument>("/{id}/test");
        subscriptions.MapList<ListDeliveries, DeliveryDocument>("/{id}/deliveries");
        subscriptions.MapAct<RotateSecret>("/{id}/secret", typeof(SubscriptionDocument));
        subscriptions.MapLive<GetSubscription, SubscriptionDocument>("/{id}");
        subscriptions.MapCorrect<CorrectSubscription, SubscriptionDocument>("/{id}");

        // Last, as the contract has them in this order, and what is tried along it is there until then.
        subscriptions.MapDelete<DeleteSubscription>("/{id}");
    }

    private static string SubscriptionAt(StoredRecord stored) => $"/v1/subscriptions/{stored.Id}";
}
