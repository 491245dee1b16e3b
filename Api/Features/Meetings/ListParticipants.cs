using System.Text.Json;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Http.Lists;
using Registry.Domain.Forums;
using Registry.Domain.Meetings;
using Registry.Infrastructure.Meetings;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Api.Features.Meetings;

/// <summary>A state, a forum or a body, by code and name.</summary>
public sealed record MemberAtMeeting
{
    /// <summary>The kind: a state, a forum or a body.</summary>
    [WordOf(typeof(SubjectKind))]
    public required string Kind { get; init; }

    /// <summary>The code.</summary>
    public required string Code { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The language of the name, as a BCP 47 tag; absent when it is the first language requested.</summary>
    public string? NameLanguage { get; init; }

    internal static MemberAtMeeting Of(NamedMember member) =>
        new()
        {
            Kind = member.Kind,
            Code = member.Code,
            Name = member.Name,
        };
}

/// <summary>A minister, by id and name.</summary>
public sealed record MinisterAtMeeting
{
    /// <summary>The id of the minister.</summary>
    public required string Id { get; init; }

    /// <summary>The name shown in lists.</summary>
    public required string Name { get; init; }

    /// <summary>The language of the name, as a BCP 47 tag; absent when it is the first language requested.</summary>
    public string? NameLanguage { get; init; }

    internal static MinisterAtMeeting? Of(Spokesperson person) =>
        person is { MinisterId: { } id, MinisterName: { } name } ? new() { Id = id, Name = name } : null;
}

/// <summary>A participant of a meeting.</summary>
public sealed record ParticipantAtMeeting
{
    /// <summary>The state, forum or body represented.</summary>
    public required MemberAtMeeting Of { get; init; }

    /// <summary>
    /// The name as recorded, otherwise that of the minister; absent where only the delegation is known.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>The title as recorded, otherwise that of the minister at the time.</summary>
    public string? Title { get; init; }

    /// <summary>The minister, once identified.</summary>
    public MinisterAtMeeting? Minister { get; init; }

    /// <summary>The capacity.</summary>
    public required Capacity Capacity { get; init; }

    /// <summary>The sources.</summary>
    public IReadOnlyList<CitationModel>? Sources { get; init; }

    internal static string From(ResolvedParticipant participant) =>
        JsonSerializer.Serialize(
            new ParticipantAtMeeting
            {
                Of = MemberAtMeeting.Of(participant.Of),
                Name = participant.Person.Name,
                Title = participant.Person.Title,
                Minister = MinisterAtMeeting.Of(participant.Person),
                Capacity = participant.Record.Capacity!.Value,
                Sources = participant.Record.Sources,
            },
            RegistryJson.Options
        );
}

/// <summary>List the participants of a meeting.</summary>
/// <remarks>Lists the participants that are recorded.</remarks>
public sealed record ListParticipants : ListQuery, IRequest<Page>
{
    /// <summary>The id of the meeting.</summary>
    [FromRoute]
    public string Id { get; init; } = "";

    /// <summary>Only participants in this capacity.</summary>
    [FromQuery]
    public Capacity? Capacity { get; init; }

    internal override IReadOnlyList<string> Sorts => ["position", "name"];

    internal override int DefaultLimit => 200;
}

internal sealed class ListParticipantsHandler(MeetingReads meetings) : IRequestHandler<ListParticipants, Page>
{
    public async Task<Page> Handle(ListParticipants request, CancellationToken cancellationToken)
    {
        var all = await meetings.ParticipantsAsync(request.Id, request.KnownAt, cancellationToken);
        var listed = request.ToRequest();
        var page = ListInMemory.Page(
            listed,
            [.. all.Where(one => request.Capacity is null || one.Record.Capacity == request.Capacity)],
            one =>
                (
                    listed.Sort == "name" ? ListInMemory.KeyOf(one.Person.Name ?? "") : "",
                    ListInMemory.KeyOf(one.Position)
                )
        );
        return request.ToPage(page, ParticipantAtMeeting.From);
    }
}
