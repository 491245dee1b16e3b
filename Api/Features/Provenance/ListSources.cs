using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http.Lists;
using Registry.Domain;
using Registry.Domain.Provenance;
using Registry.Infrastructure.Provenance;

namespace Registry.Api.Features.Provenance;

/// <summary>List sources.</summary>
/// <remarks>Sources are publications, registers and data sets that facts and claims rest on.</remarks>
public sealed record ListSources : RecordListQuery, IRequest<Page>
{
    /// <summary>Only sources of this kind.</summary>
    [FromQuery]
    public IReadOnlyList<SourceKind>? Kind { get; init; }

    /// <summary>Only sources in this language, a BCP 47 tag.</summary>
    [
        FromQuery,
        RegularExpression(Domain.Language.Pattern, ErrorMessage = "It is a BCP 47 language tag, such as en or sr-Latn.")
    ]
    public IReadOnlyList<string>? Language { get; init; }

    /// <summary>Only sources with this reliability.</summary>
    [FromQuery]
    public IReadOnlyList<Reliability>? Reliability { get; init; }

    /// <summary>Only sources at this web address.</summary>
    [FromQuery, StringLength(WebLink.MaxUrlLength)]
    public string? Url { get; init; }

    /// <summary>
    /// Only sources that may have been published on this day or later: a month or a year counts from its first day.
    /// </summary>
    [FromQuery]
    public PartialDate? From { get; init; }

    /// <summary>
    /// Only sources that may have been published on this day or earlier: a month or a year counts to its last day.
    /// </summary>
    [FromQuery]
    public PartialDate? Until { get; init; }

    internal override IReadOnlyList<string> Orders => ["id", "title", "published"];

    /// <inheritdoc/>
    protected override IEnumerable<ValidationResult> ValidateMore() => Days.Backwards(From, Until);
}

internal sealed class ListSourcesHandler(SourceReads sources) : IRequestHandler<ListSources, Page>
{
    public async Task<Page> Handle(ListSources request, CancellationToken cancellationToken)
    {
        var page = await sources.ListAsync(
            request.ToRequest(
                new SourceFilters
                {
                    Kind = MultiValueParameters.ToWords(request.Kind),
                    Language = request.Language,
                    Reliability = MultiValueParameters.ToWords(request.Reliability),
                    Url = request.Url,
                    Within = DaySpan.Between(request.From, request.Until),
                }
            ),
            cancellationToken
        );
        return request.ToPage(page, row => row.Record);
    }
}
