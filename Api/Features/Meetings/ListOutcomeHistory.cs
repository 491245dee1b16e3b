using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Infrastructure.Meetings;

namespace Registry.Api.Features.Meetings;

/// <summary>List the versions of an outcome.</summary>
/// <remarks>Each version has its author, its time, its reason and what it changed.</remarks>
public sealed record ListOutcomeHistory : RecordHistory
{
    /// <summary>The id of the outcome.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string OutcomeId { get; init; } = "";

    internal override string Id => OutcomeId;
}

internal sealed class ListOutcomeHistoryHandler(OutcomeReads outcomes) : HistoryHandler<ListOutcomeHistory>(outcomes);
