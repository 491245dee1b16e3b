using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http.Bodies;
using Registry.Api.Http.Requests;
using Registry.Infrastructure.Audit;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Subscriptions;

namespace Registry.Api.Features.Subscriptions;

/// <summary>Update a subscription.</summary>
/// <remarks>Changes where and what the subscription sends, pauses it, or resumes it where it stopped.</remarks>
public sealed record CorrectSubscription : VersionedChange, IRequest<StoredRecord>
{
    /// <summary>The id of the subscription.</summary>
    [FromRoute(Name = "id")]
    public string Subscription { get; init; } = "";

    /// <summary>The members that change; null removes one.</summary>
    [FromBody, Required]
    public JsonObject? Patch { get; init; }
}

internal sealed class CorrectSubscriptionHandler(
    SubscriptionStore subscriptions,
    ReceiverAddresses addresses,
    AuditLog audit
) : IRequestHandler<CorrectSubscription, StoredRecord>
{
    public async Task<StoredRecord> Handle(CorrectSubscription request, CancellationToken cancellationToken)
    {
        // Before the transaction, which must not wait for a DNS lookup.
        if (request.Patch!["url"] is JsonValue url && url.TryGetValue<string>(out var text))
        {
            await addresses.CheckAsync(text, cancellationToken);
        }

        return await subscriptions.CorrectAsync(
            request.Subscription,
            request.IfMatch,
            record => RecordJson.ReadPatched<SubscriptionModel>(record, request.Patch!),
            audit,
            cancellationToken
        );
    }
}
