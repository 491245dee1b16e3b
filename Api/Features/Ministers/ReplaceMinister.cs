using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Domain.Ministers;
using Registry.Infrastructure.Ministers;
using Registry.Infrastructure.Records;

namespace Registry.Api.Features.Ministers;

/// <summary>Create or replace a minister.</summary>
public sealed record ReplaceMinister : RecordReplacement<MinisterDocument>
{
    /// <summary>The id of the minister.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string Minister { get; init; } = "";

    internal override string Id => Minister;
}

internal sealed class ReplaceMinisterHandler(Ledger ledger, MinisterStore ministers)
    : ReplaceHandler<ReplaceMinister, Minister, MinisterDocument>(ledger, ministers);
