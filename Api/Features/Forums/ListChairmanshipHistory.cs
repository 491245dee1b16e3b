using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Infrastructure.Forums;

namespace Registry.Api.Features.Forums;

/// <summary>List the versions of a chairmanship.</summary>
/// <remarks>Each version has its author, its time, its reason and what it changed.</remarks>
public sealed record ListChairmanshipHistory : RecordHistory
{
    /// <summary>The id of the chairmanship.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string Chairmanship { get; init; } = "";

    internal override string Id => Chairmanship;
}

internal sealed class ListChairmanshipHistoryHandler(ChairmanshipReads chairmanships)
    : HistoryHandler<ListChairmanshipHistory>(chairmanships);
