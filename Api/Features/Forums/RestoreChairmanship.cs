using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Domain.Forums;
using Registry.Infrastructure.Forums;
using Registry.Infrastructure.Records;

namespace Registry.Api.Features.Forums;

/// <summary>Restore a chairmanship.</summary>
public sealed record RestoreChairmanship : RecordRestoration
{
    /// <summary>The id of the chairmanship.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string Chairmanship { get; init; } = "";

    internal override string Id => Chairmanship;
}

internal sealed class RestoreChairmanshipHandler(Ledger ledger, ChairmanshipStore chairmanships)
    : RestoreHandler<RestoreChairmanship, Chairmanship, ChairmanshipDocument>(ledger, chairmanships);
