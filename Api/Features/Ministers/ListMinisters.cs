using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Features.LinkedData;
using Registry.Api.Http;
using Registry.Api.Http.Lists;
using Registry.Domain;
using Registry.Domain.Ministers;
using Registry.Infrastructure.Ministers;

namespace Registry.Api.Features.Ministers;

/// <summary>List ministers.</summary>
/// <remarks>Ministers are persons who hold or held posts.</remarks>
public sealed record ListMinisters : RecordListQuery, IRequest<Page>
{
    /// <summary>Only ministers who hold or held this post.</summary>
    [FromQuery, StringLength(Slug.MaxLength), Codes(CodeKind.Id)]
    public IReadOnlyList<string>? Post { get; init; }

    /// <summary>Only ministers who hold or held a post of this state.</summary>
    [FromQuery, Codes(CodeKind.State)]
    public IReadOnlyList<string>? State { get; init; }

    /// <summary>Only ministers who hold or held a post of a body of this forum.</summary>
    [FromQuery, Codes(CodeKind.Forum)]
    public IReadOnlyList<string>? Forum { get; init; }

    /// <summary>Only ministers who hold or held a post of this kind.</summary>
    [FromQuery]
    public IReadOnlyList<PostKind>? Kind { get; init; }

    /// <summary>
    /// Only the minister with this identifier in another system: scheme:value, such as wikidata:Q4458371.
    /// </summary>
    [FromQuery, RegularExpression(IdentifierFilter.Pattern, ErrorMessage = IdentifierFilter.Sentence)]
    public string? Identifier { get; init; }

    internal override IReadOnlyList<string> Orders => ["id", "name", "born"];

    internal override IReadOnlyList<ResponseFormat> Formats => [.. base.Formats, Popolo.Format];
}

internal sealed class ListMinistersHandler(MinisterReads ministers) : IRequestHandler<ListMinisters, Page>
{
    public async Task<Page> Handle(ListMinisters request, CancellationToken cancellationToken)
    {
        var identifier = IdentifierFilter.Of(request.Identifier);
        var page = await ministers.ListAsync(
            request.ToRequest(
                new MinisterFilters
                {
                    Post = MultiValueParameters.ToLowerIds(request.Post),
                    State = MultiValueParameters.ToUpperCodes(request.State),
                    Forum = MultiValueParameters.ToUpperCodes(request.Forum),
                    Kind = MultiValueParameters.ToWords(request.Kind),
                    IdentifierScheme = identifier?.Scheme,
                    IdentifierValue = identifier?.Value,
                }
            ),
            cancellationToken
        );
        return request.ToPage(page, row => row.Record);
    }
}
