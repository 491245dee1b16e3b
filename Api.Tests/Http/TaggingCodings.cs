using System.Net;
using System.Text;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Http;

/// <summary>A strong ETag names bytes, so that each content coding has one of its own; all of them are one version.</summary>
public sealed class TaggingCodings(Engine engine) : SettledTest(engine)
{
    private const string Path = "/v1/states/KAZ";

    private static readonly string[] Codings = ["identity", "gzip", "br"];

    private static readonly string[] Tags = ["\"1\"", "\"1-gzip\"", "\"1-brotli\""];

    [Test]
    public async Task Each_coding_of_a_record_has_its_own_tag()
    {
        // The second answers are the cached ones.
        for (var round = 0; round < 2; round++)
        {
            foreach (var (coding, tag) in Codings.Zip(Tags))
            {
                using var get = await SendAsync(HttpMethod.Get, coding);
                using var head = await SendAsync(HttpMethod.Head, coding);

                using (Assert.EnterMultipleScope())
                {
                    Assert.That(get.Headers.ETag?.ToString(), Is.EqualTo(tag));
                    Assert.That(head.Headers.ETag?.ToString(), Is.EqualTo(tag));
                    Assert.That(get.Headers.Vary, Does.Contain("Accept-Encoding"), coding);
                }
            }
        }
    }

    [Test]
    public async Task A_name_in_breton_has_another_tag_than_the_record_in_brotli()
    {
        using var breton = await SendAsync(HttpMethod.Get, "identity", path: $"{Path}?lang=br");
        using var brotli = await SendAsync(HttpMethod.Get, "br", path: Path);
        using var both = await SendAsync(HttpMethod.Get, "br", path: $"{Path}?lang=br");

        string?[] tags = [.. new[] { breton, brotli, both }.Select(answer => answer.Headers.ETag?.ToString())];

        Assert.That(tags, Is.Unique);
        foreach (var tag in tags)
        {
            await (await App.PatchAsync(Path, "{}", tag)).OkAsync();
        }
    }

    [TestCaseSource(nameof(Tags))]
    public async Task The_version_that_a_client_holds_in_any_coding_is_not_sent_again(string held)
    {
        // Uncached, then cached.
        for (var round = 0; round < 2; round++)
        {
            foreach (var coding in Codings)
            {
                foreach (var condition in new[] { held, $"\"0\", {held}", $"W/\"7\",{held}" })
                {
                    using var answer = await SendAsync(HttpMethod.Get, coding, condition);

                    using (Assert.EnterMultipleScope())
                    {
                        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotModified), $"{coding} {condition}");
                        Assert.That(answer.Headers.ETag?.ToString(), Is.EqualTo(held));
                        Assert.That(answer.Headers.Vary, Does.Contain("Accept-Encoding"));
                    }
                }

                using var all = await SendAsync(HttpMethod.Get, coding);
            }
        }
    }

    [TestCaseSource(nameof(Tags))]
    public async Task The_tag_of_any_coding_names_the_version_to_change(string tag)
    {
        using var corrected = await App.PatchAsync(Path, new { subregion = "Central Asia" }, tag);
        using var late = await App.PatchAsync(Path, new { subregion = "Elsewhere" }, tag);

        await corrected.OkAsync();
        await late.ProblemAsync(HttpStatusCode.PreconditionFailed, "stale-version");
    }

    [TestCase("\"1-deflate\"")]
    [TestCase("\"1-gzip-gzip\"")]
    [TestCase("\"-gzip\"")]
    [TestCase("W/\"1-gzip\"")]
    [TestCase("\"2-gzip\"")]
    public async Task A_tag_that_was_never_issued_names_no_version(string tag)
    {
        using var answer = await App.PatchAsync(Path, new { subregion = "Central Asia" }, tag);

        await answer.ProblemAsync(HttpStatusCode.PreconditionFailed, "stale-version");
    }

    [Test]
    public async Task The_response_to_a_write_has_the_tag_of_its_coding()
    {
        var version = 1;
        foreach (var (coding, suffix) in Codings.Zip(["", "-gzip", "-brotli"]))
        {
            var request = new HttpRequestMessage(HttpMethod.Patch, Path)
            {
                Content = new StringContent(
                    $$"""{ "subregion": "Read as {{coding}}" }""",
                    Encoding.UTF8,
                    "application/merge-patch+json"
                ),
            };
            request.Headers.AcceptEncoding.ParseAdd(coding);
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{version++}\"");
            using var answer = await App.Http.SendAsync(request);

            Assert.That(answer.Headers.ETag?.ToString(), Is.EqualTo($"\"{version}{suffix}\""));
        }
    }

    [Test]
    public async Task A_missing_condition_is_answered_with_the_version_itself()
    {
        var request = new HttpRequestMessage(HttpMethod.Delete, Path);
        request.Headers.AcceptEncoding.ParseAdd("gzip");
        using var answer = await App.Http.SendAsync(request);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.PreconditionRequired));
        Assert.That(answer.Headers.ETag?.ToString(), Is.EqualTo("\"1\""));
    }

    private Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string coding,
        string? held = null,
        string path = Path
    )
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.AcceptEncoding.ParseAdd(coding);
        if (held is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", held);
        }

        return App.Http.SendAsync(request);
    }
}
