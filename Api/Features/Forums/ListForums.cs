using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Features.LinkedData;
using Registry.Api.Http;
using Registry.Api.Http.Lists;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Domain.States;
using Registry.Infrastructure.Forums;

namespace Registry.Api.Features.Forums;

/// <summary>List forums.</summary>
public sealed record ListForums : RecordListQuery, IRequest<Page>
{
    /// <summary>
    /// Only forums that may have had this legal nature on a day of the date on, or today (UTC) when on is absent.
    /// </summary>
    [FromQuery]
    public IReadOnlyList<LegalNature>? Nature { get; init; }

    /// <summary>
    /// Only forums that may have been active on this day, or on a day of this month or year: from founded to dissolved, at
    /// the widest reading of the dates.
    /// </summary>
    [FromQuery]
    public PartialDate? On { get; init; }

    /// <summary>Only forums with their seat in this state.</summary>
    [FromQuery, RegularExpression(StateCode.Pattern, ErrorMessage = StateCode.Sentence)]
    public IReadOnlyList<string>? SeatCountry { get; init; }

    /// <summary>Only forums with this identifier in another system: scheme:value, such as wikidata:Q7184.</summary>
    [FromQuery, RegularExpression(IdentifierFilter.Pattern, ErrorMessage = IdentifierFilter.Sentence)]
    public string? Identifier { get; init; }

    internal override IReadOnlyList<string> Orders => ["code", "name", "founded"];

    internal override IReadOnlyList<ResponseFormat> Formats => [.. base.Formats, Popolo.Format];
}

internal sealed class ListForumsHandler(ForumReads forums, TimeProvider clock) : IRequestHandler<ListForums, Page>
{
    public async Task<Page> Handle(ListForums request, CancellationToken cancellationToken)
    {
        var identifier = IdentifierFilter.Of(request.Identifier);
        var page = await forums.ListAsync(
            request.ToRequest(
                new ForumFilters
                {
                    Nature = MultiValueParameters.ToWords(request.Nature),
                    Days = Days.OrToday(request.On, clock),
                    On = Days.Of(request.On),
                    SeatCountry = request.SeatCountry,
                    IdentifierScheme = identifier?.Scheme,
                    IdentifierValue = identifier?.Value,
                }
            ),
            cancellationToken
        );
        return request.ToPage(page, row => row.Record);
    }
}
