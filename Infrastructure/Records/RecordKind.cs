using System.Text.Json;
using Registry.Domain;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Infrastructure.Records;

/// <summary>Describes a collection of records. What the rest of the program knows of a collection, it derives from this.</summary>
public sealed record RecordKind
{
    internal RecordKind(string collection, string noun, Type model, RecordTable main, params RecordTable[] parts) =>
        (Collection, Noun, Model, Main, Parts) = (collection, noun, model, main, parts);

    /// <summary>The name of the collection in paths and in the change log: <c>forums</c>.</summary>
    public string Collection { get; }

    /// <summary>The word for one record: <c>forum</c>.</summary>
    public string Noun { get; }

    /// <summary>The type of the record as it is served.</summary>
    public Type Model { get; }

    /// <summary>The form of the ids.</summary>
    public IdForm Ids { get; init; } = IdForm.Slug;

    /// <summary>True when records have names, by which they are searched and matched.</summary>
    public bool IsNamed { get; init; }

    /// <summary>True when sources can make claims on the fields of records.</summary>
    public bool IsClaimed { get; init; } = true;

    /// <summary>
    /// True for forums: the records that belong to one are within the <see cref="WriteScope"/> of those who may write it.
    /// </summary>
    public bool IsOwner { get; init; }

    /// <summary>
    /// True when records are created along with others, whatever the <see cref="WriteScope"/> of the author: the sources that
    /// they cite.
    /// </summary>
    public bool IsShared { get; init; }

    /// <summary>The member whose items have a row each in a table; null when a record has one row.</summary>
    public string? RowsOf { get; init; }

    /// <summary>
    /// The id that a record determines by its content when it does not have the member id; null for kinds without such an id.
    /// </summary>
    internal Func<JsonElement, string?>? ComposedId { get; init; }

    /// <summary>The part table with the identifiers of records in other systems; null for kinds without identifiers.</summary>
    internal RecordTable? Identifiers { get; init; }

    /// <summary>The table with one row a record, whose column Record has the whole record.</summary>
    internal RecordTable Main { get; }

    /// <summary>The tables that index the content of the record, replaced with it.</summary>
    internal RecordTable[] Parts { get; }

    /// <summary>The records at which changes of a record of this kind show as well.</summary>
    internal RecordParents Parents { get; init; } = RecordParents.None;

    /// <summary>The id in the letter case of the ids of this kind: who types one by hand need not know it.</summary>
    public string Cased(string id) =>
        Ids switch
        {
            IdForm.Code => id.ToUpperInvariant(),
            IdForm.CodeInForum when id.Split('/') is [var forum, var code] =>
                $"{forum.ToUpperInvariant()}/{code.ToLowerInvariant()}",
            _ => id.ToLowerInvariant(),
        };

    /// <summary>The id that a record has in its members; null when they have none.</summary>
    /// <exception cref="IllegalValueException">The members cannot be those of a record of this kind.</exception>
    internal string? IdIn(JsonElement record) =>
        Ids switch
        {
            IdForm.Code => TextOf(record, "code"),
            IdForm.CodeInForum => TextOf(record, "forum") is { } forum && TextOf(record, "code") is { } code
                ? $"{forum}/{code}"
                : null,
            _ => TextOf(record, "id") ?? ComposedId?.Invoke(record),
        };

    private static string? TextOf(JsonElement whole, string member) =>
        whole.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}

/// <summary>The form of the ids of a kind of record.</summary>
public enum IdForm
{
    /// <summary>A slug in lower case, given by the client or made from the names: <c>mukhtar-tileuberdi</c>.</summary>
    Slug,

    /// <summary>A code in upper case, which the record has as its member code: <c>CICA</c>.</summary>
    Code,

    /// <summary>A code in lower case, unique within a forum: <c>CICA/secretariat</c>.</summary>
    CodeInForum,
}
