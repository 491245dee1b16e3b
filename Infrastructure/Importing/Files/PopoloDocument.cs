using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Domain.Ministers;
using Registry.Domain.States;
using Registry.Infrastructure.Records.Documents;

namespace Registry.Infrastructure.Importing.Files;

/// <summary>Converts a Popolo document to rows, and collects what is left out.</summary>
/// <param name="document">The document.</param>
/// <param name="state">
/// The state of the legislature and government that it describes, or null when it is not given.
/// </param>
/// <param name="known">The ministers on record with an identifier of a person, by the id of the person.</param>
internal sealed partial class PopoloDocument(
    JsonObject document,
    string? state,
    IReadOnlyDictionary<string, string[]> known
)
{
    /// <summary>The language of a name without one (BCP 47: undetermined).</summary>
    private const string NoLanguage = "und";

    private const int MostNames = 100;
    private const int MostIdentifiers = 50;
    private const int MostLinks = 50;
    private const int MostSources = 20;

    private static readonly string[] SchemesOfStates = ["iso3166-1-alpha-3", "iso-3166-1-alpha-3", "iso3166", "alpha3"];

    /// <summary>The members of each list that are imported, or that only repeat others.</summary>
    private static readonly Dictionary<string, string[]> Taken = new(StringComparer.Ordinal)
    {
        ["persons"] =
        [
            "id",
            "name",
            "family_name",
            "given_name",
            "patronymic_name",
            "sort_name",
            "other_names",
            "birth_date",
            "death_date",
            "identifiers",
            "links",
            "sources",
        ],
        ["organizations"] =
        [
            "id",
            "name",
            "other_names",
            "classification",
            "parent_id",
            "founding_date",
            "dissolution_date",
            "identifiers",
            "sources",
        ],
        ["posts"] = ["id", "label", "role", "organization_id", "start_date", "end_date", "sources"],
        ["memberships"] =
        [
            "id",
            "person_id",
            "post_id",
            "organization_id",
            "role",
            "label",
            "start_date",
            "end_date",
            "legislative_period_id",
            "sources",
        ],
    };

    private readonly Dictionary<string, JsonObject> _organizations = ById(document, "organizations");

    private readonly Dictionary<string, JsonObject> _posts = ById(document, "posts");

    private readonly Dictionary<string, JsonObject> _events = ById(document, "events");

    private readonly PopoloRemainder _left = new();

    /// <summary>The posts that are missing from the document, for the memberships with a role.</summary>
    private readonly Dictionary<string, JsonObject> _made = new(StringComparer.Ordinal);

    private long _place;

    /// <summary>The meaning of an organization in the registry.</summary>
    private enum Sort
    {
        State,
        Forum,
        Body,

        /// <summary>
        /// A legislature, a party and the like, of a state. The registry has no record for it, but for its posts.
        /// </summary>
        National,

        /// <summary>An organization of unknown kind.</summary>
        Unknown,
    }

    /// <summary>The ids of the posts of memberships with a role, which are missing from the document.</summary>
    public IReadOnlyCollection<string> MadePosts =>
        [
            .. Of(document, "memberships")
                .Where(membership => Text(membership, "post_id") is null)
                .Select(MadePost)
                .OfType<(string Id, JsonObject Record)>()
                .Select(post => post.Id)
                .Distinct(),
        ];

    /// <summary>Lists the rows, followed by what was left out.</summary>
    /// <param name="onRecord">The created posts that are on record.</param>
    public IEnumerable<ImportedRow> Rows(IReadOnlySet<string> onRecord)
    {
        foreach (var row in Of(document, "persons").Select(Person))
        {
            yield return row;
        }

        foreach (var row in Of(document, "organizations").Select(Organization).OfType<ImportedRow>())
        {
            yield return row;
        }

        foreach (var row in Of(document, "posts").Select(Post).OfType<ImportedRow>())
        {
            yield return row;
        }

        foreach (var row in Of(document, "memberships").Select(Membership).OfType<ImportedRow>())
        {
            yield return row;
        }

        foreach (var (id, record) in _made.Where(post => !onRecord.Contains(post.Key)))
        {
            _place++;
            yield return Row("posts", id, record);
        }

        NoteTheRest();
        foreach (var sentence in _left.Sentences())
        {
            _place++;
            yield return new(_place, null, null, Refusal: new(Refusal.LeftOut, sentence));
        }
    }

    /// <summary>Lists the objects of a list.</summary>
    public static IEnumerable<JsonObject> Of(JsonObject whole, string list) =>
        (whole[list] as JsonArray ?? []).OfType<JsonObject>();

    /// <summary>Gets a text that is not empty.</summary>
    public static string? Text(JsonObject whole, string member) =>
        whole[member] is JsonValue value && value.TryGetValue<string>(out var text) && !string.IsNullOrWhiteSpace(text)
            ? text.Trim()
            : null;

    /// <summary>Lists the identifiers of a person or an organization, with the schemes of the registry.</summary>
    public static IEnumerable<(string Scheme, string Value)> IdentifiersOf(JsonObject whole) =>
        from identifier in Of(whole, "identifiers")
        let scheme = Text(identifier, "scheme")
        let value = Text(identifier, "identifier")
        where scheme is not null && value is { Length: <= Identifier.MaxValueLength }
        select (Identifier.SchemeFrom(scheme), value);

    private static Dictionary<string, JsonObject> ById(JsonObject document, string list) =>
        Of(document, list)
            .Where(one => Text(one, "id") is not null)
            .DistinctBy(one => Text(one, "id"))
            .ToDictionary(one => Text(one, "id")!, StringComparer.Ordinal);

    private ImportedRow Person(JsonObject person)
    {
        _place++;
        NoteMembers("persons", person);
        if (Text(person, "id") is { } named && known.TryGetValue(named, out var found) && found.Length > 1)
        {
            return Refused(
                "ministers",
                "identifiers",
                $"They are identifiers of several records: {string.Join(", ", found)}."
            );
        }

        var own = Text(person, "name");
        var names = Of(person, "other_names")
            .Where(other => Text(other, "name") is not null)
            .Select(other => NameOf(other))
            .Prepend(NameOf(person))
            .DistinctBy(name => name.ToJsonString())
            // The same name again, without its language.
            .Where((name, place) => place == 0 || !IsRepeated(name, own));
        return Row(
            "ministers",
            MinisterOf(Text(person, "id")),
            new()
            {
                ["names"] = Listed(names, MostNames, "other_names", "persons"),
                ["sortName"] = Text(person, "sort_name"),
                ["born"] = Text(person, "birth_date"),
                ["died"] = Text(person, "death_date"),
                ["identifiers"] = Identifiers(person, "persons"),
                ["links"] = Links(person),
                ["sources"] = Sources(person),
            }
        );
    }

    private ImportedRow? Organization(JsonObject organization)
    {
        _place++;
        var (sort, code) = SortOf(organization);
        switch (sort)
        {
            case Sort.State:
                // States are identified by organizations; no records are created from them.
                return null;
            case Sort.National:
                _left.Organization(
                    Text(organization, "classification") ?? "no classification",
                    Text(organization, "name") ?? Text(organization, "id") ?? "without a name"
                );
                return null;
            case Sort.Unknown when Text(organization, "parent_id") is not null:
                return Refused("bodies", "parent_id", "It refers to no forum.");
            case Sort.Unknown:
                return Refused("forums", "id", $"It is not the code of a forum: {Text(organization, "id")}.");
        }

        NoteMembers("organizations", organization);
        var names = Of(organization, "other_names")
            .Where(other => Text(other, "name") is not null)
            .Select(other => OrganizationName(other, Text(other, "end_date") is null ? "short" : "former"))
            .Prepend(OrganizationName(organization, "official"))
            .DistinctBy(name => name.ToJsonString());
        var record = new JsonObject
        {
            ["names"] = Listed(names, MostNames, "other_names", "organizations"),
            ["founded"] = Text(organization, "founding_date"),
            ["dissolved"] = Text(organization, "dissolution_date"),
            ["sources"] = Sources(organization),
        };
        if (sort == Sort.Forum)
        {
            record["code"] = code;
            record["identifiers"] = Identifiers(organization, "organizations");
            return Row("forums", code, record);
        }

        var parent = Text(organization, "parent_id")!;
        record["forum"] = code!.Split('/')[0];
        record["code"] = code.Split('/')[1];
        record["kind"] = Text(organization, "classification");
        record["parent"] =
            _organizations.TryGetValue(parent, out var above) && Text(above, "parent_id") is not null
                ? BodyCodeOf(parent)
                : null;
        return Row("bodies", code, record);
    }

    private ImportedRow? Post(JsonObject post)
    {
        _place++;
        NoteMembers("posts", post);
        var organization = Text(post, "organization_id");
        if (OwnerOf(organization) is not { } owner)
        {
            if (organization is not null && IsNational(organization))
            {
                _left.Post(NameOfOrganization(organization));
                return null;
            }

            return Refused("posts", "organization_id", "It has to be a post of a state or of a body of a forum.");
        }

        return Row(
            "posts",
            SlugOf(Text(post, "id")),
            new()
            {
                ["kind"] = KindOf(Text(post, "role")),
                ["of"] = owner,
                ["titles"] = new JsonArray(Title(Text(post, "label") ?? Text(post, "role"))),
                // In a legislature several ministers hold the same post.
                ["singleHolder"] = organization is not null && IsNational(organization) ? false : null,
                ["established"] = Text(post, "start_date"),
                ["abolished"] = Text(post, "end_date"),
                ["sources"] = Sources(post),
            }
        );
    }

    private ImportedRow? Membership(JsonObject membership)
    {
        _place++;
        NoteMembers("memberships", membership);
        var (person, post) = (Text(membership, "person_id"), Text(membership, "post_id"));
        var organization = Text(membership, "organization_id");
        if (person is null)
        {
            return Refused("appointments", "person_id", "Only a person with a post or a role is imported.");
        }

        if (post is not null && _posts.TryGetValue(post, out var described))
        {
            organization = Text(described, "organization_id") ?? organization;
        }

        if (organization is not null && IsNational(organization) && OwnerOf(organization) is null)
        {
            _left.Membership(NameOfOrganization(organization));
            return null;
        }

        if (post is null)
        {
            if (MadePost(membership) is not { } made)
            {
                return Refused(
                    "appointments",
                    "post_id",
                    "Only a person with a post, or with a role in a state or in a body of a forum, is imported."
                );
            }

            _made.TryAdd(made.Id, made.Record);
            post = made.Id;
        }

        var term = Text(membership, "legislative_period_id") is { } period ? _events.GetValueOrDefault(period) : null;
        var from = Text(membership, "start_date") ?? (term is null ? null : Text(term, "start_date"));
        if (from is null && organization is not null && IsNational(organization))
        {
            _left.Undated(NameOfOrganization(organization));
            return null;
        }

        return Row(
            "appointments",
            SlugOf(Text(membership, "id")),
            new()
            {
                ["minister"] = MinisterOf(person),
                ["post"] = SlugOf(post),
                ["from"] = from,
                ["until"] = Text(membership, "end_date") ?? (term is null ? null : Text(term, "end_date")),
                ["titles"] = Text(membership, "label") is { } label ? new JsonArray(Title(label)) : null,
                ["sources"] = Sources(membership),
            }
        );
    }

    /// <summary>
    /// Creates the post of a membership with a role in an organization, when the document has none; null when it is
    /// impossible.
    /// </summary>
    private (string Id, JsonObject Record)? MadePost(JsonObject membership)
    {
        if (
            Text(membership, "role") is not { } role
            || Text(membership, "organization_id") is not { } organization
            || OwnerOf(organization) is not { } owner
        )
        {
            return null;
        }

        var national = IsNational(organization);
        var name = NameOfOrganization(organization);
        var code = (string)owner["code"]!;
        var id = Slug.From([.. code.Split('/'), .. national ? [name] : Array.Empty<string>(), role]);
        return id is null
            ? null
            : (
                id,
                new()
                {
                    ["kind"] = KindOf(role),
                    ["of"] = owner,
                    ["titles"] = new JsonArray(Title(national ? $"{role}, {name}" : role)),
                    // The document does not say that the post has a single holder.
                    ["singleHolder"] = false,
                }
            );
    }

    private static string KindOf(string? role) => Words.All(typeof(PostKind)).Contains(role) ? role! : "other";

    private ImportedRow Row(string collection, string? id, JsonObject record) =>
        new(_place, collection, id, JsonSerializer.SerializeToUtf8Bytes(Without(record), RegistryJson.Options));

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

    /// <summary>
    /// Gets the meaning of an organization, with its code: <c>KAZ</c>, <c>CICA</c>, <c>CICA/secretariat</c>.
    /// </summary>
    private (Sort Sort, string? Code) SortOf(JsonObject organization)
    {
        if (StateOf(organization) is { } found)
        {
            return (Sort.State, found);
        }

        var top = organization;
        for (var depth = 0; depth < 20 && Text(top, "parent_id") is { } parent; depth++)
        {
            if (!_organizations.TryGetValue(parent, out var next))
            {
                // An organization that the document does not describe has the id of the registry.
                return ForumOf(parent) is { } named ? BodyOf(named, organization) : (Sort.Unknown, null);
            }

            top = next;
        }

        var classification = Text(top, "classification");
        var forum = ForumOf(Text(top, "id"));
        return Text(top, "parent_id") is not null ? (Sort.Unknown, null)
            : StateOf(top) is { } above ? (Sort.National, above)
            : classification is not null && National().IsMatch(classification) ? (Sort.National, state)
            : forum is null ? (classification is null || top != organization ? Sort.Unknown : Sort.National, state)
            : top == organization ? (Sort.Forum, forum)
            : BodyOf(forum, organization);
    }

    private static (Sort Sort, string? Code) BodyOf(string forum, JsonObject organization) =>
        (Sort.Body, $"{forum}/{BodyCodeOf(Text(organization, "id"))}");

    private bool IsNational(string organization) =>
        _organizations.TryGetValue(organization, out var held) && SortOf(held).Sort == Sort.National;

    private string NameOfOrganization(string id) =>
        (_organizations.TryGetValue(id, out var held) ? Text(held, "name") : null) ?? id;

    /// <summary>Gets the owner of a post in the organization, or null when it can have no posts.</summary>
    private JsonObject? OwnerOf(string? organization)
    {
        if (organization is null)
        {
            return null;
        }

        if (!_organizations.TryGetValue(organization, out var held))
        {
            // An organization that the document does not describe has the id of the registry.
            return Regex.IsMatch(organization, StateCode.Pattern) ? Subject("state", organization)
                : Regex.IsMatch(organization, BodyId.Pattern) ? Subject("body", organization)
                : null;
        }

        return SortOf(held) switch
        {
            (Sort.State, { } code) => Subject("state", code),
            (Sort.Body, { } code) => Subject("body", code),
            (Sort.National, { } code) => Subject("state", code),
            _ => null,
        };
    }

    private static JsonObject Subject(string kind, string code) => new() { ["kind"] = kind, ["code"] = code };

    /// <summary>Gets the language as a BCP 47 tag when it can be one: <c>zh_TW</c> is <c>zh-TW</c>.</summary>
    private static string LanguageOf(JsonObject whole)
    {
        if (Text(whole, "lang") is not { } said)
        {
            return NoLanguage;
        }

        string[] parts = [.. said.Split('-', '_')];
        var tag = string.Join(
            '-',
            parts.Select(
                (part, place) =>
                    place == 0 ? part.ToLowerInvariant()
                    : part.Length == 4 ? CultureInfo.InvariantCulture.TextInfo.ToTitleCase(part.ToLowerInvariant())
                    : part.ToUpperInvariant()
            )
        );
        return Regex.IsMatch(tag, Language.Pattern) ? tag : NoLanguage;
    }

    /// <summary>True for a name of unknown language with the text of the first name.</summary>
    private static bool IsRepeated(JsonObject name, string? own) =>
        name.Count == 2 && (string?)name["language"] == NoLanguage && (string?)name["text"] == own;

    private static JsonObject NameOf(JsonObject whole) =>
        Without(
            new()
            {
                ["language"] = LanguageOf(whole),
                ["text"] = Text(whole, "name"),
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
                ["language"] = LanguageOf(whole),
                ["text"] = Text(whole, "name"),
                ["from"] = Text(whole, "start_date"),
                ["until"] = Text(whole, "end_date"),
            }
        );

    private static JsonObject Title(string? text) => Without(new() { ["language"] = NoLanguage, ["text"] = text });

    private JsonArray? Identifiers(JsonObject whole, string list)
    {
        var given = Of(whole, "identifiers").Count();
        var taken = IdentifiersOf(whole).Distinct().ToArray();
        _left.Items("identifiers", list, given - taken.Length);
        return Listed(
            taken.Select(identifier => new JsonObject { ["scheme"] = identifier.Scheme, ["value"] = identifier.Value }),
            MostIdentifiers,
            "identifiers",
            list
        );
    }

    private JsonArray? Links(JsonObject whole)
    {
        var given = Of(whole, "links").ToArray();
        var taken = given.Where(link => IsAddress(Text(link, "url"))).ToArray();
        _left.Items("links", "persons", given.Length - taken.Length);
        return Listed(
            taken.Select(link =>
                Without(
                    new() { ["url"] = Text(link, "url"), ["title"] = Short(Text(link, "note"), WebLink.MaxTitleLength) }
                )
            ),
            MostLinks,
            "links",
            "persons"
        );
    }

    private static bool IsAddress(string? url) =>
        url is { Length: <= WebLink.MaxUrlLength }
        && Uri.TryCreate(url, UriKind.Absolute, out var address)
        && address.Scheme is "http" or "https";

    private static string? Short(string? text, int longest) => text?.Length > longest ? text[..longest] : text;

    private JsonArray? Sources(JsonObject whole) =>
        Listed(
            Of(whole, "sources")
                .Where(source => Text(source, "note") is not null || Text(source, "url") is not null)
                .Select(source =>
                    Without(
                        new()
                        {
                            ["citation"] = Text(source, "note") ?? Text(source, "url"),
                            ["url"] = IsAddress(Text(source, "url")) ? Text(source, "url") : null,
                            ["confidence"] = "medium",
                        }
                    )
                ),
            MostSources,
            "sources",
            "records"
        );

    /// <summary>Lists the items up to the limit of a record.</summary>
    private JsonArray? Listed(IEnumerable<JsonObject> items, int most, string member, string list)
    {
        JsonObject[] all = [.. items];
        _left.Items(member, list, all.Length - most);
        return all.Length == 0 ? null : new JsonArray([.. all.Take(most)]);
    }

    private static JsonObject Without(JsonObject whole)
    {
        foreach (var empty in whole.Where(member => member.Value is null).Select(member => member.Key).ToArray())
        {
            whole.Remove(empty);
        }

        return whole;
    }

    private void NoteMembers(string list, JsonObject one)
    {
        foreach (var (member, value) in one)
        {
            var isEmpty =
                value is null or JsonArray { Count: 0 }
                || (
                    value is JsonValue
                    && Text(one, member) is null
                    && value.GetValueKind() == System.Text.Json.JsonValueKind.String
                );
            if (!isEmpty && !Taken[list].Contains(member))
            {
                _left.Member(list, member);
            }
        }
    }

    /// <summary>Collects the lists that are not imported at all.</summary>
    private void NoteTheRest()
    {
        var terms = Of(document, "memberships")
            .Select(membership => Text(membership, "legislative_period_id"))
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        _left.List("events", Of(document, "events").Count(one => Text(one, "id") is not { } id || !terms.Contains(id)));
        foreach (var (list, value) in document)
        {
            if (value is JsonArray items && list != "events" && !Taken.ContainsKey(list))
            {
                _left.List(list, items.Count);
            }
        }
    }

    [GeneratedRegex(
        "legislat|parliament|chamber|senate|congress|party|faction|caucus|executive|government|cabinet|ministry|department"
            + "|coalition|bloc|unknown",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex National();
}
