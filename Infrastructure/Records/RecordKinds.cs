using System.Text.Json;
using Registry.Infrastructure.Forums;
using Registry.Infrastructure.Meetings;
using Registry.Infrastructure.Ministers;
using Registry.Infrastructure.Provenance;
using Registry.Infrastructure.Records.Reading;
using Registry.Infrastructure.States;

namespace Registry.Infrastructure.Records;

/// <summary>Every kind of record there is, those first that others refer to.</summary>
public static class RecordKinds
{
    public static readonly IReadOnlyList<RecordKind> All =
    [
        SourceStore.Kind,
        StateStore.Kind,
        ForumStore.Kind,
        BodyStore.Kind,
        MembershipStore.Kind,
        MinisterStore.Kind,
        PostStore.Kind,
        AppointmentStore.Kind,
        MeetingStore.Kind,
        DocumentStore.Kind,
        OutcomeStore.Kind,
        ChairmanshipStore.Kind,
        ClaimStore.Kind,
    ];

    /// <summary>The collections, in the same order.</summary>
    public static IReadOnlyList<string> Collections { get; } = [.. All.Select(kind => kind.Collection)];

    /// <summary>The description of a collection.</summary>
    /// <exception cref="ArgumentException">There is no such collection.</exception>
    public static RecordKind Of(string collection) =>
        Find(collection) ?? throw new ArgumentException($"There is no collection '{collection}'.", nameof(collection));

    /// <summary>The description of the collection whose records have the type.</summary>
    /// <exception cref="ArgumentException">There is no such collection.</exception>
    public static RecordKind Of(Type document) =>
        All.FirstOrDefault(kind => kind.Document == document)
        ?? throw new ArgumentException($"No collection has records of the type {document.Name}.", nameof(document));

    /// <summary>The description of a collection, or null when there is no such collection.</summary>
    public static RecordKind? Find(string? collection) => All.FirstOrDefault(kind => kind.Collection == collection);

    /// <summary>
    /// The record that an object refers to by the members kind and code, or collection and id; null when it refers to none.
    /// </summary>
    public static RecordName? NameIn(JsonElement reference)
    {
        var collection = TextOf(reference, "collection") ?? OfNoun(TextOf(reference, "kind"))?.Collection;
        return collection is not null && (TextOf(reference, "code") ?? TextOf(reference, "id")) is { } id
            ? new RecordName(collection, id)
            : null;
    }

    /// <summary>The description of the collection by the word for one of its records, such as state; null for another word.</summary>
    public static RecordKind? OfNoun(string? noun) => All.FirstOrDefault(kind => kind.Noun == noun);

    private static string? TextOf(JsonElement whole, string member) =>
        whole.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
