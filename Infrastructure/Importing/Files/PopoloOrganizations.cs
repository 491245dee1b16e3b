using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Domain.States;

namespace Registry.Infrastructure.Importing.Files;

/// <summary>The kind of an organization in a Popolo document, from the view of the registry.</summary>
internal enum OrganizationKind
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

/// <summary>Finds the kinds, codes and names of the organizations in a Popolo document.</summary>
/// <param name="document">The document.</param>
/// <param name="state">
/// The state of the legislature and government that it describes, or null when it is not given.
/// </param>
internal sealed partial class PopoloOrganizations(JsonObject document, string? state)
{
    private static readonly string[] SchemesOfStates = ["iso3166-1-alpha-3", "iso-3166-1-alpha-3", "iso3166", "alpha3"];

    private readonly Dictionary<string, JsonObject> _organizations = PopoloJson.ById(document, "organizations");

    /// <summary>
    /// Gets the kind of an organization and its code: <c>KAZ</c>, <c>CICA</c>, <c>CICA/secretariat</c>.
    /// </summary>
    public (OrganizationKind Kind, string? Code) KindOf(JsonObject organization)
    {
        if (StateOf(organization) is { } found)
        {
            return (OrganizationKind.State, found);
        }

        var top = organization;
        for (var depth = 0; depth < 20 && PopoloJson.Text(top, "parent_id") is { } parent; depth++)
        {
            if (!_organizations.TryGetValue(parent, out var next))
            {
                // An organization that the document does not describe has the id of the registry.
                return ForumOf(parent) is { } named ? BodyOf(named, organization) : (OrganizationKind.Unknown, null);
            }

            top = next;
        }

        var classification = PopoloJson.Text(top, "classification");
        var forum = ForumOf(PopoloJson.Text(top, "id"));
        return PopoloJson.Text(top, "parent_id") is not null ? (OrganizationKind.Unknown, null)
            : StateOf(top) is { } above ? (OrganizationKind.National, above)
            : classification is not null && National().IsMatch(classification) ? (OrganizationKind.National, state)
            : forum is null
                ? (
                    classification is null || top != organization
                        ? OrganizationKind.Unknown
                        : OrganizationKind.National,
                    state
                )
            : top == organization ? (OrganizationKind.Forum, forum)
            : BodyOf(forum, organization);
    }

    private static (OrganizationKind Kind, string? Code) BodyOf(string forum, JsonObject organization) =>
        (OrganizationKind.Body, $"{forum}/{BodyCodeOf(PopoloJson.Text(organization, "id"))}");

    /// <summary>True when the document describes the organization, as one of a state: a legislature, a party and the like.</summary>
    public bool IsNational(string organization) =>
        _organizations.TryGetValue(organization, out var held) && KindOf(held).Kind == OrganizationKind.National;

    /// <summary>Gets the name of an organization; its id when the document has no name.</summary>
    public string NameOf(string id) =>
        (_organizations.TryGetValue(id, out var held) ? PopoloJson.Text(held, "name") : null) ?? id;

    /// <summary>Gets the owner of a post in the organization, or null when it can have no posts.</summary>
    public JsonObject? OwnerOf(string? organization)
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

        return KindOf(held) switch
        {
            (OrganizationKind.State, { } code) => Subject("state", code),
            (OrganizationKind.Body, { } code) => Subject("body", code),
            (OrganizationKind.National, { } code) => Subject("state", code),
            _ => null,
        };
    }

    private static JsonObject Subject(string kind, string code) => new() { ["kind"] = kind, ["code"] = code };

    /// <summary>
    /// Gets the code of the parent body; null when the parent is the forum itself, or not described in the document.
    /// </summary>
    public string? ParentBodyOf(JsonObject organization) =>
        PopoloJson.Text(organization, "parent_id") is { } parent
        && _organizations.TryGetValue(parent, out var above)
        && PopoloJson.Text(above, "parent_id") is not null
            ? BodyCodeOf(parent)
            : null;

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
            PopoloJson
                .IdentifiersOf(organization)
                .Where(identifier => SchemesOfStates.Contains(identifier.Scheme))
                .Select(identifier => identifier.Value)
                .FirstOrDefault()
            ?? (
                PopoloJson.Text(organization, "classification") is "state" or "country"
                    ? PopoloJson.Text(organization, "id")
                    : null
            );
        return code is not null && Regex.IsMatch(code.ToUpperInvariant(), StateCode.Pattern)
            ? code.ToUpperInvariant()
            : null;
    }

    [GeneratedRegex(
        "legislat|parliament|chamber|senate|congress|party|faction|caucus|executive|government|cabinet|ministry|department"
            + "|coalition|bloc|unknown",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex National();
}
