using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Domain.States;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.States;

namespace Registry.Api.Features.States;

/// <summary>Create or replace a state.</summary>
public sealed record ReplaceState : RecordReplacement<StateDocument>
{
    /// <summary>The code of the state.</summary>
    [FromRoute, Spelled(Capitals = true)]
    public string Code { get; init; } = "";

    internal override string Id => Code;
}

internal sealed class ReplaceStateHandler(Ledger ledger, StateStore states)
    : ReplaceHandler<ReplaceState, State, StateDocument>(ledger, states);
