using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Http;

/// <summary>Browsers are told with every response that it is data: nothing to run, to frame or to guess at.</summary>
public sealed partial class ForbiddingWhatNobodyNeeds(Engine engine) : UnwrittenTest(engine)
{
    private const string Data = "default-src 'none'; frame-ancestors 'none'";

    [TestCase("GET", "/v1/states", 200)]
    [TestCase("HEAD", "/v1/states", 200)]
    [TestCase("GET", "/v1/states/KAZ", 200)]
    [TestCase("GET", "/v1/states?format=csv", 200)]
    [TestCase("GET", "/v1/nope", 404)]
    [TestCase("GET", "/v1/states/NOWHERE", 404)]
    [TestCase("GET", "/v1/states?limit=0", 400)]
    [TestCase("DELETE", "/v1/states/KAZ", 428)]
    [TestCase("OPTIONS", "/v1/states", 204)]
    [TestCase("PURGE", "/v1/states", 405)]
    [TestCase("GET", "/health/ready", 200)]
    [TestCase("GET", "/problems/not-found", 200)]
    [TestCase("GET", "/openapi/v1.yaml", 200)]
    public async Task Data_can_do_nothing_in_a_browser(string method, string path, int status)
    {
        // The second answers to reads are the cached ones.
        for (var round = 0; round < 2; round++)
        {
            using var answer = await SendAsync(App.WithoutKey(), method, path, status == 428);

            Assert.That((int)answer.StatusCode, Is.EqualTo(status), path);
            AssertHeaders(answer, Data);
        }
    }

    [Test]
    public async Task A_response_that_the_client_has_already_says_so_too()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/states/KAZ");
        request.Headers.TryAddWithoutValidation("If-None-Match", "*");
        using var answer = await App.Http.SendAsync(request);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
        AssertHeaders(answer, Data);
    }

    [TestCase("/swagger/index.html")]
    [TestCase("/swagger/swagger-ui.css")]
    public async Task Swagger_ui_loads_only_files_of_this_server(string path)
    {
        using var answer = await App.GetAsync(path);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();

        AssertHeaders(answer, policy);
        Assert.That(policy, Does.StartWith("default-src 'self';").And.Contain("frame-ancestors 'none'"));
        Assert.That(policy, Does.Not.Contain("unsafe").And.Not.Contain("http"));
    }

    [Test]
    public async Task The_preview_of_a_record_can_be_framed_and_has_its_own_style_alone()
    {
        using var answer = await App.GetAsync("/v1/reconcile/preview?id=states/KAZ");
        var style = Style().Match(await answer.Content.ReadAsStringAsync()).Groups[1].Value;
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));

        Assert.That(style, Is.Not.Empty);
        AssertHeaders(answer, $"default-src 'none'; style-src 'sha256-{hash}'");
    }

    private static void AssertHeaders(HttpResponseMessage answer, string policy)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(HeaderOf(answer, "Content-Security-Policy"), Is.EqualTo(policy));
            Assert.That(HeaderOf(answer, "X-Content-Type-Options"), Is.EqualTo("nosniff"));
            Assert.That(HeaderOf(answer, "Referrer-Policy"), Is.EqualTo("no-referrer"));
            Assert.That(
                HeaderOf(answer, "Permissions-Policy"),
                Does.Contain("camera=()").And.Contain("geolocation=()")
            );
        }
    }

    private static string? HeaderOf(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    private Task<HttpResponseMessage> SendAsync(HttpClient stranger, string method, string path, bool withKey) =>
        (withKey ? App.Http : stranger).SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

    [GeneratedRegex("<style>(.*)</style>")]
    private static partial Regex Style();
}
