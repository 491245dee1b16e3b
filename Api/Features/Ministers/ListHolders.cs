using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Domain;
using Registry.Domain.Ministers;
using Registry.Infrastructure;
using Registry.Infrastructure.Database;
using Registry.Infrastructure.Ministers;

namespace Registry.Api.Features.Ministers;

/// <summary>The holder of a post on the day asked for.</summary>
public sealed record HolderOnDay
{
    /// <summary>The id of the post.</summary>
    public required string Post { get; init; }

    /// <summary>What sort of office it is.</summary>
    public required PostKind Kind { get; init; }

    /// <summary>The state or the body whose office it is.</summary>
    public required SubjectDocument Of { get; init; }

    /// <summary>Who holds it.</summary>
    public required MinisterOnDay Minister { get; init; }

    /// <summary>The holder's title that day: as styled, otherwise that of the post.</summary>
    public required string Title { get; init; }

    /// <summary>True for one who only stands in for a holder.</summary>
    public required bool Acting { get; init; }

    /// <summary>The first day in the post.</summary>
    public required PartialDate Since { get; init; }

    /// <summary>The last day in the post; absent while it goes on, or when the date of its end is unknown.</summary>
    public PartialDate? Until { get; init; }

    /// <summary>False when the day falls inside an end that is known only to the month or the year.</summary>
    public required bool Certain { get; init; }

    /// <summary>The id of the appointment, with its sources.</summary>
    public required string Appointment { get; init; }

    internal static string From(ResolvedHolder row, DateOnly day)
    {
        var (appointment, post) = (row.ReadAppointment(), row.ReadPost());
        return JsonSerializer.Serialize(
            new HolderOnDay
            {
                Post = post.Id!,
                Kind = post.Kind!.Value,
                Of = post.Of!,
                Minister = new MinisterOnDay { Id = appointment.Minister!, Name = row.MinisterName },
                Title = appointment.TitleOn(post, day),
                Acting = appointment.Acting ?? false,
                Since = appointment.From!,
                Until = appointment.Until,
                Certain = row.Certainty == 1,
                Appointment = appointment.Id!,
            },
            RegistryJson.Options
        );
    }
}

/// <summary>A minister, by id and name.</summary>
public sealed record MinisterOnDay
{
    /// <summary>The id.</summary>
    public required string Id { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }
}

/// <summary>What both lists of holders understand.</summary>
public abstract record HoldersQuery : ListQuery, IRequest<Page>
{
    /// <summary>The day; today (UTC) when absent.</summary>
    [FromQuery]
    public DateOnly? On { get; init; }

    /// <summary>True for those who only stand in for a holder, false for full holders.</summary>
    [FromQuery]
    public bool? Acting { get; init; }

    internal override int DefaultLimit => 200;

    internal override IReadOnlyList<string> Sorts => ["post", "since", "name"];

    internal ListRequest ToRequest(DateOnly day, params (string Name, object? Value)[] filters) =>
        ToRequest([
            ("On", day),
            ("Never", DateOnly.MaxValue),
            ("Acting", Acting is { } acting ? (acting ? 1 : 0) : null),
            .. filters,
        ]);
}

/// <summary>Tells who holds which posts on a day.</summary>
public sealed record ListHolders : HoldersQuery
{
    /// <summary>Only posts of this state.</summary>
    [FromQuery, StringLength(100)]
    public IReadOnlyList<string>? State { get; init; }

    /// <summary>Only posts of the bodies of this forum.</summary>
    [FromQuery, StringLength(100)]
    public IReadOnlyList<string>? Forum { get; init; }

    /// <summary>Only posts of this body, such as CICA/secretariat.</summary>
    [FromQuery, StringLength(100)]
    public string? Body { get; init; }

    /// <summary>Only posts of this kind.</summary>
    [FromQuery]
    public IReadOnlyList<PostKind>? Kind { get; init; }

    /// <summary>Only the posts of this minister.</summary>
    [FromQuery, StringLength(Slug.MaxLength)]
    public IReadOnlyList<string>? Minister { get; init; }
}

internal sealed class ListHoldersHandler(AppointmentReads appointments, TimeProvider clock)
    : IRequestHandler<ListHolders, Page>
{
    public async Task<Page> Handle(ListHolders request, CancellationToken cancellationToken)
    {
        var day = request.On ?? clock.Today();
        var page = await appointments.HoldersAsync(
            request.ToRequest(
                day,
                ("State", Several.Capitals(request.State)),
                ("Forum", Several.Capitals(request.Forum)),
                ("Body", request.Body),
                ("Kind", Several.Words(request.Kind)),
                ("Minister", Several.Small(request.Minister))
            ),
            cancellationToken
        );
        return request.ToPage(page, row => HolderOnDay.From(row, day));
    }
}
