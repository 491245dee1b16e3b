using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Domain;
using Registry.Domain.Ministers;
using Registry.Infrastructure.Forums;
using Registry.Infrastructure.Ministers;
using Registry.Infrastructure.Records.Documents;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Api.Features.Ministers;

/// <summary>The holder of a post on the day asked for; or, of a member of a forum, that nobody is known to hold it.</summary>
public sealed record HolderOnDay
{
    /// <summary>The id of the post; absent where none is on record.</summary>
    public string? Post { get; init; }

    /// <summary>What sort of office it is.</summary>
    public required PostKind Kind { get; init; }

    /// <summary>The state or the body whose office it is.</summary>
    public required SubjectDocument Of { get; init; }

    /// <summary>
    /// Whether it is held; or, with memberOf alone, vacant (the last holder on record left, and nobody on record took the post)
    /// or unknown (no post, no appointment to it by then, or only that somebody else took it is on record).
    /// </summary>
    public required PostHolding Holding { get; init; }

    /// <summary>Who holds it; absent where it is vacant or unknown.</summary>
    public MinisterOnDay? Minister { get; init; }

    /// <summary>
    /// The holder's title that day, of a month or a year on its first day in the post: as styled, otherwise that of the post.
    /// Absent where it is vacant or unknown.
    /// </summary>
    public string? Title { get; init; }

    /// <summary>The language of the title, as a BCP 47 tag, where that is not the first one asked for.</summary>
    public string? TitleLanguage { get; init; }

    /// <summary>True for one who only stands in for a holder; absent where it is vacant or unknown.</summary>
    public bool? Acting { get; init; }

    /// <summary>The first day in the post; absent where it is vacant or unknown.</summary>
    public PartialDate? Since { get; init; }

    /// <summary>The last day in the post; absent while it goes on, or when the date of its end is unknown.</summary>
    public PartialDate? Until { get; init; }

    /// <summary>The last day of the last holder on record, where the post is vacant.</summary>
    public PartialDate? LastHeld { get; init; }

    /// <summary>
    /// True where it was so on the day asked for, or on every day of the month or year, whatever the exact dates were. A
    /// vacancy is certain where a later appointment to the post is on record too.
    /// </summary>
    public required bool Certain { get; init; }

    /// <summary>The id of the appointment, with its sources; absent where it is vacant or unknown.</summary>
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
                    Of = new SubjectDocument { Kind = SubjectKind.State, Code = row.State },
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

    /// <summary>The language of the name, as a BCP 47 tag, where that is not the first one asked for.</summary>
    public string? NameLanguage { get; init; }
}

/// <summary>What both lists of holders understand.</summary>
public abstract record HoldersQuery : ListQuery, IRequest<Page>
{
    /// <summary>The day, the month or the year; today (UTC) when absent. A holder is given who may have held the post on some day of it.</summary>
    [FromQuery]
    public PartialDate? On { get; init; }

    /// <summary>True for those who only stand in for a holder, false for full holders.</summary>
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

    /// <summary>Only posts of the bodies of this forum; those of its members are found with memberOf.</summary>
    [FromQuery, Codes(CodeKind.Forum)]
    public IReadOnlyList<string>? Forum { get; init; }

    /// <summary>Only posts of this body, such as CICA/secretariat.</summary>
    [FromQuery, Codes(CodeKind.Body)]
    public string? Body { get; init; }

    /// <summary>
    /// The posts of the states that may have been members of this forum on a day of on: each state has at least one item for
    /// each kind, which says where nobody is known to hold the post (member holding). It goes with kind, and with state.
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
                    $"A body of a forum has no {kind}; those of the members of a forum are found with "
                    + $"memberOf={MultiValueParameters.Single(Forum) ?? Body?.Split('/')[0] ?? Forum![0]}."
            )
            : BesideMemberOf();

    private IEnumerable<ValidationResult> BesideMemberOf()
    {
        if (Kind is null)
        {
            yield return new ValidationResult(
                "With memberOf it is needed: which posts of the members, such as foreign-minister?",
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
                yield return new ValidationResult("It does not go with memberOf.", [name]);
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
