using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Http;

/// <summary>Answers are kept, written down, and never given when they hold no longer or are another's.</summary>
public sealed class ReadingWhatIsKept(Engine engine) : RegistryTest(engine)
{
    protected override (string Name, string Value)[] Settings =>
        [("AllowedHosts", "one.example;two.example;127.0.0.1;localhost")];

    private const int Rounds = 60;

    [Test]
    public async Task A_record_is_read_as_it_is_after_each_change()
    {
        await App.EstablishStateAsync("KAZ");
        for (var round = 0; round < Rounds; round++)
        {
            var subregion = $"Region {round}";
            await (await App.PatchAsync("/v1/states/KAZ", new { subregion })).OkAsync();

            // The second answer is the kept one.
            Assert.That((string?)(await App.ReadAsync("/v1/states/KAZ"))["subregion"], Is.EqualTo(subregion));
            Assert.That((string?)(await App.ReadAsync("/v1/states/KAZ"))["subregion"], Is.EqualTo(subregion));
        }
    }

    [Test]
    public async Task A_list_is_read_as_it_is_after_each_change_of_what_it_shows()
    {
        await App.EstablishForumAsync("PACT");
        for (var round = 0; round < 20; round++)
        {
            await App.EstablishStateAsync($"AA{(char)('A' + round)}");
            await App.AdmitAsync("PACT", $"AA{(char)('A' + round)}", from: "2000");

            foreach (var path in new[] { "/v1/states", "/v1/forums/PACT/members", "/v1/memberships?forum=PACT" })
            {
                Assert.That((await App.ReadAsync(path))["items"]!.AsArray(), Has.Count.EqualTo(round + 1), path);
                Assert.That((await App.ReadAsync(path))["items"]!.AsArray(), Has.Count.EqualTo(round + 1), path);
            }
        }

        // The name of a state is not in the membership, but in the list of members.
        await (
            await App.PatchAsync("/v1/states/AAA", new { names = RegistryApp.NamesOf("Renamed", "short") })
        ).OkAsync();
        Assert.That((await App.ReadAsync("/v1/forums/PACT/members")).ToJsonString(), Does.Contain("Renamed"));
    }

    [Test]
    public async Task A_change_of_one_record_leaves_the_others_as_they_are()
    {
        await App.EstablishStateAsync("KAZ");
        await App.EstablishStateAsync("UZB");
        var before = await App.Http.GetStringAsync("/v1/states/KAZ");

        for (var round = 0; round < Rounds; round++)
        {
            await App.PatchAsync("/v1/states/UZB", new { subregion = $"Region {round}" });
            Assert.That(await App.Http.GetStringAsync("/v1/states/KAZ"), Is.EqualTo(before));
        }

        await App.PatchAsync("/v1/states/KAZ", new { subregion = "Central Asia" });
        Assert.That(await App.Http.GetStringAsync("/v1/states/KAZ"), Is.Not.EqualTo(before));
    }

    [Test]
    public async Task After_very_many_changes_none_is_overlooked()
    {
        await App.EstablishStateAsync("KAZ");
        await App.EstablishStateAsync("UZB");
        await App.ReadAsync("/v1/states/KAZ");
        await App.PatchAsync("/v1/states/KAZ", new { subregion = "Central Asia" });

        // More than are read to keep up: nobody reads meanwhile.
        for (var round = 0; round < 11; round++)
        {
            await Task.WhenAll(
                Enumerable
                    .Range(0, 100)
                    .Select(number => App.PatchAsync("/v1/states/UZB", new { subregion = $"Region {round} {number}" }))
            );
        }

        Assert.That((string?)(await App.ReadAsync("/v1/states/KAZ"))["subregion"], Is.EqualTo("Central Asia"));
    }

    [Test]
    public async Task What_is_deleted_is_gone_however_often_it_was_read()
    {
        await App.EstablishStateAsync("KAZ");
        await App.ReadAsync("/v1/states/KAZ");
        await App.ReadAsync("/v1/states/KAZ");

        await App.DeleteAsync("/v1/states/KAZ");

        Assert.That((await App.GetAsync("/v1/states/KAZ")).StatusCode, Is.EqualTo(HttpStatusCode.Gone));
        Assert.That((await App.ReadAsync("/v1/states"))["items"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task Each_form_and_coding_is_kept_for_itself()
    {
        await App.EstablishForumAsync("PACT");
        for (var round = 0; round < 3; round++)
        {
            var json = await GetAsync("/v1/forums/PACT", "application/json", null);
            var linked = await GetAsync("/v1/forums/PACT", "application/ld+json", null);
            Assert.That(json.Type, Is.EqualTo("application/json"));
            Assert.That(linked.Type, Is.EqualTo("application/ld+json"));
            Assert.That(json.Body, Does.Not.Contain("@context"));
            Assert.That(linked.Body, Does.Contain("@context"));

            foreach (var coding in new[] { "gzip", "br" })
            {
                var coded = await GetAsync("/v1/forums/PACT", "application/json", coding);
                Assert.That(coded.Coding, Is.EqualTo(coding));
                Assert.That(coded.Body, Is.EqualTo(json.Body));
                Assert.That(coded.Tag, Is.EqualTo($"\"1-{(coding == "br" ? "brotli" : coding)}\""));
                Assert.That(coded.Vary, Does.Contain("Accept").And.Contains("Accept-Encoding"));
                var list = await GetAsync("/v1/forums", "application/json", coding);
                Assert.That(list.Coding, Is.EqualTo(coding));
                Assert.That(list.Body, Is.EqualTo((await GetAsync("/v1/forums", "application/json", null)).Body));
            }
        }
    }

    [Test]
    public async Task Headers_alone_are_those_of_the_whole()
    {
        await App.EstablishStateAsync("KAZ");
        var first = await App.SendAsync(HttpMethod.Head, "/v1/states/KAZ");
        var whole = await App.GetAsync("/v1/states/KAZ");
        var second = await App.SendAsync(HttpMethod.Head, "/v1/states/KAZ");
        var held = await App.SendAsync(HttpMethod.Get, "/v1/states/KAZ", ifNoneMatch: "\"1\"");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await whole.Content.ReadAsByteArrayAsync()).LongLength, Is.GreaterThan(0));
            Assert.That(first.Content.Headers.ContentLength, Is.EqualTo(whole.Content.Headers.ContentLength));
            Assert.That(second.Content.Headers.ContentLength, Is.EqualTo(whole.Content.Headers.ContentLength));
            Assert.That(await second.Content.ReadAsByteArrayAsync(), Is.Empty);
            Assert.That(held.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
            Assert.That(held.Headers.ETag?.Tag, Is.EqualTo("\"1\""));
        }
    }

    [Test]
    public async Task Links_lead_back_to_the_host_that_was_asked()
    {
        await App.EstablishForumAsync("PACT");
        foreach (var host in new[] { "one.example", "two.example", "one.example" })
        {
            var request = new HttpRequestMessage(HttpMethod.Get, "/v1/forums/PACT?format=jsonld");
            request.Headers.Host = host;
            var answer = await (await App.Http.SendAsync(request)).Content.ReadAsStringAsync();
            Assert.That(answer, Does.Contain($"http://{host}/"));
        }
    }

    [Test]
    public async Task What_needs_a_key_is_not_given_to_one_without()
    {
        using var stranger = App.WithoutKey();
        for (var round = 0; round < 2; round++)
        {
            Assert.That((await App.GetAsync("/v1/subscriptions")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(
                (await stranger.GetAsync("/v1/subscriptions")).StatusCode,
                Is.EqualTo(HttpStatusCode.Unauthorized)
            );
        }
    }

    [Test]
    public async Task What_is_no_answer_is_not_kept()
    {
        Assert.That((await App.GetAsync("/v1/states/KAZ")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await App.GetAsync("/v1/states?nonsense=1")).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));

        await App.EstablishStateAsync("KAZ");

        Assert.That((await App.GetAsync("/v1/states/KAZ")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await App.GetAsync("/v1/states?nonsense=1")).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task What_is_known_at_an_instant_is_read_as_it_was_known()
    {
        await App.EstablishStateAsync("KAZ");
        var first = (string)(await App.ReadAsync("/v1/states/KAZ"))["recordedAt"]!;
        await App.PatchAsync("/v1/states/KAZ", new { subregion = "Central Asia" });

        for (var round = 0; round < 2; round++)
        {
            var then = await App.ReadAsync($"/v1/states/KAZ?knownAt={first}");
            Assert.That(then["subregion"], Is.Null);
            Assert.That((string?)(await App.ReadAsync("/v1/states/KAZ"))["subregion"], Is.EqualTo("Central Asia"));
            Assert.That((await App.ReadAsync("/v1/states/KAZ?version=1"))["subregion"], Is.Null);
        }
    }

    /// <summary>Whoever is told by one process that something is written finds it at the other at once.</summary>
    [Test]
    public async Task Of_two_processes_neither_gives_what_the_other_has_overwritten()
    {
        await App.EstablishForumAsync("PACT");
        await App.EstablishStateAsync("KAZ");
        await App.AdmitAsync("PACT", "KAZ", from: "2000");
        (string, string)[] settings = [("Access:AdminKey", RegistryApp.AdminKey), ("Catalogue:Load", "false")];
        await using var one = RegistryProcess.Start(App.Database, settings);
        await using var other = RegistryProcess.Start(App.Database, settings);
        HttpClient[] clients = [await one.ServingAsync(), await other.ServingAsync()];
        foreach (var client in clients)
        {
            client.DefaultRequestHeaders.Add("X-Api-Key", RegistryApp.AdminKey);
        }

        for (var round = 0; round < Rounds; round++)
        {
            var (writer, reader) = (clients[round % 2], clients[(round + 1) % 2]);
            var name = $"State {round}";
            var patch = new JsonObject
            {
                ["names"] = JsonNode.Parse(
                    System.Text.Json.JsonSerializer.Serialize(RegistryApp.NamesOf(name, "short"))
                ),
            };
            using var body = new StringContent(patch.ToJsonString(), Encoding.UTF8, "application/merge-patch+json");
            using var write = new HttpRequestMessage(HttpMethod.Patch, "/v1/states/KAZ") { Content = body };
            write.Headers.TryAddWithoutValidation("If-Match", "*");
            (await writer.SendAsync(write)).EnsureSuccessStatusCode();

            foreach (var path in new[] { "/v1/states/KAZ", "/v1/states", "/v1/forums/PACT/members" })
            {
                Assert.That(await reader.GetStringAsync(path), Does.Contain($"\"{name}\""), path);
                Assert.That(await writer.GetStringAsync(path), Does.Contain($"\"{name}\""), path);
            }
        }

        foreach (var client in clients)
        {
            client.Dispose();
        }
    }

    private async Task<(string? Type, string? Coding, string? Tag, string Vary, string Body)> GetAsync(
        string path,
        string type,
        string? coding
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
        if (coding is not null)
        {
            request.Headers.AcceptEncoding.ParseAdd(coding);
        }

        using var answer = await App.Http.SendAsync(request);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        var given = answer.Content.Headers.ContentEncoding.SingleOrDefault();
        using var plain = new MemoryStream(bytes);
        await using Stream decoded = given switch
        {
            "gzip" => new GZipStream(plain, CompressionMode.Decompress),
            "br" => new BrotliStream(plain, CompressionMode.Decompress),
            _ => plain,
        };
        using var text = new StreamReader(decoded);
        return (
            answer.Content.Headers.ContentType?.MediaType,
            given,
            answer.Headers.ETag?.ToString(),
            string.Join(", ", answer.Headers.Vary),
            await text.ReadToEndAsync()
        );
    }
}

/// <summary>The same without anything kept.</summary>
public sealed class ReadingWithNothingKept(Engine engine) : RegistryTest(engine)
{
    protected override (string Name, string Value)[] Settings => [("Cache:Megabytes", "0")];

    [Test]
    public async Task Answers_are_the_same()
    {
        await App.EstablishStateAsync("KAZ");
        for (var round = 0; round < 2; round++)
        {
            var answer = await App.GetAsync("/v1/states/KAZ");
            Assert.That(answer.Headers.ETag?.Tag, Is.EqualTo("\"1\""));
            var list = await App.GetAsync("/v1/states");
            Assert.That(list.Headers.ETag?.IsWeak, Is.True);
        }
    }
}
