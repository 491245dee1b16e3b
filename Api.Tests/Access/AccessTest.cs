using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Access;

/// <summary>A program with callers of several keys.</summary>
public abstract class AccessTest(Engine engine) : RegistryTest(engine)
{
    protected const string Header = "X-Api-Key";

    /// <summary>Creates a key, and returns the record with the key itself.</summary>
    protected async Task<JsonNode> NewKeyAsync(object key) =>
        await (await App.PostAsync("/v1/keys", key)).CreatedAsync();

    /// <summary>Creates the key of an editor, and returns the key itself.</summary>
    protected async Task<string> NewEditorAsync(string label, string[]? forums = null, string[]? collections = null) =>
        (string)
            (
                await NewKeyAsync(
                    new
                    {
                        label,
                        role = "editor",
                        forums,
                        collections,
                    }
                )
            )["key"]!;

    /// <summary>Sends a request with a key alone.</summary>
    protected async Task<HttpResponseMessage> SendAsync(
        string key,
        string method,
        string path,
        object? body = null,
        params (string Name, string Value)[] headers
    )
    {
        using var caller = App.WithoutKey();
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add(Header, key);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (body is not null)
        {
            request.Content = new StringContent(
                body as string ?? JsonSerializer.Serialize(body, JsonSerializerOptions.Web),
                Encoding.UTF8
            );
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(
                method == "PATCH" ? "application/merge-patch+json" : "application/json"
            );
        }

        var answer = await caller.SendAsync(request);
        await answer.Content.LoadIntoBufferAsync();
        return answer;
    }

    /// <summary>Waits until the audit log has entries, which those about refusals reach after the response.</summary>
    protected async Task<IReadOnlyList<JsonNode>> AuditAsync(string query, int count = 1)
    {
        IReadOnlyList<JsonNode> entries = [];
        await Until.HoldsAsync(async () =>
        {
            var page = await App.ReadAsync($"/v1/audit?{query}");
            entries = [.. page["items"]!.AsArray().Select(item => item!)];
            return entries.Count >= count;
        });
        return entries;
    }

    protected static Task<JsonNode> IsForbiddenAsync(HttpResponseMessage answer) =>
        answer.ProblemAsync(HttpStatusCode.Forbidden, "forbidden");

    protected static Task<JsonNode> IsUnauthorizedAsync(HttpResponseMessage answer) =>
        answer.ProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
}
