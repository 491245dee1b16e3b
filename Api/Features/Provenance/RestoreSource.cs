using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Domain.Provenance;
using Registry.Infrastructure.Provenance;
using Registry.Infrastructure.Records;

namespace Registry.Api.Features.Provenance;

/// <summary>Restore a source.</summary>
public sealed record RestoreSource : RecordRestoration
{
    /// <summary>The id of the source.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string Source { get; init; } = "";

    internal override string Id => Source;
}

internal sealed class RestoreSourceHandler(Ledger ledger, SourceStore sources)
    : RestoreHandler<RestoreSource, Source, SourceDocument>(ledger, sources);
