using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Domain.Meetings;
using Registry.Infrastructure.Meetings;
using Registry.Infrastructure.Records;

namespace Registry.Api.Features.Meetings;

/// <summary>Update an outcome.</summary>
public sealed record CorrectOutcome : RecordCorrection<OutcomeDocument>
{
    /// <summary>The id of the outcome.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string OutcomeId { get; init; } = "";

    internal override string Id => OutcomeId;
}

internal sealed class CorrectOutcomeHandler(Ledger ledger, OutcomeStore outcomes)
    : CorrectHandler<CorrectOutcome, Outcome, OutcomeDocument>(ledger, outcomes);
