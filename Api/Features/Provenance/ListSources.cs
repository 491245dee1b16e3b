using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Domain;
using Registry.Domain.Provenance;
using Registry.Infrastructure;
using Registry.Infrastructure.Provenance;

namespace Registry.Api.Features.Provenance;

/// <summary>Lists sources: publications, registers and data sets that facts and claims rest on.</summary>
public sealed record ListSources : RecordListQuery, IRequest<Page>
{
    /// <summary>Only sources of this kind.</summary>
    [FromQuery]
    public SourceKind? Kind { get; init; }

    /// <summary>Only sources in this language, a BCP 47 tag.</summary>
    [FromQuery, StringLength(100)]
    public string? Language { get; init; }

    /// <summary>Only sources that can be relied on so much.</summary>
    [FromQuery]
    public Reliability? Reliability { get; init; }

    /// <summary>Only the sources to be read at this address.</summary>
    [FromQuery, StringLength(WebLink.MaxUrlLength)]
    public string? Url { get; init; }

    internal override IReadOnlyList<string> Sorts => ["id", "title", "published"];
}

internal sealed class ListSourcesHandler(SourceReads sources) : IRequestHandler<ListSources, Page>
{
    public async Task<Page> Handle(ListSources request, CancellationToken cancellationToken)
    {
        var page = await sources.ListAsync(
            request.ToRequest(
                ("Kind", request.Kind is { } kind ? Words.Of(kind) : null),
                ("Language", request.Language),
                ("Reliability", request.Reliability is { } reliability ? Words.Of(reliability) : null),
                ("Url", request.Url)
            ),
            cancellationToken
        );
        return request.ToPage(page, row => row.Record);
    }
}
