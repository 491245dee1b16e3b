using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Domain.Forums;
using Registry.Infrastructure;
using Registry.Infrastructure.Forums;

namespace Registry.Api.Features.Forums;

/// <summary>Lists chairmanships of all forums and bodies.</summary>
public sealed record ListChairmanships : RecordListQuery, IRequest<Page>
{
    /// <summary>Only chairmanships of this forum and its bodies.</summary>
    [FromQuery, StringLength(100)]
    public string? Forum { get; init; }

    /// <summary>Only chairmanships of this body, such as CSTO/permanent-council.</summary>
    [FromQuery, StringLength(100)]
    public string? Body { get; init; }

    /// <summary>Only those of the state or forum with this code.</summary>
    [FromQuery, StringLength(100)]
    public string? Chair { get; init; }

    /// <summary>Only those of states, or only those of forums.</summary>
    [FromQuery]
    public PartyKind? ChairKind { get; init; }

    /// <summary>Only those that may have held on this day, at the widest reading of their dates.</summary>
    [FromQuery]
    public DateOnly? On { get; init; }

    internal override IReadOnlyList<string> Sorts => ["id", "since", "chair"];
}

internal sealed class ListChairmanshipsHandler(ChairmanshipReads chairmanships)
    : IRequestHandler<ListChairmanships, Page>
{
    public async Task<Page> Handle(ListChairmanships request, CancellationToken cancellationToken)
    {
        var page = await chairmanships.ListAsync(
            request.ToRequest(
                ("Forum", request.Forum?.ToUpperInvariant()),
                ("Body", request.Body),
                ("Chair", request.Chair?.ToUpperInvariant()),
                ("ChairKind", request.ChairKind is { } kind ? Words.Of(kind) : null),
                ("On", request.On)
            ),
            cancellationToken
        );
        return request.ToPage(page, row => row.Record);
    }
}
