using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Domain.Meetings;
using Registry.Infrastructure.Meetings;
using Registry.Infrastructure.Records;

namespace Registry.Api.Features.Meetings;

/// <summary>Delete an outcome.</summary>
/// <remarks>
/// A tombstone takes the place of the record: its versions stay in the history, and it can be restored.
/// </remarks>
public sealed record DeleteOutcome : RecordChange, IRequest
{
    /// <summary>The id of the outcome.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string OutcomeId { get; init; } = "";

    internal override string Id => OutcomeId;
}

internal sealed class DeleteOutcomeHandler(Ledger ledger, OutcomeStore outcomes)
    : DeleteHandler<DeleteOutcome, Outcome, OutcomeDocument>(ledger, outcomes);
