using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Domain.Provenance;
using Registry.Infrastructure.Provenance;
using Registry.Infrastructure.Records;

namespace Registry.Api.Features.Provenance;

/// <summary>Create or replace a source.</summary>
public sealed record ReplaceSource : RecordReplacement<SourceDocument>
{
    /// <summary>The id of the source.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string Source { get; init; } = "";

    internal override string Id => Source;
}

internal sealed class ReplaceSourceHandler(Ledger ledger, SourceStore sources)
    : ReplaceHandler<ReplaceSource, Source, SourceDocument>(ledger, sources);
