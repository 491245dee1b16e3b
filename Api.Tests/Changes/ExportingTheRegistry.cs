using System.IO.Compression;
using System.Net.Http.Headers;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Changes;

public sealed class ExportingTheRegistry(Engine engine) : RegistryTest(engine)
{
    [Test]
    public async Task It_is_what_the_changes_make_and_what_the_registry_serves()
    {
        await Something.OfEveryKindAsync(App);
        await App.PatchAsync("/v1/states/KAZ", new { subregion = "Central Asia" });
        await App.DeleteAsync("/v1/documents/pact-charter");
        var mirror = new Mirror();
        foreach (var change in Seen.On(await App.Http.GetStringAsync("/v1/changes")))
        {
            mirror.Take(change);
        }

        await mirror.CompareAsync(App.Http);
    }

    [Test]
    public async Task What_others_refer_to_comes_before_them()
    {
        await Something.OfEveryKindAsync(App);

        var export = await Exported.ReadAsync(await App.Http.GetStreamAsync("/v1/export"));

        Assert.That(
            export.Collections,
            Is.EqualTo(
                new[]
                {
                    "states",
                    "forums",
                    "bodies",
                    "memberships",
                    "ministers",
                    "posts",
                    "appointments",
                    "meetings",
                    "documents",
                    "outcomes",
                    "chairmanships",
                }
            )
        );
    }

    [Test]
    public async Task An_empty_registry_is_one_line()
    {
        var text = await App.Http.GetStringAsync("/v1/export");

        Assert.That(text, Does.StartWith("{\"sequence\":0,\"instant\":").And.EndsWith("}\n"));
    }

    [Test]
    public async Task It_is_compressed_where_the_caller_takes_that()
    {
        await App.EstablishStateAsync("KAZ");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/export");
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));

        using var answer = await App.Http.SendAsync(request);

        await using var unpacked = new GZipStream(await answer.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Content.Headers.ContentEncoding, Is.EqualTo(new[] { "gzip" }));
            Assert.That(answer.Headers.Vary, Does.Contain("Accept-Encoding"));
            Assert.That((await Exported.ReadAsync(unpacked)).Records.Keys, Is.EqualTo(new[] { "states/KAZ" }));
        }
    }

    [Test]
    public async Task What_is_written_while_it_streams_does_not_tear_it()
    {
        await App.EstablishForumAsync("PACT");
        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(async writer =>
                {
                    for (var number = 0; number < 60; number++)
                    {
                        var code = $"{(char)('A' + writer)}{(char)('A' + (number / 26))}{(char)('A' + (number % 26))}";
                        await App.EstablishStateAsync(code);
                    }
                })
        );
        var expected = Seen.On(await App.Http.GetStringAsync("/v1/changes?limit=1000"))
            .ToDictionary(change => change.Key, change => (change.Version, change.Record!));

        // Opened before, read to the end after every record has changed or gone.
        using var answer = await App.Http.GetAsync("/v1/export", HttpCompletionOption.ResponseHeadersRead);
        var reading = SlowlyAsync(await answer.Content.ReadAsStreamAsync());
        foreach (var key in expected.Keys.Where(key => key.StartsWith("states/", StringComparison.Ordinal)))
        {
            await (
                key.EndsWith('A')
                    ? App.DeleteAsync($"/v1/{key}")
                    : App.PatchAsync($"/v1/{key}", new { subregion = "Elsewhere" })
            );
        }

        var export = await reading;
        Assert.That(export.Sequence, Is.EqualTo(expected.Count));
        Assert.That(export.Records, Is.EquivalentTo(expected));
    }

    [Test]
    public async Task It_takes_no_parameters()
    {
        using var answer = await App.GetAsync("/v1/export?limit=3");

        Assert.That(await answer.FieldsAtFaultAsync(), Is.EqualTo(new[] { "limit" }));
    }

    private static async Task<Exported> SlowlyAsync(Stream body)
    {
        using var held = new MemoryStream();
        var buffer = new byte[1024];
        int read;
        while ((read = await body.ReadAsync(buffer)) > 0)
        {
            held.Write(buffer, 0, read);
            await Task.Delay(5);
        }

        held.Position = 0;
        return await Exported.ReadAsync(held);
    }
}
