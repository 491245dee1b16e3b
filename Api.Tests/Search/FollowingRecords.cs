using System.Net;
using Registry.Api.Tests.Support;
using static Registry.Api.Tests.Search.SearchScenes;

namespace Registry.Api.Tests.Search;

/// <summary>Search says what the records say, now and then.</summary>
public sealed class FollowingRecords(Engine engine) : RegistryTest(engine)
{
    [Test]
    public async Task A_change_of_a_name_is_found_at_once_and_the_name_before_only_then()
    {
        await App.EstablishStateAsync("KAZ", Named("Oldland"), Named("Staying", kind: "short"));
        var before = (string?)(await App.ReadAsync("/v1/states/KAZ"))["recordedAt"];

        await (
            await App.PatchAsync(
                "/v1/states/KAZ",
                new { names = new[] { Named("Newland"), Named("Staying", kind: "short") } }
            )
        ).OkAsync();
        var after = (string?)(await App.ReadAsync("/v1/states/KAZ"))["recordedAt"];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await App.FoundAsync("oldland"), Is.Empty);
            Assert.That(await App.FoundAsync("newland"), Is.EqualTo(new[] { "states/KAZ" }));
            Assert.That(await App.FoundAsync("oldland", $"&knownAt={before}"), Is.EqualTo(new[] { "states/KAZ" }));
            Assert.That(await App.FoundAsync("newland", $"&knownAt={before}"), Is.Empty);
            Assert.That(await App.FoundAsync("newland", $"&knownAt={after}"), Is.EqualTo(new[] { "states/KAZ" }));
            Assert.That(await App.FoundAsync("oldland", $"&knownAt={after}"), Is.Empty);
            Assert.That(await App.FoundAsync("staying", $"&knownAt={before}"), Has.Count.EqualTo(1));
            Assert.That(await App.FoundAsync("staying old", $"&knownAt={before}"), Is.Empty);
        }
    }

    [Test]
    public async Task A_deleted_record_is_found_only_as_of_before()
    {
        await App.EstablishStateAsync("KAZ", Named("Oldland"));
        var before = (string?)(await App.ReadAsync("/v1/states/KAZ"))["recordedAt"];

        await App.DeleteAsync("/v1/states/KAZ");

        Assert.That(await App.FoundAsync("oldland"), Is.Empty);
        Assert.That(await App.FoundAsync("oldland", $"&knownAt={before}"), Is.EqualTo(new[] { "states/KAZ" }));
        Assert.That(await App.FoundAsync("oldland", "&knownAt=2020-01-01T00:00:00Z"), Is.Empty);
    }

    [Test]
    public async Task What_leaves_the_names_as_they_are_leaves_the_index_as_it_is()
    {
        await App.EstablishStateAsync("KAZ", Named("Oldland"));
        var before = (string?)(await App.ReadAsync("/v1/states/KAZ"))["recordedAt"];

        await (await App.PatchAsync("/v1/states/KAZ", new { subregion = "Central Asia" })).OkAsync();

        Assert.That(await App.QueryAsync<int>("SELECT COUNT(*) FROM SearchNameHistory"), Is.EqualTo(new[] { 0 }));
        Assert.That(await App.FoundAsync("oldland"), Has.Count.EqualTo(1));
        Assert.That(await App.FoundAsync("oldland", $"&knownAt={before}"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_refused_write_leaves_nothing_to_find()
    {
        await App.EstablishStateAsync("KAZ", Named("Oldland"));

        var refused = await App.PatchAsync(
            "/v1/states/KAZ",
            new { names = new[] { Named("Newland") }, predecessors = new[] { "XXX" } }
        );

        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(await App.FoundAsync("newland"), Is.Empty);
        Assert.That(await App.FoundAsync("oldland"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_instant_in_the_future_is_refused() =>
        Assert.That(
            await (await App.GetAsync("/v1/search?q=a&knownAt=2099-01-01T00:00:00Z")).FieldsAtFaultAsync(),
            Is.EqualTo(new[] { "knownAt" })
        );

    [TestCase("", "q")]
    [TestCase("q=", "q")]
    [TestCase("q=%20", "q")]
    [TestCase("q=...", "q")]
    [TestCase("q=%E3%80%82%E2%80%94", "q")]
    [TestCase("q=a&q=b", "q")]
    [TestCase("q=a&limit=0", "limit")]
    [TestCase("q=a&limit=51", "limit")]
    [TestCase("q=a&limit=x", "limit")]
    [TestCase("q=a&types=claims", "types")]
    [TestCase("q=a&types=states,", "types")]
    [TestCase("q=a&types=States", "types")]
    [TestCase("q=a&knownAt=yesterday", "knownAt")]
    [TestCase("q=a&cursor=1", "cursor")]
    [TestCase("types=x&limit=99", "limit", "q", "types")]
    public async Task Every_parameter_at_fault_is_named(string query, params string[] fields) =>
        Assert.That(await (await App.GetAsync($"/v1/search?{query}")).FieldsAtFaultAsync(), Is.EqualTo(fields));

    [Test]
    public async Task A_question_has_at_most_100_characters()
    {
        await App.FoundAsync(new string('a', 100));

        var refused = await App.GetAsync($"/v1/search?q={new string('a', 101)}");

        Assert.That(await refused.FieldsAtFaultAsync(), Is.EqualTo(new[] { "q" }));
    }

    [TestCase("%")]
    [TestCase("_")]
    [TestCase("a' OR 1=1 --")]
    [TestCase("[a-z]")]
    public async Task Signs_of_the_database_are_only_signs(string question)
    {
        await App.EstablishStateAsync("KAZ", Named("Oldland"));

        var answer = await App.GetAsync($"/v1/search?q={Uri.EscapeDataString(question)}");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK).Or.EqualTo(HttpStatusCode.BadRequest));
        if (answer.IsSuccessStatusCode)
        {
            Assert.That((await answer.OkAsync())["items"]!.AsArray(), Is.Empty);
        }
    }
}
