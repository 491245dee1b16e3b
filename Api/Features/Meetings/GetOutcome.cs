using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Infrastructure.Meetings;

namespace Registry.Api.Features.Meetings;

/// <summary>Get an outcome.</summary>
public sealed record GetOutcome : RecordRead
{
    /// <summary>The id of the outcome.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string OutcomeId { get; init; } = "";

    internal override string Id => OutcomeId;
}

internal sealed class GetOutcomeHandler(OutcomeReads outcomes) : GetHandler<GetOutcome>(outcomes);
