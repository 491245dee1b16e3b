using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http.Lists;
using Registry.Api.Http.Requests;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Infrastructure.Forums;
using Registry.Infrastructure.Records.Models;

namespace Registry.Api.Features.Forums;

/// <summary>A chairmanship with the names of the parties in it.</summary>
public sealed record ChairOnDay
{
    /// <summary>The code of the forum.</summary>
    public required string Forum { get; init; }

    /// <summary>The code of the body; absent for the forum itself.</summary>
    public string? Body { get; init; }

    /// <summary>The party in the chair.</summary>
    public required PartyOnDay Chair { get; init; }

    /// <summary>The first day in the chair; absent when unknown.</summary>
    public PartialDate? Since { get; init; }

    /// <summary>
    /// The last day in the chair; absent while the chairmanship lasts, or when the date of its end is unknown.
    /// </summary>
    public PartialDate? Until { get; init; }

    /// <summary>
    /// True when the chairmanship certainly held on the requested day, or on every day of the month or year, whatever
    /// its exact ends were; absent when no date was requested.
    /// </summary>
    public bool? Certain { get; init; }

    /// <summary>The id of the meeting at which the chair was handed over.</summary>
    public string? Handover { get; init; }

    /// <summary>The id of the chairmanship, with its sources.</summary>
    public required string Chairmanship { get; init; }

    internal static string Of(ResolvedChair row, bool onDay) =>
        JsonSerializer.Serialize(
            new ChairOnDay
            {
                Forum = row.Forum,
                Body = row.Body,
                Chair = new PartyOnDay
                {
                    Kind = row.ChairKind,
                    Code = row.ChairCode,
                    Name = row.ChairName,
                },
                Since = row.Since is null ? null : PartialDate.Parse(row.Since),
                Until = row.Until is null ? null : PartialDate.Parse(row.Until),
                Certain = onDay ? row.Certainty == 1 : null,
                Handover = row.Handover,
                Chairmanship = row.Chairmanship,
            },
            RegistryJson.Options
        );
}

/// <summary>List the chairmanships of a forum.</summary>
/// <remarks>Lists who chairs the forum and its bodies, on a date or over all time.</remarks>
public sealed record ListForumChairmanships : ListQuery, IRequest<Page>
{
    /// <summary>The code of the forum.</summary>
    [FromRoute, UpperCase]
    public string Forum { get; init; } = "";

    /// <summary>
    /// Only chairmanships that may have been held on this day, or on a day of this month or year; all past and present
    /// ones when absent.
    /// </summary>
    [FromQuery]
    public PartialDate? On { get; init; }

    /// <summary>Only chairmanships of the body with this code.</summary>
    [FromQuery, RegularExpression(BodyCode.Pattern, ErrorMessage = BodyCode.Sentence)]
    public string? Body { get; init; }

    internal override IReadOnlyList<string> Sorts => ["since", "chair", "name"];

    internal override int DefaultLimit => 200;
}

internal sealed class ListForumChairmanshipsHandler(
    ForumReads forums,
    ChairmanshipReads chairmanships,
    TimeProvider clock
) : IRequestHandler<ListForumChairmanships, Page>
{
    public async Task<Page> Handle(ListForumChairmanships request, CancellationToken cancellationToken)
    {
        await forums.GetAsync(request.Forum, request.KnownAt, cancellationToken);
        var page = await chairmanships.ResolveAsync(
            request.ToRequest(
                new ChairOnDayFilters
                {
                    Forum = request.Forum,
                    Body = request.Body is null ? null : BodyStore.IdOf(request.Forum, request.Body),
                    On = Days.Of(request.On),
                    Days = Days.OrToday(request.On, clock),
                }
            ),
            cancellationToken
        );
        return request.ToPage(page, row => ChairOnDay.Of(row, request.On is not null));
    }
}
