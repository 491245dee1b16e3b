using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http.Lists;
using Registry.Domain.Access;
using Registry.Infrastructure.Keys;
using Registry.Infrastructure.Records.Models;

namespace Registry.Api.Features.Keys;

/// <summary>List API keys.</summary>
/// <remarks>The keys themselves are not stored and not shown.</remarks>
public sealed record ListKeys : PresentListQuery, IRequest<Page>
{
    /// <summary>Only keys with this status.</summary>
    [FromQuery]
    public KeyStatus? Status { get; init; }

    /// <summary>Only keys with this role.</summary>
    [FromQuery]
    public Role? Role { get; init; }

    internal override IReadOnlyList<string> Sorts => ["id"];
}

internal sealed class ListKeysHandler(ApiKeyStore keys, TimeProvider clock) : IRequestHandler<ListKeys, Page>
{
    public async Task<Page> Handle(ListKeys request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var page = await keys.ListAsync(
            request.ToRequest(
                new ApiKeyFilters
                {
                    Role = request.Role is { } role ? Words.Of(role) : null,
                    Active = request.Status == KeyStatus.Active ? now : null,
                    Expired = request.Status == KeyStatus.Expired ? now : null,
                    Revoked = request.Status == KeyStatus.Revoked ? now : null,
                }
            ),
            cancellationToken
        );
        return request.ToPage(page, row => row.ToStored(now).Record);
    }
}
