using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Infrastructure.Forums;

namespace Registry.Api.Features.Forums;

/// <summary>List the versions of a body.</summary>
/// <remarks>Each version has its author, its time, its reason and what it changed.</remarks>
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
