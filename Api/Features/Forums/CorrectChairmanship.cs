using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Domain.Forums;
using Registry.Infrastructure.Forums;
using Registry.Infrastructure.Records;

namespace Registry.Api.Features.Forums;

/// <summary>Update a chairmanship.</summary>
public sealed record CorrectChairmanship : RecordCorrection<ChairmanshipDocument>
{
    /// <summary>The id of the chairmanship.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string Chairmanship { get; init; } = "";

    internal override string Id => Chairmanship;
}

internal sealed class CorrectChairmanshipHandler(Ledger ledger, ChairmanshipStore chairmanships)
    : CorrectHandler<CorrectChairmanship, Chairmanship, ChairmanshipDocument>(ledger, chairmanships);
