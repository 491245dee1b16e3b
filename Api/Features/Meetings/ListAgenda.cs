using System.Text.Json;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Infrastructure.Meetings;
using Registry.Infrastructure.Records.Documents;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Api.Features.Meetings;

/// <summary>An item of an agenda where it stands.</summary>
public sealed record AgendaEntry
{
    /// <summary>Its number.</summary>
    public required string Number { get; init; }

    /// <summary>The number of the item above it; absent at the top.</summary>
    public string? Parent { get; init; }

    /// <summary>1 at the top, one more for each item above.</summary>
    public required int Level { get; init; }

    /// <summary>What it is called: in English where there is such a title.</summary>
    public required string Title { get; init; }

    /// <summary>The language of the title, as a BCP 47 tag, where that is not the first one asked for.</summary>
    public string? NameLanguage { get; init; }

    /// <summary>What it is called, by language.</summary>
    public required IReadOnlyList<TextDocument> Titles { get; init; }

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
    [FromRoute, Spelled]
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
