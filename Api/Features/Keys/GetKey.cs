using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Infrastructure.Keys;
using Registry.Infrastructure.Records.Mapping;

namespace Registry.Api.Features.Keys;

/// <summary>Get an API key.</summary>
/// <remarks>A revoked key stays on record; the key itself is not shown.</remarks>
public sealed record GetKey : IRequest<StoredRecord>
{
    /// <summary>The id of the key.</summary>
    [FromRoute]
    public string Id { get; init; } = "";
}

internal sealed class GetKeyHandler(ApiKeyStore keys, TimeProvider clock) : IRequestHandler<GetKey, StoredRecord>
{
    public async Task<StoredRecord> Handle(GetKey request, CancellationToken cancellationToken) =>
        (await keys.GetAsync(request.Id, cancellationToken)).ToStored(clock.GetUtcNow());
}
