using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Infrastructure.Meetings;

namespace Registry.Api.Features.Meetings;

/// <summary>Tells every version of an outcome: who wrote it, when and why, and what it changed.</summary>
public sealed record ListOutcomeHistory : RecordHistory
{
    /// <summary>The id of the outcome.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string OutcomeId { get; init; } = "";

    internal override string Id => OutcomeId;
}

internal sealed class ListOutcomeHistoryHandler(OutcomeReads outcomes) : HistoryHandler<ListOutcomeHistory>(outcomes);
