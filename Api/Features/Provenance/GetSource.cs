using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Infrastructure.Provenance;

namespace Registry.Api.Features.Provenance;

/// <summary>Get a source.</summary>
public sealed record GetSource : RecordRead
{
    /// <summary>The id of the source.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string Source { get; init; } = "";

    internal override string Id => Source;
}

internal sealed class GetSourceHandler(SourceReads sources) : GetHandler<GetSource>(sources);
