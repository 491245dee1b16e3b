using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Domain.Meetings;
using Registry.Infrastructure.Meetings;
using Registry.Infrastructure.Records;

namespace Registry.Api.Features.Meetings;

/// <summary>Create or replace an outcome.</summary>
public sealed record ReplaceOutcome : RecordReplacement<OutcomeDocument>
{
    /// <summary>The id of the outcome.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string OutcomeId { get; init; } = "";

    internal override string Id => OutcomeId;
}

internal sealed class ReplaceOutcomeHandler(Ledger ledger, OutcomeStore outcomes)
    : ReplaceHandler<ReplaceOutcome, Outcome, OutcomeDocument>(ledger, outcomes);
