using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Infrastructure.Forums;

namespace Registry.Api.Features.Forums;

/// <summary>Tells every version of a body: who wrote it, when and why, and what it changed.</summary>
public sealed record ListBodyHistory : RecordHistory
{
    /// <summary>The code of the forum.</summary>
    [FromRoute, Spelled(Capitals = true)]
    public string Forum { get; init; } = "";

    /// <summary>The code of the body.</summary>
    [FromRoute, Spelled]
    public string Code { get; init; } = "";

    internal override string Id => BodyStore.IdOf(Forum, Code);
}

internal sealed class ListBodyHistoryHandler(BodyReads bodies) : HistoryHandler<ListBodyHistory>(bodies);
