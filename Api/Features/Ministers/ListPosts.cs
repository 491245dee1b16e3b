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

/// <summary>List posts.</summary>
/// <remarks>Posts are offices of states and bodies.</remarks>
public sealed record ListPosts : RecordListQuery, IRequest<Page>
{
    /// <summary>Only posts of this state.</summary>
    [FromQuery, Codes(CodeKind.State)]
    public IReadOnlyList<string>? State { get; init; }

    /// <summary>Only posts of the bodies of this forum.</summary>
    [FromQuery, Codes(CodeKind.Forum)]
    public IReadOnlyList<string>? Forum { get; init; }

    /// <summary>Only posts of this body, such as CICA/secretariat.</summary>
    [FromQuery, Codes(CodeKind.Body)]
    public string? Body { get; init; }

    /// <summary>Only posts of this kind.</summary>
    [FromQuery]
    public IReadOnlyList<PostKind>? Kind { get; init; }

    /// <summary>Only permanent representatives at this forum.</summary>
    [FromQuery, Codes(CodeKind.Forum)]
    public IReadOnlyList<string>? AccreditedTo { get; init; }

    /// <summary>
    /// Only posts that may have existed on this day, or on a day of this month or year: from established to abolished, at
    /// the widest reading of the dates.
    /// </summary>
    [FromQuery]
    public PartialDate? On { get; init; }

    internal override IReadOnlyList<string> Orders => ["id", "name"];

    internal override IReadOnlyList<ResponseFormat> Formats => [.. base.Formats, Popolo.Format];

    /// <inheritdoc/>
    protected override IEnumerable<ValidationResult> ValidateMore() =>
        PostFilterRules.Broken(
            State,
            Forum,
            Body,
            Kind,
            kind => $"A body has no {kind}. Use state for the posts of states."
        );
}

internal sealed class ListPostsHandler(PostReads posts) : IRequestHandler<ListPosts, Page>
{
    public async Task<Page> Handle(ListPosts request, CancellationToken cancellationToken)
    {
        var page = await posts.ListAsync(
            request.ToRequest(
                new PostFilters
                {
                    State = MultiValueParameters.ToUpperCodes(request.State),
                    Forum = MultiValueParameters.ToUpperCodes(request.Forum),
                    Body = request.Body,
                    Kind = MultiValueParameters.ToWords(request.Kind),
                    AccreditedTo = MultiValueParameters.ToUpperCodes(request.AccreditedTo),
                    On = Days.Of(request.On),
                }
            ),
            cancellationToken
        );
        return request.ToPage(page, row => row.Record);
    }
}
