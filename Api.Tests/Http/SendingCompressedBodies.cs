using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Registry.Api.Tests.Importing;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Http;

/// <summary>Bodies may be compressed; what they decompress to has the same limits.</summary>
public sealed class SendingCompressedBodies(Engine engine) : RegistryTest(engine)
{
    private const string Match = "/v1/match";
    private const string Json = "application/json";
    private const string Asked = """{ "queries": [{ "name": "Kazakhstan" }] }""";
    private const int ImportLimit = 4 * 1024 * 1024;

    protected override (string Name, string Value)[] Settings => [("Imports:MaxBytes", $"{ImportLimit}")];

    [TestCase("gzip")]
    [TestCase("GZIP")]
    [TestCase("x-gzip")]
    [TestCase("br")]
    [TestCase("identity")]
    public async Task A_compressed_body_is_read_like_a_plain_one(string coding)
    {
        using var plain = await SendAsync(Match, Encoding.UTF8.GetBytes(Asked), null);
        using var coded = await SendAsync(Match, Packed(Asked, coding), coding);

        var expected = (await plain.OkAsync()).ToJsonString();
        Assert.That((await coded.OkAsync()).ToJsonString(), Is.EqualTo(expected));
    }

    [Test]
    public async Task A_compressed_patch_and_a_compressed_form_are_read_too()
    {
        await App.EstablishStateAsync("KAZ");
        using var patch = await SendAsync(
            "/v1/states/KAZ",
            Packed("""{ "subregion": "Central Asia" }""", "gzip"),
            "gzip",
            "application/merge-patch+json",
            HttpMethod.Patch
        );
        using var form = await SendAsync(
            "/v1/reconcile",
            Packed("queries=%7B%22q%22%3A%7B%22query%22%3A%22State+KAZ%22%7D%7D", "br"),
            "br",
            "application/x-www-form-urlencoded"
        );

        Assert.That((string?)(await patch.OkAsync())["subregion"], Is.EqualTo("Central Asia"));
        Assert.That((await form.OkAsync())["q"], Is.Not.Null);
    }

    [TestCase("gzip")]
    [TestCase("br")]
    public async Task A_compressed_file_is_imported_also_with_an_idempotency_key(string coding)
    {
        foreach (var key in new[] { null, "import-1", "import-1" })
        {
            using var answer = await SendAsync(
                "/v1/imports",
                Packed(Imports.State("KAZ"), coding),
                coding,
                Imports.NdJson,
                key: key
            );

            var import = await App.EndedAsync(answer.Headers.Location!.OriginalString);
            Assert.That((string?)import["status"], Is.EqualTo("done"), import.ToJsonString());
        }

        await App.ReadAsync("/v1/states/KAZ");
    }

    [TestCase("gzip")]
    [TestCase("br")]
    public async Task A_body_that_is_too_large_when_decompressed_is_refused(string coding)
    {
        var packed = Packed($"{{ \"queries\": [{{ \"name\": \"{new string('a', 3 * 1024 * 1024)}\" }}] }}", coding);
        Assert.That(packed, Has.Length.LessThan(64 * 1024));

        using var answer = await SendAsync(Match, packed, coding);

        await answer.ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    [TestCase("gzip")]
    [TestCase("br")]
    public async Task The_file_of_an_import_has_its_own_limit_when_decompressed(string coding)
    {
        var line = Imports.State("KAZ");
        using var within = await SendAsync(
            "/v1/imports",
            Packed(Lines(ImportLimit - 1), coding),
            coding,
            Imports.NdJson
        );
        using var beyond = await SendAsync(
            "/v1/imports",
            Packed(Lines(ImportLimit + 9), coding),
            coding,
            Imports.NdJson
        );

        Assert.That(within.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        await beyond.ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-large");

        string Lines(int length) => line + new string('\n', length - line.Length);
    }

    [TestCase("gzip")]
    [TestCase("br")]
    public async Task A_broken_body_is_refused_with_a_problem(string coding)
    {
        var packed = Packed(Asked + new string(' ', 5000), coding);
        foreach (
            var broken in new[]
            {
                Encoding.UTF8.GetBytes(Asked),
                packed[..^9],
                [.. packed[..20], 255, .. packed[21..]],
                [],
            }
        )
        {
            foreach (
                var (path, type) in new[] { (Match, Json), ("/v1/reconcile", "application/x-www-form-urlencoded") }
            )
            {
                using var answer = await SendAsync(path, broken, coding, type);

                Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), $"{path} {broken.Length}");
                Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
            }
        }

        using var import = await SendAsync("/v1/imports", Encoding.UTF8.GetBytes("{}\n"), coding, Imports.NdJson);
        await import.ProblemAsync(HttpStatusCode.BadRequest, "unreadable-request");
    }

    [TestCase("deflate")]
    [TestCase("zstd")]
    [TestCase("gzip, br")]
    [TestCase("nonsense")]
    public async Task Another_coding_is_refused_and_those_accepted_are_named(string coding)
    {
        foreach (var (path, type) in new[] { (Match, Json), ("/v1/imports", Imports.NdJson) })
        {
            using var answer = await SendAsync(path, Encoding.UTF8.GetBytes(Asked), coding, type);

            await answer.ProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
            Assert.That(answer.Headers.GetValues("Accept-Encoding"), Is.EqualTo(["gzip, br"]), path);
        }
    }

    private static byte[] Packed(string text, string coding)
    {
        using var body = new MemoryStream();
        using (
            Stream packing = coding.ToUpperInvariant() switch
            {
                "GZIP" or "X-GZIP" => new GZipStream(body, CompressionLevel.Optimal, leaveOpen: true),
                "BR" => new BrotliStream(body, CompressionLevel.Optimal, leaveOpen: true),
                _ => new BufferedStream(body),
            }
        )
        {
            packing.Write(Encoding.UTF8.GetBytes(text));
            packing.Flush();
            if (packing is BufferedStream)
            {
                return body.ToArray();
            }
        }

        return body.ToArray();
    }

    private Task<HttpResponseMessage> SendAsync(
        string path,
        byte[] body,
        string? coding,
        string mediaType = Json,
        HttpMethod? method = null,
        string? key = null
    )
    {
        var request = new HttpRequestMessage(method ?? HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        if (coding is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Encoding", coding);
        }

        if (method == HttpMethod.Patch)
        {
            request.Headers.TryAddWithoutValidation("If-Match", "*");
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return App.Http.SendAsync(request);
    }
}
