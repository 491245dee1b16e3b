using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Domain.Ministers;
using Registry.Infrastructure.Ministers;
using Registry.Infrastructure.Records;

namespace Registry.Api.Features.Ministers;

/// <summary>Restore a minister.</summary>
public sealed record RestoreMinister : RecordRestoration
{
    /// <summary>The id of the minister.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string Minister { get; init; } = "";

    internal override string Id => Minister;
}

internal sealed class RestoreMinisterHandler(Ledger ledger, MinisterStore ministers)
    : RestoreHandler<RestoreMinister, Minister, MinisterDocument>(ledger, ministers);
