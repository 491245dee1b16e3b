using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http.Lists;
using Registry.Infrastructure.Changes;
using Registry.Infrastructure.Provenance;

namespace Registry.Api.Features.Provenance;

/// <summary>List the citations of a source.</summary>
/// <remarks>Lists the records that cite the source, including its claims.</remarks>
public sealed record ListSourceCitations : ListQuery, IRequest<Page>
{
    /// <summary>The id of the source.</summary>
    [FromRoute(Name = "id")]
    public string Source { get; init; } = "";

    /// <summary>Only records of this collection.</summary>
    [FromQuery, StringLength(100)]
    public string? Collection { get; init; }

    internal override IReadOnlyList<string> Sorts => ["record"];

    /// <inheritdoc/>
    protected override IEnumerable<ValidationResult> ValidateMore()
    {
        if (Collection is not null && !ChangeSubject.Collections.Contains(Collection, StringComparer.OrdinalIgnoreCase))
        {
            yield return new ValidationResult(
                $"It is one of {string.Join(", ", ChangeSubject.Collections)}.",
                ["collection"]
            );
        }
    }
}

internal sealed class ListSourceCitationsHandler(SourceReads sources) : IRequestHandler<ListSourceCitations, Page>
{
    public async Task<Page> Handle(ListSourceCitations request, CancellationToken cancellationToken)
    {
        await sources.GetAsync(request.Source, request.KnownAt, cancellationToken);
        var page = await sources.CitingAsync(
            request.ToRequest(
                new CitationFilters { Source = request.Source, Collection = request.Collection?.ToLowerInvariant() }
            ),
            cancellationToken
        );
        return request.ToPage(page, row => row.ToJson());
    }
}
