using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Domain.Meetings;
using Registry.Infrastructure.Meetings;
using Registry.Infrastructure.Records;

namespace Registry.Api.Features.Meetings;

/// <summary>Restore an outcome.</summary>
public sealed record RestoreOutcome : RecordRestoration
{
    /// <summary>The id of the outcome.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string OutcomeId { get; init; } = "";

    internal override string Id => OutcomeId;
}

internal sealed class RestoreOutcomeHandler(Ledger ledger, OutcomeStore outcomes)
    : RestoreHandler<RestoreOutcome, Outcome, OutcomeDocument>(ledger, outcomes);
