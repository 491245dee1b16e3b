using System.Text;
using System.Text.Json.Nodes;

namespace Registry.Api.Tests.Http;

/// <summary>A value in a body, by the path that refusals name it with: <c>names[0].language</c>.</summary>
internal sealed record JsonPlace(string Path, JsonNode Value)
{
    /// <summary>The members that end a period.</summary>
    public static readonly string[] Ends = ["until", "dissolved", "died", "abolished", "ends"];

    /// <summary>The members that hold a date.</summary>
    public static readonly string[] Dates = [.. Ends, "from", "founded", "born", "established", "starts", "on", "due"];

    /// <summary>The members that hold a word of a closed list.</summary>
    public static readonly string[] Words =
    [
        "kind",
        "confidence",
        "nature",
        "region",
        "standing",
        "step",
        "ending",
        "format",
        "mode",
        "status",
        "capacity",
        "level",
        "verb",
    ];

    public string Member => Path[(Path.LastIndexOf('.') + 1)..];

    /// <summary>The path of a member of this object.</summary>
    public string Inner(string member) => Path.Length == 0 ? member : $"{Path}.{member}";

    public static IEnumerable<JsonPlace> Of(JsonNode body) => Within(body, "").Skip(1);

    /// <summary>Every object, the body itself among them, by its path.</summary>
    public static IEnumerable<JsonPlace> Objects(JsonNode body) =>
        Within(body, "").Where(place => place.Value is JsonObject);

    private static IEnumerable<JsonPlace> Within(JsonNode value, string path)
    {
        yield return new(path, value);
        var inner = value switch
        {
            JsonObject members => members.Select(member =>
                (Path: new JsonPlace(path, value).Inner(member.Key), member.Value)
            ),
            JsonArray items => items.Select((item, index) => (Path: $"{path}[{index}]", Value: item)),
            _ => [],
        };
        foreach (var place in inner.SelectMany(child => Within(child.Value!, child.Path)))
        {
            yield return place;
        }
    }
}

/// <summary>Bodies with one thing wrong, as bytes, since much that is wrong cannot be said in a tree of JSON.</summary>
internal static class Broken
{
    // Stands where the text is to be put that no JSON writer would write.
    private const string Mark = "@@mark@@";

    /// <summary>The body with other JSON, or no JSON, in place of one value.</summary>
    public static byte[] Replace(JsonObject valid, string path, byte[] raw)
    {
        var body = valid.DeepClone();
        JsonPlace.Of(body).Single(place => place.Path == path).Value.ReplaceWith(Mark);
        return Splice(body, $"\"{Mark}\"", raw);
    }

    public static byte[] Replace(JsonObject valid, string path, string raw) =>
        Replace(valid, path, Encoding.UTF8.GetBytes(raw));

    public static byte[] Remove(JsonObject valid, string path)
    {
        var body = valid.DeepClone();
        var place = JsonPlace.Of(body).Single(place => place.Path == path);
        place.Value.Parent!.AsObject().Remove(place.Member);
        return Encoding.UTF8.GetBytes(body.ToJsonString());
    }

    /// <summary>The body with one member more, whatever is there already.</summary>
    public static byte[] Add(JsonObject valid, string path, string member, string raw)
    {
        var body = valid.DeepClone();
        JsonPlace.Objects(body).Single(place => place.Path == path).Value.AsObject()[Mark] = Mark;
        return Splice(body, $"\"{Mark}\":\"{Mark}\"", Encoding.UTF8.GetBytes($"\"{member}\":{raw}"));
    }

    private static byte[] Splice(JsonNode body, string mark, byte[] raw)
    {
        var text = body.ToJsonString();
        var at = text.IndexOf(mark, StringComparison.Ordinal);
        return [.. Encoding.UTF8.GetBytes(text[..at]), .. raw, .. Encoding.UTF8.GetBytes(text[(at + mark.Length)..])];
    }
}
