using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Infrastructure.Audit;
using Registry.Infrastructure.Idempotency;
using Registry.Infrastructure.Keys;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Mapping;

namespace Registry.Api.Features.Keys;

/// <summary>Revoke an API key.</summary>
/// <remarks>
/// The key, and the one before the last rotation, are refused from the next request on, by every process. This cannot be
/// undone.
/// </remarks>
public sealed record RevokeKey : IRequest<StoredRecord>
{
    /// <summary>The id of the key.</summary>
    [FromRoute]
    public string Id { get; init; } = "";

    /// <summary>The ETag of the expected version; optional.</summary>
    [FromHeader(Name = "If-Match")]
    public ExpectedVersion IfMatch { get; init; } = ExpectedVersion.Unsaid;
}

internal sealed class RevokeKeyHandler(ApiKeyStore keys, AuditLog audit, KeptAnswers answers)
    : IRequestHandler<RevokeKey, StoredRecord>
{
    public Task<StoredRecord> Handle(RevokeKey request, CancellationToken cancellationToken) =>
        keys.RevokeAsync(request.Id, request.IfMatch, audit, answers, cancellationToken);
}
