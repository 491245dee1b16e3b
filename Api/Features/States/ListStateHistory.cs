using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Infrastructure.States;

namespace Registry.Api.Features.States;

/// <summary>List the versions of a state.</summary>
/// <remarks>Each version has its author, its time, its reason and what it changed.</remarks>
public sealed record ListStateHistory : RecordHistory
{
    /// <summary>The code of the state.</summary>
    [FromRoute, Spelled(Capitals = true)]
    public string Code { get; init; } = "";

    internal override string Id => Code;
}

internal sealed class ListStateHistoryHandler(StateReads states) : HistoryHandler<ListStateHistory>(states);
