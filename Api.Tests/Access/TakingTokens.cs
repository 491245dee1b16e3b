using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Access;

/// <summary>Bearer tokens of an issuer whose key is in the settings, as <c>dotnet user-jwts</c> sets it up.</summary>
public sealed class TakingTokens(Engine engine) : AccessTest(engine)
{
    protected override (string Name, string Value)[] Settings => TestTokens.Settings;

    [Test]
    public async Task An_editor_writes_under_the_name_in_the_token()
    {
        var token = TestTokens.Of(new() { ["name"] = "Ms Editor", ["roles"] = new JsonArray("registry-editor") });

        await (await SendAsync(token, HttpMethod.Post, "/v1/forums", RegistryApp.ForumOf("CICA"))).CreatedAsync();

        var history = await App.ReadAsync("/v1/forums/CICA/history");
        Assert.That(history.Each(version => version["actor"]), Is.EqualTo(new[] { "Ms Editor" }));
        var entry = (await AuditAsync("action=written"))[0];
        Assert.That((string?)entry["keyId"], Is.EqualTo("token:subject-1"));
        Assert.That((string?)entry["role"], Is.EqualTo("editor"));
    }

    [TestCase("""{"roles":["registry-reader"]}""", "reader")]
    [TestCase("""{"roles":["other","registry-admin"]}""", "admin")]
    [TestCase("""{"roles":"registry-editor"}""", "editor")]
    [TestCase("""{"scope":"openid registry-editor"}""", "editor")]
    [TestCase("""{"scp":"registry-reader"}""", "reader")]
    [TestCase("""{"roles":["registry-administrator"]}""", null)]
    [TestCase("{}", null)]
    public async Task The_role_is_that_of_the_claims(string claims, string? role)
    {
        var token = TestTokens.Of(JsonNode.Parse(claims)!.AsObject());

        var caller = await (await SendAsync(token, HttpMethod.Get, "/v1/me")).OkAsync();

        Assert.That((string?)caller["role"], Is.EqualTo(role));
        Assert.That((string?)caller["credentials"], Is.EqualTo("token"));
        Assert.That((string?)caller["keyId"], Is.EqualTo("token:subject-1"));
        Assert.That(caller.AsObject(), Contains.Key("expires"));
        if (role != "admin")
        {
            await IsForbiddenAsync(await SendAsync(token, HttpMethod.Get, "/v1/keys"));
        }
    }

    [Test]
    public async Task The_scope_is_that_of_the_claims()
    {
        var token = TestTokens.Of(
            new() { ["roles"] = new JsonArray("registry-editor"), ["registry_forums"] = new JsonArray("CICA") }
        );

        await IsForbiddenAsync(await SendAsync(token, HttpMethod.Post, "/v1/forums", RegistryApp.ForumOf("CSTO")));
        await (await SendAsync(token, HttpMethod.Post, "/v1/forums", RegistryApp.ForumOf("CICA"))).CreatedAsync();
    }

    private static IEnumerable<TestCaseData> Refused()
    {
        var now = RegistryApp.Today.ToDateTime(new TimeOnly(12, 0), DateTimeKind.Utc);
        yield return Named("expired", TestTokens.Of(Editor(), expires: now.AddMinutes(-2)), "expired");
        yield return Named("not valid yet", TestTokens.Of(Editor(), from: now.AddMinutes(5)), "not valid yet");
        yield return Named("another audience", TestTokens.Of(Editor(), audience: "https://other.example"), "audience");
        yield return Named("another issuer", TestTokens.Of(Editor(), issuer: "https://other.example"), "issuer");
        yield return Named("no signature", TestTokens.Of(Editor(), algorithm: "none"), "token");
        yield return Named("another algorithm", TestTokens.Of(Editor(), algorithm: "HS512"), "");
        yield return Named("another key", TestTokens.Of(Editor(), key: SHA256.HashData("other"u8)), "signature");
        yield return Named("cut", TestTokens.Of(Editor())[..^4], "signature");
        yield return Named("no token", "nonsense", "token");
        yield return Named("empty", "", "token");

        static JsonObject Editor() => TestTokens.Editor();

        static TestCaseData Named(string name, string token, string detail) =>
            new TestCaseData(token, detail).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Refused))]
    public async Task A_token_that_proves_nothing_is_refused(string token, string detail)
    {
        using var answer = await SendAsync(token, HttpMethod.Post, "/v1/forums", RegistryApp.ForumOf("CICA"));

        var problem = await IsUnauthorizedAsync(answer);
        Assert.That((string?)problem["detail"], Does.Contain(detail));
        Assert.That(
            answer.Headers.WwwAuthenticate.Select(challenge => challenge.Scheme),
            Is.EqualTo(new[] { "ApiKey", "Bearer" })
        );
        Assert.That(await App.QueryAsync<long>("SELECT Sequence FROM ChangeCounter"), Is.EqualTo(new[] { 0L }));
    }

    [Test]
    public async Task A_key_and_a_token_at_once_are_refused()
    {
        using var caller = App.WithoutKey();
        var request = new HttpRequestMessage(HttpMethod.Get, "/v1/me");
        request.Headers.Add(Header, RegistryApp.AdminKey);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", TestTokens.Of([]));

        await IsUnauthorizedAsync(await caller.SendAsync(request));
    }

    private async Task<HttpResponseMessage> SendAsync(string token, HttpMethod method, string path, object? body = null)
    {
        using var caller = App.WithoutKey();
        var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        if (body is not null)
        {
            request.Content = new StringContent(
                JsonSerializer.Serialize(body, JsonSerializerOptions.Web),
                Encoding.UTF8,
                "application/json"
            );
        }

        var answer = await caller.SendAsync(request);
        await answer.Content.LoadIntoBufferAsync();
        return answer;
    }
}
