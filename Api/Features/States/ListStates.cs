using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http.Lists;
using Registry.Domain;
using Registry.Domain.States;
using Registry.Infrastructure.States;

namespace Registry.Api.Features.States;

/// <summary>List states.</summary>
/// <remarks>Includes former states.</remarks>
public sealed record ListStates : RecordListQuery, IRequest<Page>
{
    /// <summary>
    /// Only states that may have existed on this day, or on a day of this month or year, at the widest reading of their dates.
    /// </summary>
    [FromQuery]
    public PartialDate? On { get; init; }

    /// <summary>Only states of this M49 region.</summary>
    [FromQuery]
    public IReadOnlyList<Region>? Region { get; init; }

    /// <summary>Only states with this code in any system: KZ, KAZ, 398 or Q232.</summary>
    [FromQuery, Codes(CodeKind.AnySystem)]
    public IReadOnlyList<string>? Code { get; init; }

    /// <summary>Only states with this identifier in another system: scheme:value, such as wikidata:Q232.</summary>
    [FromQuery, RegularExpression(IdentifierFilter.Pattern, ErrorMessage = IdentifierFilter.Sentence)]
    public string? Identifier { get; init; }

    internal override IReadOnlyList<string> Orders => ["code", "name", "existence"];
}

internal sealed class ListStatesHandler(StateReads states) : IRequestHandler<ListStates, Page>
{
    public async Task<Page> Handle(ListStates request, CancellationToken cancellationToken)
    {
        var identifier = IdentifierFilter.Of(request.Identifier);
        var page = await states.ListAsync(
            request.ToRequest(
                new StateFilters
                {
                    On = Days.Of(request.On),
                    Region = MultiValueParameters.ToWords(request.Region),
                    AnyCode = request.Code is null
                        ? null
                        : [.. request.Code.Union(MultiValueParameters.ToUpperCodes(request.Code)!)],
                    IdentifierScheme = identifier?.Scheme,
                    IdentifierValue = identifier?.Value,
                }
            ),
            cancellationToken
        );
        return request.ToPage(page, row => row.Record);
    }
}
