using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Domain.Forums;
using Registry.Infrastructure.Forums;
using Registry.Infrastructure.Records;

namespace Registry.Api.Features.Forums;

/// <summary>Create or replace a chairmanship.</summary>
public sealed record ReplaceChairmanship : RecordReplacement<ChairmanshipDocument>
{
    /// <summary>The id of the chairmanship.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string Chairmanship { get; init; } = "";

    internal override string Id => Chairmanship;
}

internal sealed class ReplaceChairmanshipHandler(Ledger ledger, ChairmanshipStore chairmanships)
    : ReplaceHandler<ReplaceChairmanship, Chairmanship, ChairmanshipDocument>(ledger, chairmanships);
