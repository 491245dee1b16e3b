using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Domain.States;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.States;

namespace Registry.Api.Features.States;

/// <summary>Delete a state.</summary>
/// <remarks>
/// A tombstone takes the place of the record: its versions stay in the history, and it can be restored.
/// </remarks>
public sealed record DeleteState : RecordChange, IRequest
{
    /// <summary>The code of the state.</summary>
    [FromRoute, Spelled(Capitals = true)]
    public string Code { get; init; } = "";

    internal override string Id => Code;
}

internal sealed class DeleteStateHandler(Ledger ledger, StateStore states)
    : DeleteHandler<DeleteState, State, StateDocument>(ledger, states);
