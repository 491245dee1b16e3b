using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http.Lists;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Infrastructure.Forums;

namespace Registry.Api.Features.Forums;

/// <summary>List chairmanships.</summary>
/// <remarks>Covers all forums and bodies.</remarks>
public sealed record ListChairmanships : RecordListQuery, IRequest<Page>
{
    /// <summary>Only chairmanships of this forum and its bodies.</summary>
    [FromQuery, Codes(CodeKind.Forum)]
    public IReadOnlyList<string>? Forum { get; init; }

    /// <summary>Only chairmanships of this body, such as CSTO/permanent-council.</summary>
    [FromQuery, Codes(CodeKind.Body)]
    public string? Body { get; init; }

    /// <summary>Only chairmanships of the state or forum with this code.</summary>
    [FromQuery, Codes(CodeKind.Party)]
    public IReadOnlyList<string>? Chair { get; init; }

    /// <summary>Only chairmanships of states, or only those of forums.</summary>
    [FromQuery]
    public IReadOnlyList<PartyKind>? ChairKind { get; init; }

    /// <summary>Only those that may have held on this day, or on a day of this month or year, at the widest reading of their own dates.</summary>
    [FromQuery]
    public PartialDate? On { get; init; }

    /// <summary>Only those that may have held on this day or later: a month or a year counts from its first day.</summary>
    [FromQuery]
    public PartialDate? From { get; init; }

    /// <summary>Only those that may have held on this day or earlier: a month or a year counts to its last day.</summary>
    [FromQuery]
    public PartialDate? Until { get; init; }

    internal override IReadOnlyList<string> Orders => ["id", "since", "chair"];

    /// <inheritdoc/>
    protected override IEnumerable<ValidationResult> ValidateMore() => Days.Backwards(From, Until);
}

internal sealed class ListChairmanshipsHandler(ChairmanshipReads chairmanships)
    : IRequestHandler<ListChairmanships, Page>
{
    public async Task<Page> Handle(ListChairmanships request, CancellationToken cancellationToken)
    {
        var page = await chairmanships.ListAsync(
            request.ToRequest(
                new ChairmanshipFilters
                {
                    Forum = MultiValueParameters.ToUpperCodes(request.Forum),
                    Body = request.Body,
                    Chair = MultiValueParameters.ToUpperCodes(request.Chair),
                    ChairKind = MultiValueParameters.ToWords(request.ChairKind),
                    On = Days.Of(request.On),
                    Within = DaySpan.Between(request.From, request.Until),
                }
            ),
            cancellationToken
        );
        return request.ToPage(page, row => row.Record);
    }
}
