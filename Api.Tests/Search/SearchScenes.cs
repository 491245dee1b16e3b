using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Search;

/// <summary>What the tests of search put on file and how they ask.</summary>
internal static class SearchScenes
{
    public static Task<JsonNode> SearchAsync(this RegistryApp app, string question, string more = "") =>
        app.ReadAsync($"/v1/search?q={Uri.EscapeDataString(question)}{more}");

    /// <summary>The records found, as type/id, in order.</summary>
    public static async Task<IReadOnlyList<string>> FoundAsync(
        this RegistryApp app,
        string question,
        string more = ""
    ) => [.. (await app.SearchAsync(question, more))["items"]!.AsArray().Select(hit => $"{hit!["type"]}/{hit["id"]}")];

    public static object Named(
        string text,
        string language = "en",
        string kind = "official",
        string? from = null,
        string? until = null
    ) =>
        new
        {
            kind,
            language,
            text,
            from,
            until,
        };

    public static async Task EstablishStateAsync(this RegistryApp app, string code, params object[] names) =>
        await (await app.PostAsync("/v1/states", new { code, names })).CreatedAsync();

    public static async Task EstablishForumAsync(this RegistryApp app, string code, params object[] names) =>
        await (await app.PostAsync("/v1/forums", new { code, names })).CreatedAsync();
}
