using System.Text.Json;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http.Lists;
using Registry.Infrastructure.Meetings;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Api.Features.Meetings;

/// <summary>An agenda item at its position in the agenda.</summary>
public sealed record AgendaEntry
{
    /// <summary>The number.</summary>
    public required string Number { get; init; }

    /// <summary>The number of the parent item; absent at the top level.</summary>
    public string? Parent { get; init; }

    /// <summary>The depth in the agenda: 1 at the top level.</summary>
    public required int Level { get; init; }

    /// <summary>The title, in English when there is one.</summary>
    public required string Title { get; init; }

    /// <summary>The language of the title, as a BCP 47 tag; absent when it is the first language requested.</summary>
    public string? NameLanguage { get; init; }

    /// <summary>The title, by language.</summary>
    public required IReadOnlyList<TextModel> Titles { get; init; }

    internal static string Of(AgendaRow row) =>
        JsonSerializer.Serialize(
            new AgendaEntry
            {
                Number = row.Number,
                Parent = row.Parent,
                Level = row.Level,
                Title = row.Title,
                Titles = row.Titles,
            },
            RegistryJson.Options
        );
}

/// <summary>List the agenda of a meeting.</summary>
/// <remarks>Each item comes before its sub-items.</remarks>
public sealed record ListAgenda : ListQuery, IRequest<Page>
{
    /// <summary>The id of the meeting.</summary>
    [FromRoute]
    public string Id { get; init; } = "";

    internal override IReadOnlyList<string> Sorts => ["position"];

    internal override int DefaultLimit => 200;
}

internal sealed class ListAgendaHandler(MeetingReads meetings) : IRequestHandler<ListAgenda, Page>
{
    public async Task<Page> Handle(ListAgenda request, CancellationToken cancellationToken)
    {
        var rows = await meetings.AgendaAsync(request.Id, request.KnownAt, cancellationToken);
        var page = ListInMemory.Page(request.ToRequest(), rows, row => (ListInMemory.KeyOf(row.Position), row.Number));
        return request.ToPage(page, AgendaEntry.Of);
    }
}
