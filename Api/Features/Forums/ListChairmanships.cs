using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Domain.Forums;
using Registry.Infrastructure.Forums;

namespace Registry.Api.Features.Forums;

/// <summary>Lists chairmanships of all forums and bodies.</summary>
public sealed record ListChairmanships : RecordListQuery, IRequest<Page>
{
    /// <summary>Only chairmanships of this forum and its bodies.</summary>
    [FromQuery, StringLength(100)]
    public IReadOnlyList<string>? Forum { get; init; }

    /// <summary>Only chairmanships of this body, such as CSTO/permanent-council.</summary>
    [FromQuery, StringLength(100)]
    public string? Body { get; init; }

    /// <summary>Only those of the state or forum with this code.</summary>
    [FromQuery, StringLength(100)]
    public IReadOnlyList<string>? Chair { get; init; }

    /// <summary>Only those of states, or only those of forums.</summary>
    [FromQuery]
    public IReadOnlyList<PartyKind>? ChairKind { get; init; }

    /// <summary>Only those that may have held on this day, at the widest reading of their dates.</summary>
    [FromQuery]
    public DateOnly? On { get; init; }

    /// <summary>Only those that may have held on this day or later.</summary>
    [FromQuery]
    public DateOnly? From { get; init; }

    /// <summary>Only those that may have held by this day.</summary>
    [FromQuery]
    public DateOnly? Until { get; init; }

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
                ("Forum", Several.Capitals(request.Forum)),
                ("Body", request.Body),
                ("Chair", Several.Capitals(request.Chair)),
                ("ChairKind", Several.Words(request.ChairKind)),
                ("On", request.On),
                ("From", request.From),
                ("Until", request.Until)
            ),
            cancellationToken
        );
        return request.ToPage(page, row => row.Record);
    }
}
