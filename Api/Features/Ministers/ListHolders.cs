using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Http.Lists;
using Registry.Api.Http.Problems;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Domain.Ministers;
using Registry.Infrastructure.Forums;
using Registry.Infrastructure.Ministers;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Api.Features.Ministers;

/// <summary>The holder of a post on the requested day, or for a member of a forum, that no holder is known.</summary>
public sealed record HolderOnDay
{
    /// <summary>The id of the post; absent when none is on record.</summary>
    public string? Post { get; init; }

    /// <summary>The kind of the post.</summary>
    public required PostKind Kind { get; init; }

    /// <summary>The state or the body whose office it is.</summary>
    public required SubjectModel Of { get; init; }

    /// <summary>
    /// Whether the post is held. With memberOf it can also be vacant (the last holder on record left, and no successor
    /// is on record) or unknown (no post on record, no appointment by then, or a successor who is not on record).
    /// </summary>
    public required PostHolding Holding { get; init; }

    /// <summary>The holder; absent when the post is vacant or unknown.</summary>
    public MinisterOnDay? Minister { get; init; }

    /// <summary>
    /// The holder's title on that day, or on the first day in the post within a month or a year: as styled, otherwise
    /// that of the post. Absent when the post is vacant or unknown.
    /// </summary>
    public string? Title { get; init; }

    /// <summary>The language of the title, as a BCP 47 tag; absent when it is the first language requested.</summary>
    public string? TitleLanguage { get; init; }

    /// <summary>True for an acting holder; absent when the post is vacant or unknown.</summary>
    public bool? Acting { get; init; }

    /// <summary>The first day in the post; absent when the post is vacant or unknown.</summary>
    public PartialDate? Since { get; init; }

    /// <summary>
    /// The last day in the post; absent while the appointment lasts, or when the date of its end is unknown.
    /// </summary>
    public PartialDate? Until { get; init; }

    /// <summary>The last day of the last holder on record, when the post is vacant.</summary>
    public PartialDate? LastHeld { get; init; }

    /// <summary>
    /// True when this certainly held on the requested day, or on every day of the month or year, whatever the exact
    /// dates were. A vacancy is certain when a later appointment to the post is on record too.
    /// </summary>
    public required bool Certain { get; init; }

    /// <summary>The id of the appointment, which has the sources; absent when the post is vacant or unknown.</summary>
    public string? Appointment { get; init; }

    internal static string From(ResolvedHolder row, DaySpan days, IReadOnlyList<string> languages, bool certain = true)
    {
        var (appointment, post) = (row.ReadAppointment(), row.ReadPost());
        var began = appointment.From!.FirstDay;
        var title = appointment.TitleOn(post, began > days.First ? began : days.First, languages);
        return JsonSerializer.Serialize(
            new HolderOnDay
            {
                Post = post.Id!,
                Kind = post.Kind!.Value,
                Of = post.Of!,
                Holding = PostHolding.Held,
                Minister = new MinisterOnDay { Id = appointment.Minister!, Name = row.MinisterName },
                Title = title?.Text ?? post.Name!,
                TitleLanguage =
                    languages.Count > 0 && title is not null && !NameChoice.Fits(title.Language.Tag, languages[0])
                        ? title.Language.Tag
                        : null,
                Acting = appointment.Acting ?? false,
                Since = appointment.From!,
                Until = appointment.Until,
                Certain = certain && row.Certainty == 1,
                Appointment = appointment.Id!,
            },
            RegistryJson.Options
        );
    }

    internal static string From(MemberHolder row, DaySpan days, IReadOnlyList<string> languages) =>
        row.Holder is { } holder
            ? From(holder, days, languages, row.Certain)
            : JsonSerializer.Serialize(
                new HolderOnDay
                {
                    Post = row.Post,
                    Kind = row.Kind,
                    Of = new SubjectModel { Kind = SubjectKind.State, Code = row.State },
                    Holding = row.Holding,
                    LastHeld = row.LastHeld,
                    Certain = row.Certain,
                },
                RegistryJson.Options
            );
}

/// <summary>A minister, by id and name.</summary>
public sealed record MinisterOnDay
{
    /// <summary>The id.</summary>
    public required string Id { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The language of the name, as a BCP 47 tag; absent when it is the first language requested.</summary>
    public string? NameLanguage { get; init; }
}

/// <summary>The parameters of both lists of holders.</summary>
public abstract record HoldersQuery : ListQuery, IRequest<Page>
{
    /// <summary>
    /// The day, the month or the year; today (UTC) when absent. Includes everyone who may have held the post on any day
    /// of it.
    /// </summary>
    [FromQuery]
    public PartialDate? On { get; init; }

    /// <summary>True for acting holders, false for full holders.</summary>
    [FromQuery]
    public bool? Acting { get; init; }

    internal override int DefaultLimit => 200;

    internal override IReadOnlyList<string> Sorts => ["post", "since", "name"];
}

/// <summary>List the holders of posts on a date.</summary>
/// <remarks>Lists who held which post on a day, or on any day of a month or a year.</remarks>
public sealed record ListHolders : HoldersQuery
{
    /// <summary>Only posts of this state.</summary>
    [FromQuery, Codes(CodeKind.State)]
    public IReadOnlyList<string>? State { get; init; }

    /// <summary>Only posts of the bodies of this forum. Use memberOf for the posts of its members.</summary>
    [FromQuery, Codes(CodeKind.Forum)]
    public IReadOnlyList<string>? Forum { get; init; }

    /// <summary>Only posts of this body, such as CICA/secretariat.</summary>
    [FromQuery, Codes(CodeKind.Body)]
    public string? Body { get; init; }

    /// <summary>
    /// The posts of the states that may have been members of this forum on a day of the date on. Each state has at
    /// least one item per kind; its member holding says when nobody is known to hold the post. Can be combined with
    /// kind and state.
    /// </summary>
    [FromQuery, Codes(CodeKind.Forum)]
    public string? MemberOf { get; init; }

    /// <summary>Only posts of this kind.</summary>
    [FromQuery]
    public IReadOnlyList<PostKind>? Kind { get; init; }

    /// <summary>Only the posts of this minister.</summary>
    [FromQuery, StringLength(Slug.MaxLength), Codes(CodeKind.Id)]
    public IReadOnlyList<string>? Minister { get; init; }

    /// <inheritdoc/>
    protected override IEnumerable<ValidationResult> ValidateMore() =>
        MemberOf is null
            ? PostFilterRules.Broken(
                State,
                Forum,
                Body,
                Kind,
                kind =>
                    $"A body of a forum has no {kind}. For the posts of the members of a forum, use "
                    + $"memberOf={MultiValueParameters.Single(Forum) ?? Body?.Split('/')[0] ?? Forum![0]}."
            )
            : BesideMemberOf();

    private IEnumerable<ValidationResult> BesideMemberOf()
    {
        if (Kind is null)
        {
            yield return new ValidationResult(
                "It is required with memberOf: the kinds of post, such as foreign-minister.",
                ["kind"]
            );
        }

        foreach (
            var (name, isGiven) in new[]
            {
                ("forum", Forum is not null),
                ("body", Body is not null),
                ("minister", Minister is not null),
                ("acting", Acting is not null),
            }
        )
        {
            if (isGiven)
            {
                yield return new ValidationResult("It cannot be combined with memberOf.", [name]);
            }
        }
    }
}

internal sealed class ListHoldersHandler(AppointmentReads appointments, ForumReads forums, TimeProvider clock)
    : IRequestHandler<ListHolders, Page>
{
    public async Task<Page> Handle(ListHolders request, CancellationToken cancellationToken)
    {
        var days = Days.OrToday(request.On, clock);
        if (request.MemberOf is { } forum)
        {
            return await OfMembersAsync(request, forum.ToUpperInvariant(), days, cancellationToken);
        }

        var page = await appointments.HoldersAsync(
            request.ToRequest(
                new HolderFilters
                {
                    On = days,
                    State = MultiValueParameters.ToUpperCodes(request.State),
                    Forum = MultiValueParameters.ToUpperCodes(request.Forum),
                    Body = request.Body,
                    Kind = MultiValueParameters.ToWords(request.Kind),
                    Minister = MultiValueParameters.ToLowerIds(request.Minister),
                    Acting = request.Acting,
                }
            ),
            cancellationToken
        );
        return request.ToPage(page, row => HolderOnDay.From(row, days, Languages.Of(request)));
    }

    private async Task<Page> OfMembersAsync(
        ListHolders request,
        string forum,
        DaySpan days,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await forums.GetAsync(forum, request.KnownAt, cancellationToken);
        }
        catch (RegistryException missing) when (missing is NotFoundException or GoneException)
        {
            var errors = new FieldErrors();
            errors.Add("memberOf", $"There is no forum {forum}.");
            errors.ThrowIfAny();
        }

        var rows = await appointments.OfMembersAsync(forum, request.Kind!, days, request.KnownAt, cancellationToken);
        var states = MultiValueParameters.ToUpperCodes(request.State);
        var listed = request.ToRequest();
        var page = ListInMemory.Page(
            listed,
            [.. rows.Where(row => states is null || states.Contains(row.State, StringComparer.Ordinal))],
            row =>
                (
                    listed.Sort switch
                    {
                        "name" => ListInMemory.KeyOf(row.Holder?.MinisterName ?? ""),
                        "since" => row.Holder?.ReadAppointment()
                            .From!.FirstDay.ToString("O", CultureInfo.InvariantCulture)
                            ?? "",
                        _ => row.Post ?? $"{row.State.ToLowerInvariant()}.{Words.Of(row.Kind)}",
                    },
                    row.Holder?.ReadAppointment().Id ?? $"{row.State}.{Words.Of(row.Kind)}"
                )
        );
        return request.ToPage(page, row => HolderOnDay.From(row, days, Languages.Of(request)));
    }
}
