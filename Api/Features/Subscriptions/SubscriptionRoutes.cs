using Registry.Api.Access;
using Registry.Api.Routing;
using Registry.Domain.Access;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Subscriptions;

namespace Registry.Api.Features.Subscriptions;

/// <summary>Maps the operations on subscriptions. Reads need a key too, because the URL of a receiver may be secret.</summary>
internal static class SubscriptionRoutes
{
    public static void MapSubscriptions(this IEndpointRouteBuilder v1)
    {
        var subscriptions = v1.MapGroup("/subscriptions").WithTags("Subscriptions").RequireRole(Role.Editor);
        subscriptions.MapList<ListSubscriptions, SubscriptionModel>("");
        subscriptions.MapCreate<CreateSubscription, SubscriptionModel>("", SubscriptionAt, live: true);
        subscriptions.MapAct<TestSubscription, DeliveryModel>("/{id}/test");
        subscriptions.MapList<ListDeliveries, DeliveryModel>("/{id}/deliveries");
        subscriptions.MapAct<RotateSecret>("/{id}/secret", typeof(SubscriptionModel));
        subscriptions.MapLive<GetSubscription, SubscriptionModel>("/{id}");
        subscriptions.MapCorrect<CorrectSubscription, SubscriptionModel>("/{id}");

        // DELETE is mapped last: the examples run in the order of the contract and need the subscription until then.
        subscriptions.MapDelete<DeleteSubscription>("/{id}");
    }

    private static string SubscriptionAt(StoredRecord stored) => $"/v1/subscriptions/{stored.Id}";
}
