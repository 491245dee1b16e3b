using System.Net;
using System.Text.Json.Nodes;

namespace Registry.Api.Tests.Support;

/// <summary>What tests read from answers.</summary>
internal static class Answers
{
    public static async Task<JsonNode> JsonAsync(this HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

    public static Task<JsonNode> OkAsync(this HttpResponseMessage response) => response.JsonAsync(HttpStatusCode.OK);

    public static Task<JsonNode> CreatedAsync(this HttpResponseMessage response) =>
        response.JsonAsync(HttpStatusCode.Created);

    /// <summary>The problem in the answer, which is one of the type and status given.</summary>
    public static async Task<JsonNode> ProblemAsync(
        this HttpResponseMessage response,
        HttpStatusCode status,
        string type
    )
    {
        var problem = await response.JsonAsync(status);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
            Assert.That((string?)problem["type"], Is.EqualTo($"/problems/{type}"), problem.ToString());
            Assert.That((int?)problem["status"], Is.EqualTo((int)status));
            Assert.That((string?)problem["traceId"], Is.Not.Empty);
        }

        return problem;
    }

    /// <summary>The fields that the answer, which refuses the request as invalid, finds at fault.</summary>
    public static async Task<IReadOnlyList<string>> FieldsAtFaultAsync(this HttpResponseMessage response)
    {
        var problem = await response.ProblemAsync(HttpStatusCode.BadRequest, "invalid-request");
        return [.. problem["errors"]!.AsObject().Select(field => field.Key)];
    }

    /// <summary>The member of every item of the page.</summary>
    public static IReadOnlyList<string?> Each(this JsonNode page, Func<JsonNode, JsonNode?> member) =>
        [.. page["items"]!.AsArray().Select(item => (string?)member(item!))];

    private static async Task<JsonNode> JsonAsync(this HttpResponseMessage response, HttpStatusCode status)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.That(response.StatusCode, Is.EqualTo(status), text);
        return JsonNode.Parse(text)!;
    }
}
