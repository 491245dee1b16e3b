using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Infrastructure.Audit;
using Registry.Infrastructure.Idempotency;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Subscriptions;

namespace Registry.Api.Features.Subscriptions;

/// <summary>Rotate the secret of a subscription.</summary>
/// <remarks>
/// Sets a new secret, which is returned only in this response. For 24 hours messages are signed with the former
/// secret too, so that none is refused while the receiver switches to the new one.
/// </remarks>
public sealed record RotateSecret : IRequest<StoredRecord>
{
    /// <summary>The id of the subscription.</summary>
    [FromRoute]
    public string Id { get; init; } = "";

    /// <summary>The ETag of the expected version; optional.</summary>
    [FromHeader(Name = "If-Match")]
    public ExpectedVersion IfMatch { get; init; } = ExpectedVersion.Unsaid;

    /// <summary>The new secret, or an empty object for one made by the registry.</summary>
    [FromBody, Required]
    public RotationModel? Model { get; init; }
}

internal sealed class RotateSecretHandler(SubscriptionStore subscriptions, KeptAnswers answers, AuditLog audit)
    : IRequestHandler<RotateSecret, StoredRecord>
{
    public Task<StoredRecord> Handle(RotateSecret request, CancellationToken cancellationToken) =>
        subscriptions.RotateAsync(
            request.Id,
            request.IfMatch,
            request.Model!.Secret,
            answers,
            audit,
            cancellationToken
        );
}
