using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http.Bodies;
using Registry.Api.Http.Requests;
using Registry.Infrastructure.Audit;
using Registry.Infrastructure.Keys;
using Registry.Infrastructure.Records.Mapping;

namespace Registry.Api.Features.Keys;

/// <summary>Update an API key.</summary>
/// <remarks>Changes label, owner, role, scope or expiry, from the next request with the key on. The key itself stays the same.</remarks>
public sealed record CorrectKey : VersionedChange, IRequest<StoredRecord>
{
    /// <summary>The id of the key.</summary>
    [FromRoute]
    public string Id { get; init; } = "";

    /// <summary>The members that change; null removes one.</summary>
    [FromBody, Required]
    public JsonObject? Patch { get; init; }
}

internal sealed class CorrectKeyHandler(ApiKeyStore keys, AuditLog audit) : IRequestHandler<CorrectKey, StoredRecord>
{
    public Task<StoredRecord> Handle(CorrectKey request, CancellationToken cancellationToken) =>
        keys.CorrectAsync(
            request.Id,
            request.IfMatch,
            record => RecordJson.ReadPatched<ApiKeyModel>(record, request.Patch!),
            audit,
            cancellationToken
        );
}
