using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Registry.Domain;

namespace Registry.Infrastructure.Importing.Files;

/// <summary>Converts the parts that the objects of a Popolo document share: names, identifiers, links and sources.</summary>
/// <param name="remainder">Receives the parts that are left out.</param>
internal sealed class PopoloParts(PopoloRemainder remainder)
{
    public const int MaxNames = 100;

    /// <summary>The language of a name without one (BCP 47: undetermined).</summary>
    private const string NoLanguage = "und";

    private const int MaxIdentifiers = 50;
    private const int MaxLinks = 50;
    private const int MaxSources = 20;

    /// <summary>Converts the identifiers of a person or an organization.</summary>
    public JsonArray? Identifiers(JsonObject whole, string list)
    {
        var given = PopoloJson.Of(whole, "identifiers").Count();
        var taken = PopoloJson.IdentifiersOf(whole).Distinct().ToArray();
        remainder.Items("identifiers", list, given - taken.Length);
        return Listed(
            taken.Select(identifier => new JsonObject { ["scheme"] = identifier.Scheme, ["value"] = identifier.Value }),
            MaxIdentifiers,
            "identifiers",
            list
        );
    }

    /// <summary>Converts the links of a person.</summary>
    public JsonArray? Links(JsonObject whole)
    {
        var given = PopoloJson.Of(whole, "links").ToArray();
        var taken = given.Where(link => IsAddress(PopoloJson.Text(link, "url"))).ToArray();
        remainder.Items("links", "persons", given.Length - taken.Length);
        return Listed(
            taken.Select(link =>
                PopoloJson.Without(
                    new()
                    {
                        ["url"] = PopoloJson.Text(link, "url"),
                        ["title"] = Short(PopoloJson.Text(link, "note"), WebLink.MaxTitleLength),
                    }
                )
            ),
            MaxLinks,
            "links",
            "persons"
        );
    }

    private static bool IsAddress(string? url) =>
        url is { Length: <= WebLink.MaxUrlLength }
        && Uri.TryCreate(url, UriKind.Absolute, out var address)
        && address.Scheme is "http" or "https";

    private static string? Short(string? text, int longest) => text?.Length > longest ? text[..longest] : text;

    /// <summary>Converts the sources of an object.</summary>
    public JsonArray? Sources(JsonObject whole) =>
        Listed(
            PopoloJson
                .Of(whole, "sources")
                .Where(source =>
                    PopoloJson.Text(source, "note") is not null || PopoloJson.Text(source, "url") is not null
                )
                .Select(source =>
                    PopoloJson.Without(
                        new()
                        {
                            ["citation"] = PopoloJson.Text(source, "note") ?? PopoloJson.Text(source, "url"),
                            ["url"] = IsAddress(PopoloJson.Text(source, "url")) ? PopoloJson.Text(source, "url") : null,
                            ["confidence"] = "medium",
                        }
                    )
                ),
            MaxSources,
            "sources",
            "records"
        );

    /// <summary>Lists the items up to the limit of a record.</summary>
    public JsonArray? Listed(IEnumerable<JsonObject> items, int most, string member, string list)
    {
        JsonObject[] all = [.. items];
        remainder.Items(member, list, all.Length - most);
        return all.Length == 0 ? null : new JsonArray([.. all.Take(most)]);
    }

    /// <summary>Gets the language as a BCP 47 tag when it can be one: <c>zh_TW</c> is <c>zh-TW</c>.</summary>
    private static string LanguageOf(JsonObject whole)
    {
        if (PopoloJson.Text(whole, "lang") is not { } said)
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
    public static bool IsRepeated(JsonObject name, string? own) =>
        name.Count == 2 && (string?)name["language"] == NoLanguage && (string?)name["text"] == own;

    /// <summary>Converts the name of a person.</summary>
    public static JsonObject NameOf(JsonObject whole) =>
        PopoloJson.Without(
            new()
            {
                ["language"] = LanguageOf(whole),
                ["text"] = PopoloJson.Text(whole, "name"),
                ["family"] = PopoloJson.Text(whole, "family_name"),
                ["given"] = PopoloJson.Text(whole, "given_name"),
                ["patronymic"] = PopoloJson.Text(whole, "patronymic_name"),
                ["from"] = PopoloJson.Text(whole, "start_date"),
                ["until"] = PopoloJson.Text(whole, "end_date"),
            }
        );

    /// <summary>Converts the name of an organization.</summary>
    public static JsonObject OrganizationName(JsonObject whole, string kind) =>
        PopoloJson.Without(
            new()
            {
                ["kind"] = kind,
                ["language"] = LanguageOf(whole),
                ["text"] = PopoloJson.Text(whole, "name"),
                ["from"] = PopoloJson.Text(whole, "start_date"),
                ["until"] = PopoloJson.Text(whole, "end_date"),
            }
        );

    /// <summary>Converts a title of unknown language.</summary>
    public static JsonObject Title(string? text) =>
        PopoloJson.Without(new() { ["language"] = NoLanguage, ["text"] = text });
}
