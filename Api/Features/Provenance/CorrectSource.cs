using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Domain.Provenance;
using Registry.Infrastructure.Provenance;
using Registry.Infrastructure.Records;

namespace Registry.Api.Features.Provenance;

/// <summary>Update a source.</summary>
public sealed record CorrectSource : RecordCorrection<SourceDocument>
{
    /// <summary>The id of the source.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string Source { get; init; } = "";

    internal override string Id => Source;
}

internal sealed class CorrectSourceHandler(Ledger ledger, SourceStore sources)
    : CorrectHandler<CorrectSource, Source, SourceDocument>(ledger, sources);
