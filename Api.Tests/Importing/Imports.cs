using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Importing;

/// <summary>What tests of imports send and ask.</summary>
internal static partial class Imports
{
    /// <summary>Some minutes: a server may be slow.</summary>
    private const int MostTries = 15_000;

    public const string NdJson = "application/x-ndjson";

    public const string Csv = "text/csv";

    public const string Json = "application/json";

    public static async Task<HttpResponseMessage> SendFileAsync(
        this RegistryApp app,
        string file,
        string mediaType = NdJson,
        string query = "",
        int? wait = 30
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/imports{query}")
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(file)),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);

        // A file that is refused by its length is not sent then.
        request.Headers.ExpectContinue = true;
        if (wait is not null)
        {
            request.Headers.Add("Prefer", $"wait={wait}");
        }

        return await app.Http.SendAsync(request);
    }

    /// <summary>The import, which has ended, however long that took.</summary>
    public static async Task<JsonNode> ImportAsync(
        this RegistryApp app,
        string file,
        string mediaType = NdJson,
        string query = ""
    )
    {
        using var answer = await app.SendFileAsync(file, mediaType, query);
        return answer.StatusCode == HttpStatusCode.Accepted
            ? await app.EndedAsync(answer.Headers.Location!.OriginalString)
            : await answer.CreatedAsync();
    }

    public static async Task<JsonArray> RowsAsync(this RegistryApp app, JsonNode import, string query = "?limit=200") =>
        (await app.ReadAsync($"/v1/imports/{import["id"]}/rows{query}"))["items"]!.AsArray();

    /// <summary>The import, once it has ended.</summary>
    public static async Task<JsonNode> EndedAsync(this RegistryApp app, string address)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            var import = await app.ReadAsync(address);
            if ((string?)import["status"] is not ("waiting" or "running"))
            {
                return import;
            }

            await Task.Delay(20);
        }

        throw new TimeoutException("The import does not end.");
    }

    public static string Line(string collection, object record, string? id = null) =>
        JsonSerializer.Serialize(
            id is null
                ? new { collection, record }
                : (object)
                    new
                    {
                        collection,
                        id,
                        record,
                    },
            JsonSerializerOptions.Web
        ) + "\n";

    public static string State(string code) =>
        Line("states", new { code, names = RegistryApp.NamesOf($"State {code}", "short") });

    public static string Minister(string id, string name = "Jane Doe") =>
        Line("ministers", new { id, names = RegistryApp.TextsOf(name) });

    public static string Counts(JsonNode import) =>
        $"{import["status"]}: {import["created"]} {import["changed"]} {import["unchanged"]} {import["refused"]}";

    /// <summary>The export without its head and without what every registry has of its own.</summary>
    public static async Task<IReadOnlyList<string>> ExportedAsync(this RegistryApp app) =>
        [
            .. (await app.Http.GetStringAsync("/v1/export"))
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Skip(1)
                .Select(WithoutVersion),
        ];

    public static async Task<long> LastSequenceAsync(this RegistryApp app) =>
        (await app.QueryAsync<long>("SELECT Sequence FROM ChangeCounter WHERE Id = 1")).Single();

    // Nothing else of a line is touched: what is left is compared byte for byte.
    private static string WithoutVersion(string line) => VersionsAndInstants().Replace(line, "");

    [GeneratedRegex(""",("version":[0-9]+|"recordedAt":"[^"]*")""")]
    private static partial Regex VersionsAndInstants();
}
