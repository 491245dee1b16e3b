using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Domain.States;
using Registry.Infrastructure;
using Registry.Infrastructure.States;

namespace Registry.Api.Features.States;

/// <summary>Lists states, those that are gone included.</summary>
public sealed record ListStates : RecordListQuery, IRequest<Page>
{
    /// <summary>Only states that may have existed on this day, at the widest reading of their dates.</summary>
    [FromQuery]
    public DateOnly? On { get; init; }

    /// <summary>Only states of this M49 region.</summary>
    [FromQuery]
    public Region? Region { get; init; }

    /// <summary>Only states with this code in any system: KZ, KAZ, 398 or Q232.</summary>
    [FromQuery, StringLength(100)]
    public string? Code { get; init; }

    /// <summary>Only the states that another system knows by this identifier: scheme:value, such as wikidata:Q232.</summary>
    [FromQuery, RegularExpression(IdentifierFilter.Pattern, ErrorMessage = IdentifierFilter.Sentence)]
    public string? Identifier { get; init; }

    internal override IReadOnlyList<string> Sorts => ["code", "name", "existence"];
}

internal sealed class ListStatesHandler(StateReads states) : IRequestHandler<ListStates, Page>
{
    public async Task<Page> Handle(ListStates request, CancellationToken cancellationToken)
    {
        var identifier = IdentifierFilter.Of(request.Identifier);
        var page = await states.ListAsync(
            request.ToRequest(
                ("On", request.On),
                ("Region", request.Region is { } region ? Words.Of(region) : null),
                ("AnyCode", request.Code),
                ("AnyCodeInCapitals", request.Code?.ToUpperInvariant()),
                ("IdentifierScheme", identifier?.Scheme),
                ("IdentifierValue", identifier?.Value)
            ),
            cancellationToken
        );
        return request.ToPage(page, row => row.Record);
    }
}
