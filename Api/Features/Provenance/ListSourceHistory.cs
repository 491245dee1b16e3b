using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Infrastructure.Provenance;

namespace Registry.Api.Features.Provenance;

/// <summary>List the versions of a source.</summary>
/// <remarks>Each version has its author, its time, its reason and what it changed.</remarks>
public sealed record ListSourceHistory : RecordHistory
{
    /// <summary>The id of the source.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string Source { get; init; } = "";

    internal override string Id => Source;
}

internal sealed class ListSourceHistoryHandler(SourceReads sources) : HistoryHandler<ListSourceHistory>(sources);
