using System.Text.Json;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http.Lists;
using Registry.Api.Http.Requests;
using Registry.Domain.Forums;
using Registry.Infrastructure.Forums;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Api.Features.Forums;

/// <summary>A period in which nobody chairs, or two chair at once.</summary>
public sealed record ChairFindingOnRecord
{
    /// <summary>The kind of the finding: gap (nobody chairs) or overlap (two chair at once).</summary>
    public required ChairFindingKind Kind { get; init; }

    /// <summary>The code of the body; absent for the forum itself.</summary>
    public string? Body { get; init; }

    /// <summary>The first day of the gap or overlap.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day of the gap or overlap; absent while it lasts.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>The ids of the chairmanships on both sides of the gap, or of the two that overlap.</summary>
    public required IReadOnlyList<string> Chairmanships { get; init; }
}

/// <summary>Review the chairmanships of a forum.</summary>
/// <remarks>
/// Lists gaps and overlaps in the chairmanships of the forum and its bodies. Leaves out those that imprecise dates
/// may explain, and a day that two chairmanships share because one hands over to the other.
/// </remarks>
public sealed record ReviewChairmanships : ListQuery, IRequest<Page>
{
    /// <summary>The code of the forum.</summary>
    [FromRoute, UpperCase]
    public string Forum { get; init; } = "";

    internal override IReadOnlyList<string> Sorts => ["body"];

    internal override int DefaultLimit => 200;
}

internal sealed class ReviewChairmanshipsHandler(ForumReads forums, ChairmanshipReads chairmanships, TimeProvider clock)
    : IRequestHandler<ReviewChairmanships, Page>
{
    public async Task<Page> Handle(ReviewChairmanships request, CancellationToken cancellationToken)
    {
        var forum = await forums.GetAsync(request.Forum, request.KnownAt, cancellationToken);
        var findings = await chairmanships.ReviewAsync(forum, clock.Today(), request.KnownAt, cancellationToken);
        var page = ListInMemory.Page(
            request.ToRequest(),
            [.. findings.Index()],
            entry => (entry.Item.Body ?? "", ListInMemory.KeyOf(entry.Index))
        );
        return request.ToPage(
            page,
            entry =>
                JsonSerializer.Serialize(
                    new ChairFindingOnRecord
                    {
                        Kind = entry.Item.Finding.Kind,
                        Body = entry.Item.Body,
                        From = entry.Item.Finding.From,
                        Until = entry.Item.Finding.Until,
                        Chairmanships = entry.Item.Finding.Chairmanships,
                    },
                    RegistryJson.Options
                )
        );
    }
}
