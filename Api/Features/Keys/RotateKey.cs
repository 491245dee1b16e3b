using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Infrastructure.Audit;
using Registry.Infrastructure.Idempotency;
using Registry.Infrastructure.Keys;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Mapping;

namespace Registry.Api.Features.Keys;

/// <summary>Rotate an API key.</summary>
/// <remarks>
/// The member key of this response is the new key, which is shown only here. The former one is accepted for the hours of the
/// overlap, so that no request is refused while its holder switches.
/// </remarks>
public sealed record RotateKey : IRequest<StoredRecord>
{
    /// <summary>The id of the key.</summary>
    [FromRoute]
    public string Id { get; init; } = "";

    /// <summary>The ETag of the expected version; optional.</summary>
    [FromHeader(Name = "If-Match")]
    public ExpectedVersion IfMatch { get; init; } = ExpectedVersion.Unsaid;

    /// <summary>The overlap, or an empty object for the default.</summary>
    [FromBody, Required]
    public KeyRotationModel? Model { get; init; }
}

internal sealed class RotateKeyHandler(ApiKeyStore keys, AuditLog audit, KeptAnswers answers)
    : IRequestHandler<RotateKey, StoredRecord>
{
    public Task<StoredRecord> Handle(RotateKey request, CancellationToken cancellationToken) =>
        keys.RotateAsync(
            request.Id,
            request.IfMatch,
            TimeSpan.FromHours(request.Model!.OverlapHours ?? KeyRotationModel.UsualOverlap),
            audit,
            answers,
            cancellationToken
        );
}
