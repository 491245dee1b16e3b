using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http.Lists;
using Registry.Domain.Subscriptions;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Subscriptions;

namespace Registry.Api.Features.Subscriptions;

/// <summary>List subscriptions.</summary>
public sealed record ListSubscriptions : PresentListQuery, IRequest<Page>
{
    /// <summary>Only subscriptions with this status.</summary>
    [FromQuery]
    public SubscriptionStatus? Status { get; init; }

    internal override IReadOnlyList<string> Sorts => ["id"];
}

internal sealed class ListSubscriptionsHandler(SubscriptionStore subscriptions)
    : IRequestHandler<ListSubscriptions, Page>
{
    public async Task<Page> Handle(ListSubscriptions request, CancellationToken cancellationToken)
    {
        var page = await subscriptions.ListAsync(
            request.ToRequest(
                new SubscriptionFilters { Status = request.Status is { } status ? Words.Of(status) : null }
            ),
            cancellationToken
        );
        return request.ToPage(page, row => row.ToStored().Record);
    }
}
