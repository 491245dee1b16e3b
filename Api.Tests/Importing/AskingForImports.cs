using System.Net;
using System.Text;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Importing;

public sealed class AskingForImports(Engine engine) : RegistryTest(engine)
{
    protected override (string Name, string Value)[] Settings => [("Imports:MaxBytes", "4000000")];

    [Test]
    public async Task The_answer_does_not_wait_unless_asked_to()
    {
        using var answer = await App.SendFileAsync(Imports.State("KAZ"), wait: null);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
            Assert.That(answer.Headers.Contains("Preference-Applied"), Is.False);
        }

        var import = await App.EndedAsync(answer.Headers.Location!.OriginalString);
        Assert.That(Imports.Counts(import), Is.EqualTo("done: 1 0 0 0"));
    }

    [Test]
    public async Task An_answer_that_waited_says_so()
    {
        using var answer = await App.SendFileAsync(Imports.State("KAZ"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created));
            Assert.That(answer.Headers.GetValues("Preference-Applied"), Is.EqualTo(new[] { "wait" }));
        }
    }

    [Test]
    public async Task Imports_are_listed_and_found_by_the_id_they_were_given()
    {
        await App.ImportAsync(Imports.State("KAZ"), query: "?id=first-list");
        using var again = await App.SendFileAsync(Imports.State("KAZ"), query: "?id=first-list");

        await again.ProblemAsync(HttpStatusCode.Conflict, "already-exists");
        Assert.That((await App.ReadAsync("/v1/imports")).Each(item => item["id"]), Is.EqualTo(new[] { "first-list" }));
        Assert.That((await App.ReadAsync("/v1/imports?status=refused")).Each(item => item["id"]), Is.Empty);
    }

    [Test]
    public async Task Rows_are_given_page_by_page()
    {
        var import = await App.ImportAsync(
            string.Concat(Enumerable.Range(0, 25).Select(number => Imports.Minister($"jane-{number}")))
        );

        var lines = await App.WalkAsync(
            $"/v1/imports/{import["id"]}/rows?limit=10",
            row => row["line"]!.ToJsonString()
        );

        Assert.That(lines, Is.EqualTo(Enumerable.Range(1, 25).Select(number => $"{number}")));
    }

    [TestCase("POST", "/v1/imports")]
    [TestCase("GET", "/v1/imports")]
    [TestCase("GET", "/v1/imports/some-import")]
    [TestCase("DELETE", "/v1/imports/some-import")]
    [TestCase("GET", "/v1/imports/some-import/rows")]
    public async Task All_of_it_needs_a_key(string method, string path)
    {
        using var nobody = App.WithoutKey();

        using var answer = await nobody.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        await answer.ProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [TestCase("GET", "/v1/imports/some-import")]
    [TestCase("DELETE", "/v1/imports/some-import")]
    [TestCase("GET", "/v1/imports/some-import/rows")]
    public async Task What_is_not_there_is_not_found(string method, string path)
    {
        using var answer = await App.SendAsync(new HttpMethod(method), path);

        await answer.ProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Test]
    public async Task What_has_ended_is_not_cancelled()
    {
        var import = await App.ImportAsync(Imports.State("KAZ"));

        using var answer = await App.DeleteAsync($"/v1/imports/{import["id"]}");

        await answer.ProblemAsync(HttpStatusCode.Conflict, "import-ended");
    }

    [TestCase("text/plain")]
    [TestCase("application/merge-patch+json")]
    [TestCase("application/x-ndjson; charset=klingon")]
    public async Task A_file_of_another_kind_is_refused(string mediaType)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/imports")
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Imports.State("KAZ"))),
        };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", mediaType);

        using var answer = await App.Http.SendAsync(request);

        await answer.ProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        Assert.That(string.Join(", ", answer.Headers.GetValues("Accept")), Does.Contain("text/csv"));
    }

    [TestCase(Imports.Csv, "")]
    [TestCase(Imports.NdJson, "?collection=states")]
    [TestCase(Imports.Csv, "?collection=planets")]
    [TestCase(Imports.NdJson, "?colection=states", "colection")]
    public async Task The_collection_goes_with_tables_alone(string mediaType, string query, string field = "collection")
    {
        using var answer = await App.SendFileAsync("code\r\nKAZ\r\n", mediaType, query);

        Assert.That(await answer.FieldsAtFaultAsync(), Is.EqualTo(new[] { field }));
        Assert.That((await App.ReadAsync("/v1/imports"))["items"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task A_file_may_be_larger_than_any_other_body_and_not_larger_than_the_setting()
    {
        var name = new string('x', 200);
        var file = string.Concat(Enumerable.Range(0, 12_000).Select(number => Imports.Minister($"m{number}", name)));
        Assert.That(file, Has.Length.GreaterThan(2.5 * 1024 * 1024).And.Length.LessThan(4_000_000));

        using var taken = await App.SendFileAsync(file, query: "?id=large-list", wait: null);
        using var refused = await App.SendFileAsync(file + file, wait: null);

        Assert.That(taken.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        await refused.ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-large");
        await (await App.DeleteAsync("/v1/imports/large-list")).Content.ReadAsStringAsync();
        await App.EndedAsync("/v1/imports/large-list");
    }

    [Test]
    public async Task A_cancelled_import_leaves_nothing()
    {
        var file = string.Concat(Enumerable.Range(0, 20_000).Select(number => Imports.Minister($"m{number}")));
        await (await App.SendFileAsync(file, query: "?id=long-list", wait: null)).Content.ReadAsStringAsync();

        using var answer = await App.DeleteAsync("/v1/imports/long-list");
        var import = await App.EndedAsync("/v1/imports/long-list");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That((string?)import["status"], Is.EqualTo("cancelled"));
            Assert.That(await App.LastSequenceAsync(), Is.Zero);
        }
    }
}
