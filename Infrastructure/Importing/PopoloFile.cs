using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Dapper;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Domain.Ministers;
using Registry.Domain.States;
using Registry.Infrastructure.Database;
using Registry.Infrastructure.Tables;

namespace Registry.Infrastructure.Importing;

/// <summary>
/// A Popolo document: persons become ministers, organizations forums and bodies, posts posts, and memberships in posts
/// appointments. What Popolo says and the registry has no place for is left out.
/// </summary>
public sealed class PopoloFile
{
    /// <summary>The largest document, in bytes: it is read whole, since its parts name each other in any order.</summary>
    private const int Longest = 64 * 1024 * 1024;

    /// <summary>Popolo does not tell the language of a name (BCP 47: undetermined).</summary>
    private const string NoLanguage = "und";

    private static readonly string[] Lists = ["persons", "organizations", "posts", "memberships"];

    private static readonly string[] SchemesOfStates = ["iso3166-1-alpha-3", "iso-3166-1-alpha-3", "iso3166", "alpha3"];

    private readonly RegistryDatabase _database;

    internal PopoloFile(RegistryDatabase database) => _database = database;

    /// <exception cref="UnreadableFileException">It is no Popolo document, or too large.</exception>
    internal async Task<IEnumerable<ImportedRow>> RowsAsync(Stream file, CancellationToken cancellationToken)
    {
        var text = await ReadAsync(file, cancellationToken);
        if (JsonText.FindBroken(text) is { } place)
        {
            var line = 1 + text.AsSpan(0, (int)place).Count((byte)'\n');
            throw new UnreadableFileException(
                new(
                    Refusal.Unreadable,
                    $"It has broken Unicode in line {line}: half of a surrogate pair, as an escape."
                )
            );
        }

        JsonObject document;
        try
        {
            var node = JsonNode.Parse(
                text,
                documentOptions: new JsonDocumentOptions { MaxDepth = 40, AllowDuplicateProperties = false }
            );
            document =
                node as JsonObject
                ?? throw new UnreadableFileException(new(Refusal.Unreadable, "It is no JSON object."));
        }
        catch (JsonException broken)
        {
            throw new UnreadableFileException(
                new(
                    Refusal.Unreadable,
                    $"It is not JSON: line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1}."
                )
            );
        }

        if (!Lists.Any(list => document[list] is JsonArray))
        {
            throw new UnreadableFileException(
                new(Refusal.Unreadable, $"It has none of the lists {string.Join(", ", Lists)}.")
            );
        }

        return new Reading(document, await KnownAsync(document, cancellationToken)).Rows();
    }

    /// <exception cref="UnreadableFileException">It is too large.</exception>
    private static async Task<byte[]> ReadAsync(Stream file, CancellationToken cancellationToken)
    {
        using var text = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; (read = await file.ReadAsync(buffer, cancellationToken)) > 0; )
        {
            text.Write(buffer, 0, read);
            if (text.Length > Longest)
            {
                throw new UnreadableFileException(
                    new(
                        "too-large",
                        $"A Popolo document has at most {Longest} bytes. Send what is larger as lines of JSON."
                    )
                );
            }
        }

        return text.ToArray();
    }

    /// <summary>The ministers on record that have an identifier of a person, by the id of that.</summary>
    private async Task<Dictionary<string, string[]>> KnownAsync(
        JsonObject document,
        CancellationToken cancellationToken
    )
    {
        var known = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var person in Reading.Of(document, "persons"))
        {
            var found = new SortedSet<string>(StringComparer.Ordinal);
            foreach (var (scheme, value) in Reading.IdentifiersOf(person))
            {
                found.UnionWith(
                    await _database.ReadAsync(
                        connection =>
                            connection.QueryAsync<string>(
                                ImportSql.MinistersIdentified,
                                new { Scheme = scheme, Value = value }
                            ),
                        cancellationToken
                    )
                );
            }

            if (found.Count > 0 && Reading.Text(person, "id") is { } id)
            {
                known[id] = [.. found];
            }
        }

        return known;
    }

    private sealed class Reading(JsonObject document, Dictionary<string, string[]> known)
    {
        private readonly Dictionary<string, JsonObject> _organizations = Of(document, "organizations")
            .Where(organization => Text(organization, "id") is not null)
            .DistinctBy(organization => Text(organization, "id"))
            .ToDictionary(organization => Text(organization, "id")!, StringComparer.Ordinal);

        private long _place;

        public IEnumerable<ImportedRow> Rows() =>
            Of(document, "persons")
                .Select(Person)
                .Concat(Of(document, "organizations").Select(Organization))
                .Concat(Of(document, "posts").Select(Post))
                .Concat(Of(document, "memberships").Select(Membership))
                .OfType<ImportedRow>();

        public static IEnumerable<JsonObject> Of(JsonObject whole, string list) =>
            (whole[list] as JsonArray ?? []).OfType<JsonObject>();

        public static string? Text(JsonObject whole, string member) =>
            whole[member] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0
                ? text
                : null;

        public static IEnumerable<(string Scheme, string Value)> IdentifiersOf(JsonObject whole) =>
            from identifier in Of(whole, "identifiers")
            let scheme = Text(identifier, "scheme")?.ToLowerInvariant()
            let value = Text(identifier, "identifier")
            where scheme is not null && value is not null
            select (scheme, value);

        private ImportedRow Person(JsonObject person)
        {
            _place++;
            if (Text(person, "id") is { } named && known.TryGetValue(named, out var found) && found.Length > 1)
            {
                return Refused(
                    "ministers",
                    "identifiers",
                    $"They are those of several records: {string.Join(", ", found)}."
                );
            }

            var names = new JsonArray(NameOf(person, Text(person, "name")));
            foreach (var other in Of(person, "other_names"))
            {
                names.Add(NameOf(other, Text(other, "name")));
            }

            return Row(
                "ministers",
                MinisterOf(Text(person, "id")),
                new()
                {
                    ["names"] = names,
                    ["sortName"] = Text(person, "sort_name"),
                    ["born"] = Text(person, "birth_date"),
                    ["died"] = Text(person, "death_date"),
                    ["identifiers"] = Identifiers(person),
                    ["links"] = Links(person),
                    ["sources"] = Sources(person),
                }
            );
        }

        private ImportedRow? Organization(JsonObject organization)
        {
            _place++;
            var id = Text(organization, "id");
            if (StateOf(organization) is not null)
            {
                // States are named by organizations; their records are not made from them.
                return null;
            }

            var names = new JsonArray(OrganizationName(organization, "official"));
            foreach (var other in Of(organization, "other_names"))
            {
                names.Add(OrganizationName(other, Text(other, "end_date") is null ? "short" : "former"));
            }

            var record = new JsonObject
            {
                ["names"] = names,
                ["founded"] = Text(organization, "founding_date"),
                ["dissolved"] = Text(organization, "dissolution_date"),
                ["sources"] = Sources(organization),
            };
            if (Text(organization, "parent_id") is not { } parent)
            {
                if (ForumOf(id) is not { } code)
                {
                    return Refused("forums", "id", $"It is no code of a forum: {id}.");
                }

                record["code"] = code;
                record["identifiers"] = Identifiers(organization);
                return Row("forums", code, record);
            }

            if (ForumAbove(parent) is not { } forum)
            {
                return Refused("bodies", "parent_id", "It leads to no forum.");
            }

            record["forum"] = forum;
            record["code"] = BodyCodeOf(id);
            record["kind"] = Text(organization, "classification");
            record["parent"] =
                _organizations.TryGetValue(parent, out var above) && Text(above, "parent_id") is not null
                    ? BodyCodeOf(parent)
                    : null;
            return Row("bodies", $"{forum}/{BodyCodeOf(id)}", record);
        }

        private ImportedRow Post(JsonObject post)
        {
            _place++;
            var kind = Text(post, "role");
            return SubjectOf(Text(post, "organization_id")) is { } owner
                ? Row(
                    "posts",
                    SlugOf(Text(post, "id")),
                    new()
                    {
                        ["kind"] = Words.All(typeof(PostKind)).Contains(kind) ? kind : "other",
                        ["of"] = owner,
                        ["titles"] = new JsonArray(Title(Text(post, "label"))),
                        ["established"] = Text(post, "start_date"),
                        ["abolished"] = Text(post, "end_date"),
                        ["sources"] = Sources(post),
                    }
                )
                : Refused("posts", "organization_id", "A post is one of a state or of a body of a forum.");
        }

        private ImportedRow Membership(JsonObject membership)
        {
            _place++;
            var (person, post) = (Text(membership, "person_id"), Text(membership, "post_id"));
            return person is null || post is null
                ? Refused("appointments", person is null ? "person_id" : "post_id", "Only a person in a post is taken.")
                : Row(
                    "appointments",
                    SlugOf(Text(membership, "id")),
                    new()
                    {
                        ["minister"] = MinisterOf(person),
                        ["post"] = SlugOf(post),
                        ["from"] = Text(membership, "start_date"),
                        ["until"] = Text(membership, "end_date"),
                        ["titles"] = Text(membership, "label") is { } label ? new JsonArray(Title(label)) : null,
                        ["sources"] = Sources(membership),
                    }
                );
        }

        private ImportedRow Row(string collection, string? id, JsonObject record)
        {
            foreach (var empty in record.Where(member => member.Value is null).Select(member => member.Key).ToArray())
            {
                record.Remove(empty);
            }

            return new(_place, collection, id, record.ToJsonString(RegistryJson.Options));
        }

        private ImportedRow Refused(string collection, string field, string sentence) =>
            new(_place, collection, null, Refusal: Refusal.At(field, sentence));

        private string? MinisterOf(string? id) =>
            id is not null && known.TryGetValue(id, out var found) ? found[0] : SlugOf(id);

        private static string? SlugOf(string? id) =>
            id is null ? null
            : Regex.IsMatch(id, Slug.Pattern) && id.Length is >= Slug.MinLength and <= Slug.MaxLength ? id
            : Slug.From(id);

        private static string? ForumOf(string? id) =>
            id?.ToUpperInvariant() is { } code && Regex.IsMatch(code, ForumCode.Pattern) ? code : null;

        private static string BodyCodeOf(string? id)
        {
            var code = (Slug.From(id?.Split('/')[^1]) ?? "").Replace('.', '-');
            return code.Length > 0 && char.IsAsciiDigit(code[0]) ? $"body-{code}" : code;
        }

        private static string? StateOf(JsonObject organization)
        {
            var code =
                IdentifiersOf(organization)
                    .Where(identifier => SchemesOfStates.Contains(identifier.Scheme))
                    .Select(identifier => identifier.Value)
                    .FirstOrDefault()
                ?? (Text(organization, "classification") is "state" or "country" ? Text(organization, "id") : null);
            return code is not null && Regex.IsMatch(code.ToUpperInvariant(), StateCode.Pattern)
                ? code.ToUpperInvariant()
                : null;
        }

        private string? ForumAbove(string id)
        {
            for (var depth = 0; depth < 20; depth++)
            {
                if (
                    !_organizations.TryGetValue(id, out var organization)
                    || Text(organization, "parent_id") is not { } parent
                )
                {
                    return ForumOf(id);
                }

                id = parent;
            }

            return null;
        }

        private JsonObject? SubjectOf(string? organization)
        {
            if (organization is null)
            {
                return null;
            }

            if (!_organizations.TryGetValue(organization, out var held))
            {
                // What the document does not describe is named as the registry names it.
                return Regex.IsMatch(organization, StateCode.Pattern) ? Subject("state", organization)
                    : Regex.IsMatch(organization, BodyId.Pattern) ? Subject("body", organization)
                    : null;
            }

            return StateOf(held) is { } state ? Subject("state", state)
                : Text(held, "parent_id") is { } parent && ForumAbove(parent) is { } forum
                    ? Subject("body", $"{forum}/{BodyCodeOf(organization)}")
                : null;
        }

        private static JsonObject Subject(string kind, string code) => new() { ["kind"] = kind, ["code"] = code };

        private static JsonObject NameOf(JsonObject whole, string? text) =>
            Without(
                new()
                {
                    ["language"] = NoLanguage,
                    ["text"] = text,
                    ["family"] = Text(whole, "family_name"),
                    ["given"] = Text(whole, "given_name"),
                    ["patronymic"] = Text(whole, "patronymic_name"),
                    ["from"] = Text(whole, "start_date"),
                    ["until"] = Text(whole, "end_date"),
                }
            );

        private static JsonObject OrganizationName(JsonObject whole, string kind) =>
            Without(
                new()
                {
                    ["kind"] = kind,
                    ["language"] = NoLanguage,
                    ["text"] = Text(whole, "name"),
                    ["from"] = Text(whole, "start_date"),
                    ["until"] = Text(whole, "end_date"),
                }
            );

        private static JsonObject Title(string? text) => Without(new() { ["language"] = NoLanguage, ["text"] = text });

        private static JsonArray? Identifiers(JsonObject whole) =>
            Listed(
                IdentifiersOf(whole)
                    .Select(identifier => new JsonObject
                    {
                        ["scheme"] = identifier.Scheme,
                        ["value"] = identifier.Value,
                    })
            );

        private static JsonArray? Links(JsonObject whole) =>
            Listed(
                Of(whole, "links")
                    .Select(link => Without(new() { ["url"] = Text(link, "url"), ["title"] = Text(link, "note") }))
            );

        private static JsonArray? Sources(JsonObject whole) =>
            Listed(
                Of(whole, "sources")
                    .Select(source =>
                        Without(
                            new()
                            {
                                ["citation"] = Text(source, "note") ?? Text(source, "url"),
                                ["url"] = Text(source, "url"),
                                ["confidence"] = "medium",
                            }
                        )
                    )
            );

        private static JsonArray? Listed(IEnumerable<JsonObject> items) =>
            items.ToArray<JsonNode>() is { Length: > 0 } list ? new JsonArray(list) : null;

        private static JsonObject Without(JsonObject whole)
        {
            foreach (var empty in whole.Where(member => member.Value is null).Select(member => member.Key).ToArray())
            {
                whole.Remove(empty);
            }

            return whole;
        }
    }
}
