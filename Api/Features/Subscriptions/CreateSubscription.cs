using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Infrastructure.Audit;
using Registry.Infrastructure.Idempotency;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Writing;
using Registry.Infrastructure.Subscriptions;

namespace Registry.Api.Features.Subscriptions;

/// <summary>Create a subscription.</summary>
/// <remarks>Subscribes to changes. The secret is returned only in this response.</remarks>
public sealed record CreateSubscription : IRequest<StoredRecord>
{
    /// <summary>The subscription.</summary>
    [FromBody, Required]
    public SubscriptionModel? Model { get; init; }
}

internal sealed class CreateSubscriptionHandler(
    SubscriptionStore subscriptions,
    ReceiverAddresses addresses,
    Author author,
    KeptAnswers answers,
    AuditLog audit
) : IRequestHandler<CreateSubscription, StoredRecord>
{
    public async Task<StoredRecord> Handle(CreateSubscription request, CancellationToken cancellationToken)
    {
        await addresses.CheckAsync(request.Model!.Url!, cancellationToken);
        return await subscriptions.CreateAsync(request.Model, author.Name, answers, audit, cancellationToken);
    }
}
