using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Domain.States;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.States;

namespace Registry.Api.Features.States;

/// <summary>Restore a state.</summary>
public sealed record RestoreState : RecordRestoration
{
    /// <summary>The code of the state.</summary>
    [FromRoute, Spelled(Capitals = true)]
    public string Code { get; init; } = "";

    internal override string Id => Code;
}

internal sealed class RestoreStateHandler(Ledger ledger, StateStore states)
    : RestoreHandler<RestoreState, State, StateDocument>(ledger, states);
