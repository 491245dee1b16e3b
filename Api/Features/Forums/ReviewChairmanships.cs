using System.Text.Json;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Domain.Forums;
using Registry.Infrastructure.Forums;
using Registry.Infrastructure.Records.Documents;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Api.Features.Forums;

/// <summary>Days on which nobody chairs, or two do.</summary>
public sealed record ChairFindingOnRecord
{
    /// <summary>Whether nobody chairs (gap) or two do (overlap).</summary>
    public required ChairFindingKind Kind { get; init; }

    /// <summary>The code of the body; absent where it is the forum itself.</summary>
    public string? Body { get; init; }

    /// <summary>The first such day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last such day; absent where it goes on.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>The ids of the chairmanships at both sides of a gap, or of the two that overlap.</summary>
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
    [FromRoute, Spelled(Capitals = true)]
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
