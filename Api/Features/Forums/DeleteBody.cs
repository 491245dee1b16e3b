using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Domain.Forums;
using Registry.Infrastructure.Forums;
using Registry.Infrastructure.Records;

namespace Registry.Api.Features.Forums;

/// <summary>Delete a body.</summary>
/// <remarks>
/// A tombstone takes the place of the record: its versions stay in the history, and it can be restored.
/// </remarks>
public sealed record DeleteBody : RecordChange, IRequest
{
    /// <summary>The code of the forum.</summary>
    [FromRoute, Spelled(Capitals = true)]
    public string Forum { get; init; } = "";

    /// <summary>The code of the body.</summary>
    [FromRoute, Spelled]
    public string Code { get; init; } = "";

    internal override string Id => BodyStore.IdOf(Forum, Code);
}

internal sealed class DeleteBodyHandler(Ledger ledger, BodyStore bodies)
    : DeleteHandler<DeleteBody, Body, BodyDocument>(ledger, bodies);
