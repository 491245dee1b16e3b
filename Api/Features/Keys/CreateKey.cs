using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Infrastructure.Audit;
using Registry.Infrastructure.Idempotency;
using Registry.Infrastructure.Keys;
using Registry.Infrastructure.Records.Mapping;

namespace Registry.Api.Features.Keys;

/// <summary>Create an API key.</summary>
/// <remarks>The member key of this response is the key itself: 256 random bits, which are stored as a hash and shown only here.</remarks>
public sealed record CreateKey : IRequest<StoredRecord>
{
    /// <summary>The key.</summary>
    [FromBody, Required]
    public ApiKeyModel? Model { get; init; }
}

internal sealed class CreateKeyHandler(ApiKeyStore keys, AuditLog audit, KeptAnswers answers)
    : IRequestHandler<CreateKey, StoredRecord>
{
    public Task<StoredRecord> Handle(CreateKey request, CancellationToken cancellationToken) =>
        keys.CreateAsync(request.Model!, audit, answers, cancellationToken);
}
