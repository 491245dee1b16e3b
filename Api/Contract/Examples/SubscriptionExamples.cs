using System.Text.Json.Nodes;
using Registry.Api.Features.Subscriptions;
using Registry.Domain.Meetings;
using Registry.Domain.Subscriptions;
using Registry.Infrastructure.Subscriptions;

namespace Registry.Api.Contract.Examples;

/// <summary>Examples of subscriptions and deliveries.</summary>
internal static class SubscriptionExamples
{
    /// <summary>The id in the examples.</summary>
    public const string Id = "portal";

    private static readonly DateTimeOffset Recorded = OperationExamples.Recorded;

    public static readonly Dictionary<Type, object> Answers = new()
    {
        [typeof(SubscriptionModel)] = Subscription() with
        {
            Status = SubscriptionStatus.Active,
            Position = 4711,
            CreatedBy = "admin",
            CreatedAt = Recorded,
            Version = 1,
            RecordedAt = Recorded,
        },
        [typeof(DeliveryModel)] = new DeliveryModel
        {
            Message = "portal_4711",
            Sequence = 4711,
            Attempt = 1,
            At = Recorded,
            Delivered = true,
            Status = 204,
            Duration = 85,
        },
    };

    public static readonly Dictionary<Type, object> Requests = new()
    {
        [typeof(CreateSubscription)] = Subscription(),
        [typeof(CorrectSubscription)] = new JsonObject { ["paused"] = true },
        [typeof(RotateSecret)] = new RotationModel { Secret = "whsec_YW4gZXhhbXBsZSwgbm90IGEgc2VjcmV0" },
    };

    private static SubscriptionModel Subscription() =>
        new()
        {
            Id = Id,
            Url = "https://portal.example/hooks/registry",
            Filter = new FilterModel
            {
                Forum = "CICA",
                Operations = [RecordOperation.Created, RecordOperation.Updated],
                Verbs = [OutcomeVerb.Adopted, OutcomeVerb.Decided],
            },
        };
}
