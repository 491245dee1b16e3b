using System.Text.Json;
using Registry.Domain.Forums;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Records;

/// <summary>Every kind of record there is, those first that others refer to.</summary>
public static class RecordKinds
{
    private static IReadOnlyList<RecordKind>? _all;
    private static IReadOnlyList<string> _collections = [];
    private static Dictionary<string, string?> _users = [];

    /// <exception cref="InvalidOperationException">The program is not composed of collections yet.</exception>
    public static IReadOnlyList<RecordKind> All =>
        _all ?? throw new InvalidOperationException("The program is not composed of collections yet.");

    /// <summary>The collections, in the same order.</summary>
    public static IReadOnlyList<string> Collections => _collections;

    /// <summary>Composes the program of collections, those first that others refer to.</summary>
    internal static void Compose(IReadOnlyList<RecordKind> kinds)
    {
        _all = kinds;
        _collections = [.. kinds.Select(kind => kind.Collection)];
        _users = kinds.ToDictionary(
            kind => kind.Collection,
            kind => UsersOf(kind.Collection, kinds),
            StringComparer.Ordinal
        );
    }

    /// <summary>
    /// The statement that lists the records which refer to the record @Id of a collection, such as
    /// <c>memberships/cica.kaz</c>; null when no record can.
    /// </summary>
    internal static string? UsersOf(RecordKind kind) => _users[kind.Collection];

    /// <summary>The description of a collection.</summary>
    /// <exception cref="ArgumentException">There is no such collection.</exception>
    public static RecordKind Of(string collection) =>
        Find(collection) ?? throw new ArgumentException($"There is no collection '{collection}'.", nameof(collection));

    /// <summary>The description of the collection whose records have the type.</summary>
    /// <exception cref="ArgumentException">There is no such collection.</exception>
    public static RecordKind Of(Type document) =>
        All.FirstOrDefault(kind => kind.Model == document)
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

    /// <summary>The description of the collection that has the records of a kind of subject.</summary>
    internal static RecordKind Of(SubjectKind subject) => OfNoun(Words.Of(subject))!;

    /// <summary>The description of the collection by the word for one of its records, such as state; null for another word.</summary>
    public static RecordKind? OfNoun(string? noun) => All.FirstOrDefault(kind => kind.Noun == noun);

    private static string? UsersOf(string collection, IReadOnlyList<RecordKind> kinds)
    {
        var selects =
            from kind in kinds
            from table in kind.Parts.Prepend(kind.Main)
            from reference in table.References
            where reference.Value == collection
            select $"SELECT CONCAT('{kind.Collection}/', r.{table.IdColumn}) FROM {table.Name} r WHERE r.{reference.Key} = @Id";
        var users = string.Join("\nUNION\n", selects);
        return users.Length == 0 ? null : users;
    }

    private static string? TextOf(JsonElement whole, string member) =>
        whole.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
