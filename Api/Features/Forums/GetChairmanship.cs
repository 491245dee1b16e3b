using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Infrastructure.Forums;

namespace Registry.Api.Features.Forums;

/// <summary>Get a chairmanship.</summary>
public sealed record GetChairmanship : RecordRead
{
    /// <summary>The id of the chairmanship.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string Chairmanship { get; init; } = "";

    internal override string Id => Chairmanship;
}

internal sealed class GetChairmanshipHandler(ChairmanshipReads chairmanships)
    : GetHandler<GetChairmanship>(chairmanships);
