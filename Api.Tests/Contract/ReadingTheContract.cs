using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Text;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Contract;

/// <summary>Clients, generators and Swagger UI read the contract again and again, and it is long.</summary>
public sealed class ReadingTheContract(Engine engine) : CatalogueTest(engine)
{
    private static readonly string[] Addresses = ["/openapi/v1.json", "/openapi/v1.yaml"];

    private static readonly string[] Codings = ["identity", "gzip", "br"];

    [TestCaseSource(nameof(Addresses))]
    public async Task Every_coding_has_the_same_contract_under_a_tag_of_its_own(string path)
    {
        var tags = new List<string>();
        var texts = new List<string>();
        foreach (var coding in Codings)
        {
            using var answer = await GetAsync(path, coding);
            tags.Add(answer.Headers.ETag!.ToString());
            texts.Add(await TextAsync(answer));

            using (Assert.EnterMultipleScope())
            {
                Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), coding);
                Assert.That(answer.Content.Headers.ContentEncoding.SingleOrDefault() ?? "identity", Is.EqualTo(coding));
                Assert.That(answer.Headers.ETag.IsWeak, Is.False, coding);
                Assert.That(answer.Headers.Vary, Is.EqualTo(["Accept-Encoding"]), coding);
                Assert.That(answer.Headers.CacheControl?.MaxAge, Is.GreaterThan(TimeSpan.Zero), coding);
            }
        }

        Assert.That(tags, Is.Unique);
        Assert.That(texts, Is.All.EqualTo(texts[0]));
    }

    [TestCaseSource(nameof(Addresses))]
    public async Task The_contract_that_a_client_has_is_not_sent_again(string path)
    {
        foreach (var held in Codings)
        {
            using var first = await GetAsync(path, held);
            foreach (var asked in Codings)
            {
                using var again = await GetAsync(path, asked, first.Headers.ETag!.ToString());

                using (Assert.EnterMultipleScope())
                {
                    Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.NotModified), $"{held} {asked}");
                    Assert.That(again.Headers.ETag, Is.EqualTo(first.Headers.ETag));
                    Assert.That(again.Headers.Vary, Is.EqualTo(["Accept-Encoding"]));
                    Assert.That(await again.Content.ReadAsByteArrayAsync(), Is.Empty);
                }
            }
        }

        using var other = await GetAsync(path, "gzip", "\"other\"");
        Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCaseSource(nameof(Addresses))]
    public async Task Head_has_the_length_and_the_tag_of_each_coding(string path)
    {
        foreach (var coding in Codings)
        {
            using var whole = await GetAsync(path, coding);
            using var head = await GetAsync(path, coding, method: HttpMethod.Head);

            using (Assert.EnterMultipleScope())
            {
                Assert.That(head.Headers.ETag, Is.EqualTo(whole.Headers.ETag), coding);
                Assert.That(
                    head.Content.Headers.ContentLength,
                    Is.EqualTo((await whole.Content.ReadAsByteArrayAsync()).LongLength),
                    coding
                );
                Assert.That(await head.Content.ReadAsByteArrayAsync(), Is.Empty);
            }
        }
    }

    [TestCaseSource(nameof(Addresses))]
    public async Task The_contract_is_the_same_under_every_name_of_the_host(string path)
    {
        using var one = await GetAsync(path, "identity");
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = "registry.example";
        using var other = await App.Http.SendAsync(request);

        Assert.That(other.Headers.ETag, Is.EqualTo(one.Headers.ETag));
        Assert.That(await TextAsync(other), Is.EqualTo(await TextAsync(one)).And.Not.Contains("127.0.0.1"));
    }

    [Test]
    public async Task The_contract_is_generated_only_once()
    {
        await GetAsync("/openapi/v1.json", "gzip");
        var watch = Stopwatch.StartNew();
        for (var round = 0; round < 40; round++)
        {
            using var answer = await GetAsync("/openapi/v1.json", "gzip");
        }

        // To generate it takes about half a second.
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(8)));
    }

    [TestCase("/swagger/swagger-ui.css")]
    [TestCase("/swagger/swagger-ui-bundle.js")]
    [TestCase("/swagger/index.html")]
    public async Task The_pages_of_swagger_ui_are_not_sent_again(string path)
    {
        foreach (var coding in Codings)
        {
            using var first = await GetAsync(path, coding);
            using var again = await GetAsync(path, coding, first.Headers.ETag!.ToString());

            Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.NotModified), coding);
            Assert.That(first.Headers.CacheControl, Is.Not.Null);
        }
    }

    private Task<HttpResponseMessage> GetAsync(
        string path,
        string coding,
        string? held = null,
        HttpMethod? method = null
    )
    {
        var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        request.Headers.AcceptEncoding.ParseAdd(coding);
        if (held is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", held);
        }

        return App.Http.SendAsync(request);
    }

    private static async Task<string> TextAsync(HttpResponseMessage answer)
    {
        await using var body = await answer.Content.ReadAsStreamAsync();
        await using Stream plain = answer.Content.Headers.ContentEncoding.SingleOrDefault() switch
        {
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            _ => body,
        };
        using var reader = new StreamReader(plain, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
