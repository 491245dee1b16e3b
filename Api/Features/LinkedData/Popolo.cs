using System.Text.Json;
using System.Text.Json.Nodes;
using Registry.Api.Http;
using Registry.Api.Routing;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Infrastructure.Forums;
using Registry.Infrastructure.Ministers;
using Registry.Infrastructure.Records.Models;

namespace Registry.Api.Features.LinkedData;

/// <summary>
/// Converts records to Popolo 1.0, the exchange format of parliaments and governments for persons and organizations: a
/// minister is a Person, a forum or body an Organization, a post a Post, and a standing or an appointment a Membership.
/// </summary>
internal static class Popolo
{
    /// <summary>The format: JSON-LD 1.1 in the terms of Popolo.</summary>
    public static readonly ResponseFormat Format = new("jsonld", MediaTypes.JsonLd)
    {
        WriteRecord = (request, document, stored) =>
        {
            var origin = Addresses.Origin(request);
            return Document(origin, Nodes(origin, document, stored.Record)).ToJsonString(RegistryJson.Options);
        },
        AnswerList = (asked, page) => new LinkedDataAnswer(page, asked.Item!),
    };

    /// <summary>The path of the JSON-LD context.</summary>
    public const string ContextPath = "/contexts/popolo";

    private const string Foaf = "http://xmlns.com/foaf/0.1/";
    private const string Schema = "http://schema.org/";
    private const string Org = "http://www.w3.org/ns/org#";
    private const string OpenGov = "http://www.w3.org/ns/opengov#";
    private const string Person = "http://www.w3.org/ns/person#";
    private const string Skos = "http://www.w3.org/2004/02/skos/core#";
    private const string Terms = "http://purl.org/dc/terms/";
    private const string W3Date = Terms + "W3CDTF";

    /// <summary>The JSON-LD 1.1 context; some terms are scoped to a type.</summary>
    public static readonly JsonObject Context = new()
    {
        ["@context"] = new JsonObject
        {
            ["@version"] = 1.1,
            ["id"] = $"{Terms}identifier",
            ["other_names"] = new JsonObject
            {
                ["@id"] = $"{OpenGov}otherName",
                ["@context"] = new JsonObject { ["name"] = $"{Skos}altLabel", ["lang"] = $"{Terms}language" },
            },
            ["identifiers"] = new JsonObject
            {
                ["@id"] = $"{Org}identifier",
                ["@context"] = new JsonObject { ["identifier"] = $"{Skos}notation", ["scheme"] = $"{Skos}inScheme" },
            },
            ["links"] = Linked("http://www.w3.org/2000/01/rdf-schema#seeAlso"),
            ["sources"] = Linked($"{Terms}source"),
            ["updated_at"] = Dated($"{Terms}modified"),
            ["start_date"] = Dated($"{Schema}validFrom"),
            ["end_date"] = Dated($"{Schema}validUntil"),
            ["organization"] = Named($"{Org}organization"),
            ["Person"] = Typed(
                $"{Person}Person",
                ("name", $"{Foaf}name"),
                ("family_name", $"{Foaf}familyName"),
                ("given_name", $"{Foaf}givenName"),
                ("patronymic_name", $"{Person}patronymicName"),
                ("sort_name", "http://www.w3.org/2000/10/swap/pim/contact#sortName"),
                ("birth_date", Dated($"{Schema}birthDate")),
                ("death_date", Dated($"{Schema}deathDate"))
            ),
            ["Organization"] = Typed(
                $"{Org}Organization",
                ("name", $"{Skos}prefLabel"),
                ("classification", $"{Org}classification"),
                ("parent", Named($"{Org}subOrganizationOf")),
                ("founding_date", Dated($"{Schema}foundingDate")),
                ("dissolution_date", Dated($"{Schema}dissolutionDate"))
            ),
            ["Post"] = Typed(
                $"{Org}Post",
                ("label", $"{Skos}prefLabel"),
                ("role", $"{Org}role"),
                ("organization", Named($"{Org}postIn"))
            ),
            ["Membership"] = Typed(
                $"{Org}Membership",
                ("label", $"{Skos}prefLabel"),
                ("role", $"{Org}role"),
                ("member", Named($"{Org}member")),
                ("person", Named($"{Org}member")),
                ("post", Named($"{OpenGov}post"))
            ),
        },
    };

    /// <summary>Serves the context, which changes only with the program.</summary>
    public static void MapContexts(this IEndpointRouteBuilder app)
    {
        var text = Context.ToJsonString(RegistryJson.Options);
        app.MapPage(ContextPath, _ => Results.Content(text, MediaTypes.JsonLd), "public, max-age=3600");
    }

    /// <summary>A document of one node, or of a graph of several.</summary>
    public static JsonObject Document(string origin, IEnumerable<JsonObject> nodes, bool whole = false)
    {
        var all = nodes.ToArray();
        var document = new JsonObject { ["@context"] = origin + ContextPath };
        if (!whole && all is [var single])
        {
            foreach (var (name, value) in single.ToArray())
            {
                single.Remove(name);
                document[name] = value;
            }
        }
        else
        {
            document["@graph"] = new JsonArray([.. all]);
        }

        return document;
    }

    /// <summary>The nodes of a record: a membership has one for each of its standings.</summary>
    /// <param name="origin">The origin of this registry.</param>
    /// <param name="document">The type of the record.</param>
    /// <param name="record">The record as JSON.</param>
    public static IEnumerable<JsonObject> Nodes(string origin, Type document, string record) =>
        JsonSerializer.Deserialize(record, document, RegistryJson.Options) switch
        {
            MinisterModel { Names: not null } minister => [Of(origin, minister)],
            ForumModel { Names: not null } forum => [Of(origin, forum)],
            BodyModel { Names: not null } body => [Of(origin, body)],
            PostModel { Titles: not null } post => [Of(origin, post)],
            AppointmentModel { Post: not null } appointment => [Of(origin, appointment)],
            MembershipModel { Standings: not null } membership => Of(origin, membership),
            // Popolo has no term for a tombstone.
            _ => [],
        };

    private static JsonObject Of(string origin, MinisterModel minister)
    {
        var shown = minister.Names!.FirstOrDefault(name => name.Text == minister.Name) ?? minister.Names![0];
        return Node(
            $"{origin}/v1/ministers/{minister.Id}",
            "Person",
            minister,
            ("id", minister.Id),
            ("name", minister.Name),
            ("family_name", shown.Family),
            ("given_name", shown.Given),
            ("patronymic_name", shown.Patronymic),
            ("sort_name", minister.SortName),
            ("birth_date", Text(minister.Born)),
            ("death_date", Text(minister.Died)),
            (
                "other_names",
                List(minister.Names!.Where(name => name != shown), name => Name(name.Text, name.Language, null, name))
            ),
            ("identifiers", Identifiers(minister.Identifiers)),
            ("links", List(minister.Links, link => Object(("url", link.Url), ("note", link.Title)))),
            ("sources", Sources(minister.Sources))
        );
    }

    private static JsonObject Of(string origin, ForumModel forum) =>
        Node(
            $"{origin}/v1/forums/{forum.Code}",
            "Organization",
            forum,
            ("id", forum.Code),
            ("name", forum.Name),
            ("classification", forum.Stages is [.., { Nature: { } nature }] ? Words.Of(nature) : null),
            ("founding_date", Text(forum.Founded)),
            ("dissolution_date", Text(forum.Dissolved)),
            ("other_names", OtherNames(forum.Names!, forum.Name)),
            ("identifiers", Identifiers(forum.Identifiers)),
            ("sources", Sources(forum.Sources))
        );

    private static JsonObject Of(string origin, BodyModel body) =>
        Node(
            $"{origin}/v1/forums/{body.Forum}/bodies/{body.Code}",
            "Organization",
            body,
            ("id", $"{body.Forum}/{body.Code}"),
            ("name", body.Name),
            ("classification", Words.Of(body.Kind!.Value)),
            (
                "parent",
                body.Parent is null
                    ? $"{origin}/v1/forums/{body.Forum}"
                    : $"{origin}/v1/forums/{body.Forum}/bodies/{body.Parent}"
            ),
            ("founding_date", Text(body.Founded)),
            ("dissolution_date", Text(body.Dissolved)),
            ("other_names", OtherNames(body.Names!, body.Name)),
            ("sources", Sources(body.Sources))
        );

    private static JsonObject Of(string origin, PostModel post) =>
        Node(
            $"{origin}/v1/posts/{post.Id}",
            "Post",
            post,
            ("id", post.Id),
            ("label", post.Name),
            ("role", Words.Of(post.Kind!.Value)),
            ("organization", AddressOf(origin, post.Of!)),
            ("start_date", Text(post.Established)),
            ("end_date", Text(post.Abolished)),
            ("sources", Sources(post.Sources))
        );

    private static JsonObject Of(string origin, AppointmentModel appointment) =>
        Node(
            $"{origin}/v1/appointments/{appointment.Id}",
            "Membership",
            appointment,
            ("id", appointment.Id),
            ("role", appointment.Acting == true ? "acting" : null),
            ("person", $"{origin}/v1/ministers/{appointment.Minister}"),
            ("post", $"{origin}/v1/posts/{appointment.Post}"),
            ("start_date", Text(appointment.From)),
            ("end_date", Text(appointment.Until)),
            ("sources", Sources(appointment.Sources))
        );

    private static IEnumerable<JsonObject> Of(string origin, MembershipModel membership) =>
        membership.Standings!.Select(
            (standing, place) =>
                Node(
                    $"{origin}/v1/memberships/{membership.Id}#{place}",
                    "Membership",
                    membership,
                    ("id", $"{membership.Id}#{place}"),
                    ("role", Words.Of(standing.Standing!.Value)),
                    (
                        "member",
                        membership.Member!.Kind == PartyKind.State
                            ? $"{origin}/v1/states/{membership.Member.Code}"
                            : $"{origin}/v1/forums/{membership.Member.Code}"
                    ),
                    ("organization", $"{origin}/v1/forums/{membership.Forum}"),
                    ("start_date", Text(standing.From)),
                    ("end_date", Text(standing.Until)),
                    ("sources", Sources(standing.Sources))
                )
        );

    private static JsonObject Node(
        string address,
        string type,
        RecordModel record,
        params IEnumerable<(string Name, JsonNode? Value)> members
    ) =>
        Object([
            ("@id", address),
            ("@type", type),
            .. members,
            ("updated_at", JsonSerializer.SerializeToNode(record.RecordedAt, RegistryJson.Options)),
        ]);

    /// <summary>Makes an object without members for unknown values.</summary>
    private static JsonObject Object(params IEnumerable<(string Name, JsonNode? Value)> members) =>
        new(
            members
                .Where(member => member.Value is not null)
                .Select(member => KeyValuePair.Create(member.Name, member.Value))
        );

    private static JsonArray? List<T>(IEnumerable<T>? items, Func<T, JsonObject> node) =>
        items?.Select(node).ToArray<JsonNode?>() is { Length: > 0 } nodes ? new JsonArray(nodes) : null;

    private static JsonArray? OtherNames(IEnumerable<NameModel> names, string? shown) =>
        List(
            names.Where(name => name.Text != shown),
            name => Name(name.Text, name.Language, Words.Of(name.Kind!.Value), name)
        );

    private static JsonObject Name(string? text, string? language, string? kind, DatedPart inUse) =>
        Object(
            ("name", text),
            ("lang", language),
            ("note", kind),
            ("start_date", Text(inUse.From)),
            ("end_date", Text(inUse.Until))
        );

    private static JsonArray? Identifiers(IEnumerable<IdentifierModel>? identifiers) =>
        List(identifiers, one => Object(("scheme", one.Scheme), ("identifier", one.Value)));

    private static JsonArray? Sources(IEnumerable<CitationModel>? sources) =>
        List(sources, source => Object(("url", source.Url), ("note", source.Citation)));

    private static string AddressOf(string origin, SubjectModel subject) =>
        subject.Kind == SubjectKind.State
            ? $"{origin}/v1/states/{subject.Code}"
            : $"{origin}/v1/forums/{subject.Code!.Replace("/", "/bodies/", StringComparison.Ordinal)}";

    private static JsonValue? Text(PartialDate? date) => date is null ? null : JsonValue.Create(date.ToString());

    private static JsonObject Dated(string term) => new() { ["@id"] = term, ["@type"] = W3Date };

    private static JsonObject Named(string term) => new() { ["@id"] = term, ["@type"] = "@id" };

    private static JsonObject Linked(string term) =>
        new()
        {
            ["@id"] = term,
            ["@context"] = new JsonObject { ["url"] = "@id", ["note"] = $"{Terms}description" },
        };

    private static JsonObject Typed(string type, params IEnumerable<(string Name, JsonNode Term)> terms) =>
        new()
        {
            ["@id"] = type,
            ["@context"] = new JsonObject(terms.Select(term => KeyValuePair.Create(term.Name, (JsonNode?)term.Term))),
        };
}
