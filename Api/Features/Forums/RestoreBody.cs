using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Domain.Forums;
using Registry.Infrastructure.Forums;
using Registry.Infrastructure.Records;

namespace Registry.Api.Features.Forums;

/// <summary>Restore a body.</summary>
public sealed record RestoreBody : RecordRestoration
{
    /// <summary>The code of the forum.</summary>
    [FromRoute, Spelled(Capitals = true)]
    public string Forum { get; init; } = "";

    /// <summary>The code of the body.</summary>
    [FromRoute, Spelled]
    public string Code { get; init; } = "";

    internal override string Id => BodyStore.IdOf(Forum, Code);
}

internal sealed class RestoreBodyHandler(Ledger ledger, BodyStore bodies)
    : RestoreHandler<RestoreBody, Body, BodyDocument>(ledger, bodies);
