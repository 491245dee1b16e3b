using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Infrastructure.Ministers;

namespace Registry.Api.Features.Ministers;

/// <summary>List the versions of a minister.</summary>
/// <remarks>Each version has its author, its time, its reason and what it changed.</remarks>
public sealed record ListMinisterHistory : RecordHistory
{
    /// <summary>The id of the minister.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string Minister { get; init; } = "";

    internal override string Id => Minister;
}

internal sealed class ListMinisterHistoryHandler(MinisterReads ministers)
    : HistoryHandler<ListMinisterHistory>(ministers);
