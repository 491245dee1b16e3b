using System.Text.Json;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Domain;
using Registry.Infrastructure;

namespace Registry.Api.Http;

/// <summary>What every timeline understands.</summary>
public abstract record TimelineQuery : ListQuery, IRequest<Page>
{
    /// <summary>Only what may have happened on this day or later.</summary>
    [FromQuery]
    public DateOnly? From { get; init; }

    /// <summary>Only what may have happened on this day or earlier.</summary>
    [FromQuery]
    public DateOnly? Until { get; init; }

    internal override IReadOnlyList<string> Sorts => ["date"];

    internal Infrastructure.Database.ListRequest ToRequest((string Name, object? Value) whose) =>
        ToRequest(whose, ("From", From), ("Until", Until));
}

/// <summary>Something that happened, at its place in a timeline.</summary>
public sealed record TimelineEntry
{
    /// <summary>When, as precisely as known; absent where nobody knows since when.</summary>
    public PartialDate? Date { get; init; }

    /// <summary>What sort of thing happened.</summary>
    public required TimelineKind Kind { get; init; }

    /// <summary>What happened, or to whom.</summary>
    public required string Title { get; init; }

    /// <summary>The record that says so, by its collection and id.</summary>
    public required string Record { get; init; }

    internal static string Of(TimelineEvent happened) =>
        JsonSerializer.Serialize(
            new TimelineEntry
            {
                Date = happened.Date,
                Kind = happened.ReadKind(),
                Title = happened.Title,
                Record = happened.Record,
            },
            RegistryJson.Options
        );
}
