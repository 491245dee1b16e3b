using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Provenance;

/// <summary>What the tests of sources and claims put on file first.</summary>
internal static class ProvenanceScenes
{
    public static async Task<JsonNode> EstablishSourceAsync(this RegistryApp app, string id, string kind = "press") =>
        await (
            await app.PostAsync(
                "/v1/sources",
                new
                {
                    id,
                    publisher = "Press",
                    title = $"Report {id}",
                    published = "2022-09",
                    kind,
                }
            )
        ).CreatedAsync();

    /// <summary>A forum PACT with the member KAZ since 2000, and two sources.</summary>
    public static async Task EstablishMembershipAsync(this RegistryApp app)
    {
        await app.EstablishForumAsync("PACT");
        await app.EstablishStateAsync("KAZ");
        await (await app.AdmitAsync("PACT", "KAZ", from: "2000")).CreatedAsync();
        await app.EstablishSourceAsync("gazette");
        await app.EstablishSourceAsync("dataset");
    }

    public static Task<HttpResponseMessage> ClaimAsync(
        this RegistryApp app,
        string field,
        JsonNode? value,
        string source = "gazette",
        string collection = "memberships",
        string subject = "pact.kaz",
        string? id = null
    ) =>
        app.PostAsync(
            "/v1/claims",
            new JsonObject
            {
                ["id"] = id,
                ["subject"] = new JsonObject { ["collection"] = collection, ["id"] = subject },
                ["field"] = field,
                ["value"] = value,
                ["source"] = source,
                ["confidence"] = "medium",
            }.ToJsonString()
        );

    public static Task<HttpResponseMessage> PreferAsync(this RegistryApp app, string claim, object? body = null) =>
        app.SendAsync(HttpMethod.Post, $"/v1/claims/{claim}/preference", body);
}
