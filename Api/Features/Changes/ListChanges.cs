using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Text.Json;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Formats;
using Registry.Api.Http;
using Registry.Api.Http.Lists;
using Registry.Api.Routing;
using Registry.Infrastructure.Changes;
using Registry.Infrastructure.Records.Models;

namespace Registry.Api.Features.Changes;

/// <summary>An entry of the change log: one write to one record.</summary>
public sealed record ChangeEntry
{
    /// <summary>The sequence number in the change log: from 1, without a gap.</summary>
    public required long Sequence { get; init; }

    /// <summary>The time of the write, in UTC (RFC 3339); the same for all changes of one transaction.</summary>
    public required DateTimeOffset Instant { get; init; }

    /// <summary>The author of the change.</summary>
    public required string Actor { get; init; }

    /// <summary>The collection of the record.</summary>
    public required string Collection { get; init; }

    /// <summary>The id of the record in its collection; CICA/secretariat for a body.</summary>
    public required string Id { get; init; }

    /// <summary>
    /// The version of the record after the change. A deletion has one more than the last version of the record.
    /// </summary>
    public required int Version { get; init; }

    /// <summary>The operation.</summary>
    public required ChangeOperation Operation { get; init; }

    /// <summary>The reason; absent when its author gave none.</summary>
    public string? Reason { get; init; }

    /// <summary>The record after the change, byte for byte as it was served; absent for a deletion.</summary>
    public object? Record { get; init; }

    /// <summary>Writes a change as JSON, without parsing the record that it contains.</summary>
    internal static void Write(Utf8JsonWriter json, Change change)
    {
        json.WriteStartObject();
        json.WriteNumber("sequence", change.Sequence);
        json.WritePropertyName("instant");
        JsonSerializer.Serialize(json, change.Instant, RegistryJson.Options);
        json.WriteString("actor", change.Actor);
        json.WriteString("collection", change.Collection);
        json.WriteString("id", change.Id);
        json.WriteNumber("version", change.Version);
        json.WriteString("operation", change.Operation);
        if (change.Reason is not null)
        {
            json.WriteString("reason", change.Reason);
        }

        if (change.Record is not null)
        {
            json.WritePropertyName("record");
            json.WriteRawValue(change.Record, skipInputValidation: true);
        }

        json.WriteEndObject();
    }
}

/// <summary>The parameters of pages and streams of changes.</summary>
public abstract record ChangesQuery : IValidatableObject, INamesInstant
{
    /// <summary>Only changes after this sequence number; from the first change when absent.</summary>
    [FromQuery]
    public long? After { get; init; }

    /// <summary>
    /// Only changes recorded after this instant (RFC 3339); used instead of after. An instant in the future is refused.
    /// </summary>
    [FromQuery]
    public DateTimeOffset? Since { get; init; }

    (string Parameter, DateTimeOffset? Value) INamesInstant.Instant => ("since", Since);

    /// <summary>Only changes of records of this collection, such as memberships.</summary>
    [FromQuery, StringLength(32)]
    public string? Collection { get; init; }

    /// <summary>
    /// Only changes of this record and of the records that belong to it, such as forums/CICA or
    /// bodies/CICA/secretariat. The changes of a forum include those of its bodies, memberships, chairmanships,
    /// meetings, documents and outcomes.
    /// </summary>
    [FromQuery, StringLength(200)]
    public string? Subject { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Since is not null && After is not null)
        {
            yield return new ValidationResult("It cannot be combined with after.", ["since"]);
        }

        if (Collection is not null && !ChangeSubject.Collections.Contains(Collection, StringComparer.Ordinal))
        {
            yield return new ValidationResult(
                $"It is one of {string.Join(", ", ChangeSubject.Collections)}.",
                ["collection"]
            );
        }

        if (Subject is not null && ChangeSubject.Find(Subject) is null)
        {
            yield return new ValidationResult(
                $"It is collection/id, such as forums/CICA, with one of {string.Join(", ", ChangeSubject.Collections)}.",
                ["subject"]
            );
        }
    }

    internal ChangeFilter ToFilter() =>
        new() { Collection = Collection, Subject = Subject is null ? null : ChangeSubject.Find(Subject) };
}

/// <summary>List changes.</summary>
/// <remarks>The Atom feed lists the newest changes first.</remarks>
public sealed record ListChanges : ChangesQuery, IFormatted, IWaits, IRequest<ChangePage>
{
    internal const int DefaultLimit = 100;

    /// <summary>The maximum number of changes per page, 1 to 1000.</summary>
    [FromQuery, Range(1, 1000), DefaultValue(DefaultLimit)]
    public int? Limit { get; init; }

    /// <summary>
    /// Seconds to wait for a change when there is none, 0 to 30. The response comes with the first change, or is empty
    /// after that time.
    /// </summary>
    [FromQuery, Range(0, 30), DefaultValue(0)]
    public int? Wait { get; init; }

    /// <summary>In an Atom feed, only changes before this sequence number.</summary>
    [FromQuery]
    public long? Before { get; init; }

    /// <summary>The format of the response; the one in the header Accept when absent.</summary>
    [FromQuery]
    public FeedFormat? Format { get; init; }

    ResponseFormat IFormatted.Answered
    {
        get => Answered;
        set => Answered = value;
    }

    internal ResponseFormat Answered { get; private set; } = ResponseFormat.Json;

    IPAddress? IWaits.Client
    {
        get => Client;
        set => Client = value;
    }

    internal IPAddress? Client { get; private set; }
}

internal sealed class ListChangesHandler(ChangeFeed feed, StreamSlots slots) : IRequestHandler<ListChanges, ChangePage>
{
    public async Task<ChangePage> Handle(ListChanges request, CancellationToken cancellationToken)
    {
        var (filter, after) = (request.ToFilter(), await feed.StartAsync(request, cancellationToken));
        var limit = request.Limit ?? ListChanges.DefaultLimit;
        using var slot = request.Wait > 0 ? slots.Take(request.Client) : null;
        return await (
            request.Answered == ResponseFormat.Atom
                ? feed.BeforeAsync(filter, after, request.Before, limit, cancellationToken)
                : feed.AfterAsync(filter, after, limit, TimeSpan.FromSeconds(request.Wait ?? 0), cancellationToken)
        );
    }
}

/// <summary>A page of changes with the address of the next page, which may have no changes yet.</summary>
internal sealed class ChangePageAnswer(ChangePage page) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        var next = Addresses.With(request, "after", page.Next, without: "since");
        response.ContentType = MediaTypes.Json;
        response.Headers.CacheControl = "no-cache";
        response.Headers.Link = $"<{next}>; rel=\"next\"";
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body, Addresses.Readable))
        {
            json.WriteStartObject();
            json.WriteStartArray("items");
            foreach (var change in page.Changes)
            {
                ChangeEntry.Write(json, change);
            }

            json.WriteEndArray();
            json.WriteString("next", next);
            json.WriteEndObject();
        }

        response.ContentLength = body.Length;
        return HttpMethods.IsHead(request.Method)
            ? Task.CompletedTask
            : response.Body.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length)).AsTask();
    }
}

/// <summary>Writes changes as an Atom feed, for feed readers.</summary>
internal sealed class ChangeFeedAnswer(ListChanges asked, ChangePage page) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var request = httpContext.Request;
        var of = asked.Subject ?? asked.Collection;
        return new AtomAnswer(
            of is null ? "Changes of the registry" : $"Changes of {of}",
            page.Changes.Count > 0 ? page.Changes[0].Instant : page.Instant,
            [.. page.Changes.Select(EntryOf)],
            page.IsFull ? Addresses.With(request, "before", page.Changes[^1].Sequence) : null
        ).ExecuteAsync(httpContext);
    }

    private static AtomEntry EntryOf(Change change) =>
        new(
            $"changes/{change.Sequence}",
            $"{NameOf(change) ?? $"{change.Collection}/{change.Id}"}: {change.Operation}",
            change.Instant,
            ChangeRoutes.AddressOf(change.Collection, change.Id)
        )
        {
            Author = change.Actor,
            Summary =
                $"{change.Collection}/{change.Id}, version {change.Version}, {change.Operation} by {change.Actor}"
                + (change.Reason is null ? "." : $": {change.Reason}"),
            Categories = [change.Collection, change.Operation],
        };

    private static string? NameOf(Change change)
    {
        if (change.Record is null)
        {
            return null;
        }

        using var record = JsonDocument.Parse(change.Record);
        return record.RootElement.TryGetProperty("name", out var name) ? name.GetString() : null;
    }
}
