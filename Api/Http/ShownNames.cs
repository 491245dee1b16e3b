using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Registry.Domain;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Reading;
using Registry.Infrastructure.States;

namespace Registry.Api.Http;

/// <summary>Puts names of a date and a language into records, and into responses that refer to records.</summary>
/// <remarks>
/// A record shows one of its own <c>names</c>, <c>titles</c> or <c>texts</c>. References to other records are recognized by
/// their shape: an object of <c>kind</c>, <c>code</c> and <c>name</c>, a <c>minister</c> of <c>id</c> and <c>name</c>, and a
/// <c>forumName</c> beside a <c>forum</c>. A name recorded at a meeting has another shape and is not changed.
/// </remarks>
/// <param name="item">The type of the record or of the items.</param>
/// <param name="languages">The languages in order of preference; empty for English.</param>
/// <param name="day">The date of the names; null for the latest.</param>
internal sealed class ShownNames(Type item, IReadOnlyList<string> languages, DateOnly? day)
{
    private const string Language = "nameLanguage";
    private const string ForumLanguage = "forumNameLanguage";

    private static readonly string[] Lists = ["names", "titles", "texts"];

    private static readonly ConcurrentDictionary<Type, bool> Known = new();

    private readonly Dictionary<RecordName, BorneName?> _known = [];

    /// <summary>True for a record type, which shows only its own names.</summary>
    public static bool IsRecord(Type item) => item.IsAssignableTo(typeof(RecordModel));

    /// <summary>True when the type shows names that can be in several languages.</summary>
    public static bool AreIn(Type item) => Known.GetOrAdd(item, type => IsRecord(type) ? HasNames(type) : Shows(type));

    /// <summary>Reads the names of the records that the items refer to.</summary>
    public async Task LearnAsync(
        Inclusions records,
        IReadOnlyList<string> items,
        DateTimeOffset? knownAt,
        CancellationToken cancellationToken
    )
    {
        if (IsRecord(item))
        {
            return;
        }

        var named = new HashSet<RecordName>();
        foreach (var text in items)
        {
            Visit(JsonNode.Parse(text)!.AsObject(), (_, _, _, name) => named.Add(name));
        }

        foreach (var (name, record) in await records.ReadAsync(named, knownAt, cancellationToken))
        {
            using var document = JsonDocument.Parse(record);
            _known[name] = ChosenIn(
                document.RootElement,
                name.Collection == "states" ? NameKind.Short : NameKind.Official
            );
        }
    }

    /// <summary>The item or record with its names.</summary>
    public string ShowIn(string text)
    {
        var whole = JsonNode.Parse(text)!.AsObject();
        if (IsRecord(item))
        {
            using var document = JsonDocument.Parse(text);
            var kind = item == typeof(StateModel) ? NameKind.Short : NameKind.Official;
            if (
                !whole.ContainsKey("name")
                || ChosenIn(document.RootElement, kind) is not { } own
                || !SetName(whole, "name", Language, own)
            )
            {
                return text;
            }
        }
        else
        {
            if (whole.ContainsKey("title") && whole.ContainsKey("titles"))
            {
                using var document = JsonDocument.Parse(text);
                if (ChosenIn(document.RootElement, NameKind.Official) is { } title)
                {
                    SetName(whole, "title", Language, title);
                }
            }

            Visit(
                whole,
                (part, member, language, name) =>
                {
                    if (_known.GetValueOrDefault(name) is { } chosen)
                    {
                        SetName(part, member, language, chosen);
                    }
                }
            );
        }

        return whole.ToJsonString(RegistryJson.Options);
    }

    /// <summary>Sets a name, and its language when that is not the preferred one.</summary>
    /// <returns>True when anything changed.</returns>
    private bool SetName(JsonObject part, string member, string language, BorneName name)
    {
        var isOtherLanguage = languages.Count > 0 && !NameChoice.Fits(name.Language, languages[0]);
        if ((string?)part[member] == name.Text && !isOtherLanguage)
        {
            return false;
        }

        part[member] = name.Text;
        if (isOtherLanguage)
        {
            part[language] = name.Language;
        }

        return true;
    }

    private BorneName? ChosenIn(JsonElement record, NameKind preferred)
    {
        foreach (var list in Lists)
        {
            if (record.TryGetProperty(list, out var names) && names.ValueKind == JsonValueKind.Array)
            {
                return NameChoice.Of(names.EnumerateArray().Select(NameOf), preferred, languages, day);
            }
        }

        return null;
    }

    private static BorneName NameOf(JsonElement name) =>
        new(
            Text(name, "text") ?? "",
            Text(name, "language") ?? "",
            Text(name, "kind"),
            new Period(
                Text(name, "from") is { } from ? PartialDate.Parse(from) : null,
                Text(name, "until") is { } until ? PartialDate.Parse(until) : null,
                name.TryGetProperty("ended", out var ended) && ended.ValueKind == JsonValueKind.True
            )
        );

    private static string? Text(JsonElement whole, string member) =>
        whole.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>Visits each member that shows the name of another record.</summary>
    private static void Visit(JsonObject part, Action<JsonObject, string, string, RecordName> found)
    {
        if (part["forumName"] is not null && (string?)part["forum"] is { } forum)
        {
            found(part, "forumName", ForumLanguage, new RecordName("forums", forum));
        }

        foreach (var (member, value) in part.ToArray())
        {
            if (value is not JsonObject inner)
            {
                continue;
            }

            if (inner["name"] is null) { }
            else if (member == "minister" && (string?)inner["id"] is { } minister)
            {
                found(inner, "name", Language, new RecordName("ministers", minister));
            }
            else if (NamedBy(inner) is { } name)
            {
                found(inner, "name", Language, name);
            }

            Visit(inner, found);
        }
    }

    private static bool HasNames(Type record) =>
        MembersOf(record) is var members
        && members.Any(member => member.Name == "name")
        && members.Any(member => Lists.Contains(member.Name));

    private static bool Shows(Type type) =>
        MembersOf(type)
            .Any(member =>
                member.Name is Language or ForumLanguage
                || (member.Name == "titles" && MembersOf(type).Any(other => other.Name == "title"))
                || (IsPart(member.PropertyType) && Shows(member.PropertyType))
            );

    private static bool IsPart(Type type) => type.Assembly == typeof(ShownNames).Assembly && type.IsClass;

    private static IList<JsonPropertyInfo> MembersOf(Type type) =>
        RegistryJson.Options.GetTypeInfo(type) is { Kind: JsonTypeInfoKind.Object } info ? info.Properties : [];

    private static RecordName? NamedBy(JsonObject party) =>
        party["kind"] is JsonValue kind
        && party["code"] is JsonValue code
        && RecordKinds.OfNoun((string?)kind) is { } named
            ? new RecordName(named.Collection, (string)code!)
            : null;
}
