using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Domain;
using Registry.Domain.Ministers;
using Registry.Infrastructure;
using Registry.Infrastructure.Ministers;

namespace Registry.Api.Features.Ministers;

/// <summary>Lists ministers: persons who hold or held posts.</summary>
public sealed record ListMinisters : RecordListQuery, IRequest<Page>
{
    /// <summary>Only those who hold or held this post.</summary>
    [FromQuery, StringLength(Slug.MaxLength)]
    public string? Post { get; init; }

    /// <summary>Only those who hold or held a post of this state.</summary>
    [FromQuery, StringLength(100)]
    public string? State { get; init; }

    /// <summary>Only those who hold or held a post of a body of this forum.</summary>
    [FromQuery, StringLength(100)]
    public string? Forum { get; init; }

    /// <summary>Only those who hold or held a post of this kind.</summary>
    [FromQuery]
    public PostKind? Kind { get; init; }

    /// <summary>Only the one that another system knows by this identifier: scheme:value, such as wikidata:Q4458371.</summary>
    [FromQuery, RegularExpression(IdentifierFilter.Pattern, ErrorMessage = IdentifierFilter.Sentence)]
    public string? Identifier { get; init; }

    internal override IReadOnlyList<string> Sorts => ["id", "name", "born"];
}

internal sealed class ListMinistersHandler(MinisterReads ministers) : IRequestHandler<ListMinisters, Page>
{
    public async Task<Page> Handle(ListMinisters request, CancellationToken cancellationToken)
    {
        var identifier = IdentifierFilter.Of(request.Identifier);
        var page = await ministers.ListAsync(
            request.ToRequest(
                ("Post", request.Post?.ToLowerInvariant()),
                ("State", request.State?.ToUpperInvariant()),
                ("Forum", request.Forum?.ToUpperInvariant()),
                ("Kind", request.Kind is { } kind ? Words.Of(kind) : null),
                ("IdentifierScheme", identifier?.Scheme),
                ("IdentifierValue", identifier?.Value)
            ),
            cancellationToken
        );
        return request.ToPage(page, row => row.Record);
    }
}
