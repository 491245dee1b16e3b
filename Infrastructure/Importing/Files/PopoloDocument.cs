using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Registry.Domain;
using Registry.Domain.Ministers;
using Registry.Infrastructure.Records.Models;

namespace Registry.Infrastructure.Importing.Files;

/// <summary>Converts a Popolo document to rows, and collects what is left out.</summary>
internal sealed class PopoloDocument
{
    private readonly JsonObject _document;
    private readonly IReadOnlyDictionary<string, string[]> _known;
    private readonly PopoloOrganizations _organizations;
    private readonly PopoloParts _parts;
    private readonly PopoloRemainder _remainder = new();
    private readonly Dictionary<string, JsonObject> _posts;
    private readonly Dictionary<string, JsonObject> _events;

    /// <summary>The posts that are missing from the document, for the memberships with a role.</summary>
    private readonly Dictionary<string, JsonObject> _derivedPosts = new(StringComparer.Ordinal);

    private long _position;

    /// <param name="document">The document.</param>
    /// <param name="state">
    /// The state of the legislature and government that it describes, or null when it is not given.
    /// </param>
    /// <param name="known">The ministers on record with an identifier of a person, by the id of the person.</param>
    public PopoloDocument(JsonObject document, string? state, IReadOnlyDictionary<string, string[]> known)
    {
        _document = document;
        _known = known;
        _organizations = new PopoloOrganizations(document, state);
        _parts = new PopoloParts(_remainder);
        _posts = PopoloJson.ById(document, "posts");
        _events = PopoloJson.ById(document, "events");
    }

    /// <summary>The ids of the posts of memberships with a role, which are missing from the document.</summary>
    public IReadOnlyCollection<string> DerivedPosts =>
        [
            .. PopoloJson
                .Of(_document, "memberships")
                .Where(membership => PopoloJson.Text(membership, "post_id") is null)
                .Select(DerivePost)
                .OfType<(string Id, JsonObject Record)>()
                .Select(post => post.Id)
                .Distinct(),
        ];

    /// <summary>Lists the rows, followed by what was left out.</summary>
    /// <param name="existing">The created posts that are on record.</param>
    public IEnumerable<ImportedRow> Rows(IReadOnlySet<string> existing)
    {
        foreach (var row in PopoloJson.Of(_document, "persons").Select(Person))
        {
            yield return row;
        }

        foreach (var row in PopoloJson.Of(_document, "organizations").Select(Organization).OfType<ImportedRow>())
        {
            yield return row;
        }

        foreach (var row in PopoloJson.Of(_document, "posts").Select(Post).OfType<ImportedRow>())
        {
            yield return row;
        }

        foreach (var row in PopoloJson.Of(_document, "memberships").Select(Membership).OfType<ImportedRow>())
        {
            yield return row;
        }

        foreach (var (id, record) in _derivedPosts.Where(post => !existing.Contains(post.Key)))
        {
            _position++;
            yield return Row("posts", id, record);
        }

        PopoloMembers.NoteOtherLists(_document, _remainder);
        foreach (var sentence in _remainder.Sentences())
        {
            _position++;
            yield return new(_position, null, null, Refusal: new(Refusal.LeftOut, sentence));
        }
    }

    private ImportedRow Person(JsonObject person)
    {
        _position++;
        PopoloMembers.NoteOthers("persons", person, _remainder);
        if (PopoloJson.Text(person, "id") is { } named && _known.TryGetValue(named, out var found) && found.Length > 1)
        {
            return Refused(
                "ministers",
                "identifiers",
                $"They are identifiers of several records: {string.Join(", ", found)}."
            );
        }

        var own = PopoloJson.Text(person, "name");
        var names = PopoloJson
            .Of(person, "other_names")
            .Where(other => PopoloJson.Text(other, "name") is not null)
            .Select(other => PopoloParts.NameOf(other))
            .Prepend(PopoloParts.NameOf(person))
            .DistinctBy(name => name.ToJsonString())
            // The same name again, without its language.
            .Where((name, place) => place == 0 || !PopoloParts.IsRepeated(name, own));
        return Row(
            "ministers",
            MinisterOf(PopoloJson.Text(person, "id")),
            new()
            {
                ["names"] = _parts.Listed(names, PopoloParts.MaxNames, "other_names", "persons"),
                ["sortName"] = PopoloJson.Text(person, "sort_name"),
                ["born"] = PopoloJson.Text(person, "birth_date"),
                ["died"] = PopoloJson.Text(person, "death_date"),
                ["identifiers"] = _parts.Identifiers(person, "persons"),
                ["links"] = _parts.Links(person),
                ["sources"] = _parts.Sources(person),
            }
        );
    }

    private ImportedRow? Organization(JsonObject organization)
    {
        _position++;
        var (kind, code) = _organizations.KindOf(organization);
        switch (kind)
        {
            case OrganizationKind.State:
                // States are identified by organizations; no records are created from them.
                return null;
            case OrganizationKind.National:
                _remainder.Organization(
                    PopoloJson.Text(organization, "classification") ?? "no classification",
                    PopoloJson.Text(organization, "name") ?? PopoloJson.Text(organization, "id") ?? "without a name"
                );
                return null;
            case OrganizationKind.Unknown when PopoloJson.Text(organization, "parent_id") is not null:
                return Refused("bodies", "parent_id", "It refers to no forum.");
            case OrganizationKind.Unknown:
                return Refused(
                    "forums",
                    "id",
                    $"It is not the code of a forum: {PopoloJson.Text(organization, "id")}."
                );
        }

        PopoloMembers.NoteOthers("organizations", organization, _remainder);
        var names = PopoloJson
            .Of(organization, "other_names")
            .Where(other => PopoloJson.Text(other, "name") is not null)
            .Select(other =>
                PopoloParts.OrganizationName(other, PopoloJson.Text(other, "end_date") is null ? "short" : "former")
            )
            .Prepend(PopoloParts.OrganizationName(organization, "official"))
            .DistinctBy(name => name.ToJsonString());
        var record = new JsonObject
        {
            ["names"] = _parts.Listed(names, PopoloParts.MaxNames, "other_names", "organizations"),
            ["founded"] = PopoloJson.Text(organization, "founding_date"),
            ["dissolved"] = PopoloJson.Text(organization, "dissolution_date"),
            ["sources"] = _parts.Sources(organization),
        };
        if (kind == OrganizationKind.Forum)
        {
            record["code"] = code;
            record["identifiers"] = _parts.Identifiers(organization, "organizations");
            return Row("forums", code, record);
        }

        record["forum"] = code!.Split('/')[0];
        record["code"] = code.Split('/')[1];
        record["kind"] = PopoloJson.Text(organization, "classification");
        record["parent"] = _organizations.ParentBodyOf(organization);
        return Row("bodies", code, record);
    }

    private ImportedRow? Post(JsonObject post)
    {
        _position++;
        PopoloMembers.NoteOthers("posts", post, _remainder);
        var organization = PopoloJson.Text(post, "organization_id");
        if (_organizations.OwnerOf(organization) is not { } owner)
        {
            if (organization is not null && _organizations.IsNational(organization))
            {
                _remainder.Post(_organizations.NameOf(organization));
                return null;
            }

            return Refused("posts", "organization_id", "It has to be a post of a state or of a body of a forum.");
        }

        return Row(
            "posts",
            SlugOf(PopoloJson.Text(post, "id")),
            new()
            {
                ["kind"] = PostKindOf(PopoloJson.Text(post, "role")),
                ["of"] = owner,
                ["titles"] = new JsonArray(
                    PopoloParts.Title(PopoloJson.Text(post, "label") ?? PopoloJson.Text(post, "role"))
                ),
                // In a legislature several ministers hold the same post.
                ["singleHolder"] = organization is not null && _organizations.IsNational(organization) ? false : null,
                ["established"] = PopoloJson.Text(post, "start_date"),
                ["abolished"] = PopoloJson.Text(post, "end_date"),
                ["sources"] = _parts.Sources(post),
            }
        );
    }

    private ImportedRow? Membership(JsonObject membership)
    {
        _position++;
        PopoloMembers.NoteOthers("memberships", membership, _remainder);
        var (person, post) = (PopoloJson.Text(membership, "person_id"), PopoloJson.Text(membership, "post_id"));
        var organization = PopoloJson.Text(membership, "organization_id");
        if (person is null)
        {
            return Refused("appointments", "person_id", "Only a person with a post or a role is imported.");
        }

        if (post is not null && _posts.TryGetValue(post, out var described))
        {
            organization = PopoloJson.Text(described, "organization_id") ?? organization;
        }

        if (
            organization is not null
            && _organizations.IsNational(organization)
            && _organizations.OwnerOf(organization) is null
        )
        {
            _remainder.Membership(_organizations.NameOf(organization));
            return null;
        }

        if (post is null)
        {
            if (DerivePost(membership) is not { } derived)
            {
                return Refused(
                    "appointments",
                    "post_id",
                    "Only a person with a post, or with a role in a state or in a body of a forum, is imported."
                );
            }

            _derivedPosts.TryAdd(derived.Id, derived.Record);
            post = derived.Id;
        }

        var term = PopoloJson.Text(membership, "legislative_period_id") is { } period
            ? _events.GetValueOrDefault(period)
            : null;
        var from =
            PopoloJson.Text(membership, "start_date") ?? (term is null ? null : PopoloJson.Text(term, "start_date"));
        if (from is null && organization is not null && _organizations.IsNational(organization))
        {
            _remainder.Undated(_organizations.NameOf(organization));
            return null;
        }

        return Row(
            "appointments",
            SlugOf(PopoloJson.Text(membership, "id")),
            new()
            {
                ["minister"] = MinisterOf(person),
                ["post"] = SlugOf(post),
                ["from"] = from,
                ["until"] =
                    PopoloJson.Text(membership, "end_date")
                    ?? (term is null ? null : PopoloJson.Text(term, "end_date")),
                ["titles"] = PopoloJson.Text(membership, "label") is { } label
                    ? new JsonArray(PopoloParts.Title(label))
                    : null,
                ["sources"] = _parts.Sources(membership),
            }
        );
    }

    /// <summary>
    /// Creates the post of a membership with a role in an organization, when the document has none; null when it is
    /// impossible.
    /// </summary>
    private (string Id, JsonObject Record)? DerivePost(JsonObject membership)
    {
        if (
            PopoloJson.Text(membership, "role") is not { } role
            || PopoloJson.Text(membership, "organization_id") is not { } organization
            || _organizations.OwnerOf(organization) is not { } owner
        )
        {
            return null;
        }

        var national = _organizations.IsNational(organization);
        var name = _organizations.NameOf(organization);
        var code = (string)owner["code"]!;
        var id = Slug.From([.. code.Split('/'), .. national ? [name] : Array.Empty<string>(), role]);
        return id is null
            ? null
            : (
                id,
                new()
                {
                    ["kind"] = PostKindOf(role),
                    ["of"] = owner,
                    ["titles"] = new JsonArray(PopoloParts.Title(national ? $"{role}, {name}" : role)),
                    // The document does not say that the post has a single holder.
                    ["singleHolder"] = false,
                }
            );
    }

    private static string PostKindOf(string? role) => Words.All(typeof(PostKind)).Contains(role) ? role! : "other";

    private ImportedRow Row(string collection, string? id, JsonObject record) =>
        new(
            _position,
            collection,
            id,
            JsonSerializer.SerializeToUtf8Bytes(PopoloJson.Without(record), RegistryJson.Options)
        );

    private ImportedRow Refused(string collection, string field, string sentence) =>
        new(_position, collection, null, Refusal: Refusal.At(field, sentence));

    private string? MinisterOf(string? id) =>
        id is not null && _known.TryGetValue(id, out var found) ? found[0] : SlugOf(id);

    private static string? SlugOf(string? id) =>
        id is null ? null
        : Regex.IsMatch(id, Slug.Pattern) && id.Length is >= Slug.MinLength and <= Slug.MaxLength ? id
        : Slug.From(id);
}
