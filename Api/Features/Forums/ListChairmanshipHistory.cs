using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Infrastructure.Forums;

namespace Registry.Api.Features.Forums;

/// <summary>Tells every version of a chairmanship: who wrote it, when and why, and what it changed.</summary>
public sealed record ListChairmanshipHistory : RecordHistory
{
    /// <summary>The id of the chairmanship.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string Chairmanship { get; init; } = "";

    internal override string Id => Chairmanship;
}

internal sealed class ListChairmanshipHistoryHandler(ChairmanshipReads chairmanships)
    : HistoryHandler<ListChairmanshipHistory>(chairmanships);
