using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Domain.Ministers;
using Registry.Infrastructure.Ministers;
using Registry.Infrastructure.Records;

namespace Registry.Api.Features.Ministers;

/// <summary>Delete a minister.</summary>
/// <remarks>
/// A tombstone takes the place of the record: its versions stay in the history, and it can be restored.
/// </remarks>
public sealed record DeleteMinister : RecordChange, IRequest
{
    /// <summary>The id of the minister.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string Minister { get; init; } = "";

    internal override string Id => Minister;
}

internal sealed class DeleteMinisterHandler(Ledger ledger, MinisterStore ministers)
    : DeleteHandler<DeleteMinister, Minister, MinisterDocument>(ledger, ministers);
