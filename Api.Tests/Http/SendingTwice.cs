using System.Net;
using System.Net.Http.Json;
using System.Text;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Http;

/// <summary>What a caller gets who does not know whether a request arrived, and sends it again.</summary>
public sealed class SendingTwice(Engine engine) : SettledTest(engine)
{
    private static readonly object Nepal = new { code = "NPL", names = RegistryApp.NamesOf("Nepal", "short") };

    [TestCaseSource(typeof(WritingOperation), nameof(WritingOperation.Posts))]
    public async Task Whatever_is_posted_is_done_once_and_answered_alike(WritingOperation operation)
    {
        var first = await SendAsync(operation, "a-key");
        var changes = await ChangesAsync();
        var second = await SendAsync(operation, "a-key");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Status, Is.EqualTo(HttpStatusCode.Created).Or.EqualTo(HttpStatusCode.OK), first.Body);
            Assert.That(second, Is.EqualTo(first));
            Assert.That(await ChangesAsync(), Is.EqualTo(changes));
        }
    }

    [Test]
    public async Task The_answer_has_the_address_and_the_tag_again()
    {
        await SendAsync("/v1/states", Nepal, "a-key");
        var again = await SendAsync("/v1/states", Nepal, "a-key");

        Assert.That(again.Headers, Does.Contain("Location: /v1/states/NPL").And.Contain("ETag: \"1\""));
    }

    [Test]
    public async Task Quotes_around_a_key_do_not_matter()
    {
        var first = await SendAsync("/v1/states", Nepal, "\"a-key\"");

        Assert.That(await SendAsync("/v1/states", Nepal, "a-key"), Is.EqualTo(first));
    }

    [Test]
    public async Task A_refusal_is_given_again_though_it_would_be_granted_by_now()
    {
        var membership = new
        {
            member = new { kind = "state", code = "NPL" },
            standing = "member",
            from = "2020",
        };
        var refused = await SendAsync("/v1/forums/LEAGUE/memberships", membership, "a-key");
        await SendAsync("/v1/states", Nepal, "another-key");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.Conflict), refused.Body);
            Assert.That(await SendAsync("/v1/forums/LEAGUE/memberships", membership, "a-key"), Is.EqualTo(refused));
            Assert.That(
                (await SendAsync("/v1/forums/LEAGUE/memberships", membership, "a-third-key")).Status,
                Is.EqualTo(HttpStatusCode.Created)
            );
        }
    }

    [Test]
    public async Task What_could_not_be_understood_is_corrected_under_the_same_key()
    {
        var broken = await SendAsync("/v1/states", new { code = "NPL" }, "a-key");
        var whole = await SendAsync("/v1/states", Nepal, "a-key");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(broken.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(whole.Status, Is.EqualTo(HttpStatusCode.Created), whole.Body);
        }
    }

    [TestCase("/v1/states", "{\"code\":\"KGZ\",\"names\":[{\"kind\":\"short\",\"language\":\"en\",\"text\":\"K\"}]}")]
    [TestCase("/v1/states?x=1", null)]
    [TestCase("/v1/ministers", null)]
    public async Task A_key_is_good_for_one_request(string path, string? body)
    {
        await SendAsync("/v1/states", Nepal, "a-key");

        using var answer = await PostAsync(path, (object?)body ?? JsonContent.Create(Nepal), "a-key");

        await answer.ProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
    }

    [TestCase("")]
    [TestCase("\"\"")]
    [TestCase("two words")]
    [TestCase("two\twords")]
    public async Task A_key_of_another_shape_is_named(string key)
    {
        using var answer = await PostAsync("/v1/states", JsonContent.Create(Nepal), key);

        Assert.That(await answer.FieldsAtFaultAsync(), Is.EqualTo(["Idempotency-Key"]));
    }

    [Test]
    public async Task A_key_has_at_most_255_characters()
    {
        using var longest = await PostAsync("/v1/states", JsonContent.Create(Nepal), new string('k', 255));
        using var longer = await PostAsync("/v1/states", JsonContent.Create(Nepal), new string('k', 256));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(longest.StatusCode, Is.EqualTo(HttpStatusCode.Created));
            Assert.That(await longer.FieldsAtFaultAsync(), Is.EqualTo(["Idempotency-Key"]));
        }
    }

    [Test]
    public async Task Fifty_who_send_it_at_once_to_two_processes_are_answered_alike()
    {
        await using var other = await RegistryApp.StartAsync(App.Database, settings: Settings);
        var apps = new[] { App, other };
        var minister = new { names = RegistryApp.TextsOf("Mukhtar Tileuberdi") };
        var ministers = (int?)(await App.ReadAsync("/v1/ministers?count=true"))["total"];

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 50)
                .Select(async number =>
                    await ReadAsync(
                        await PostAsync("/v1/ministers", JsonContent.Create(minister), "a-key", apps[number % 2])
                    )
                )
        );

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers[0].Status, Is.EqualTo(HttpStatusCode.Created), answers[0].Body);
            Assert.That(answers.Distinct().ToArray(), Has.Length.EqualTo(1));
            Assert.That((int?)(await App.ReadAsync("/v1/ministers?count=true"))["total"], Is.EqualTo(ministers + 1));
        }
    }

    [Test]
    public async Task Of_fifty_who_subscribe_at_once_there_is_one_subscription()
    {
        var subscription = new { url = "https://1.1.1.1/hook" };

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(_ => SendAsync("/v1/subscriptions", subscription, "a-key"))
        );

        var subscriptions = (await App.ReadAsync("/v1/subscriptions"))["items"]!.AsArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers[0].Status, Is.EqualTo(HttpStatusCode.Created), answers[0].Body);
            Assert.That(answers.Distinct().ToArray(), Has.Length.EqualTo(1));
            Assert.That(subscriptions.Count(one => (string?)one!["url"] == "https://1.1.1.1/hook"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task A_key_is_free_again_after_a_day()
    {
        await SendAsync("/v1/ministers", new { names = RegistryApp.TextsOf("Wang Yi") }, "a-key");
        await App.QueryAsync<int>(
            "UPDATE KeptAnswer SET KeptAt = '2026-06-29 11:59:59.000000'; SELECT COUNT(*) FROM KeptAnswer"
        );

        var answer = await SendAsync("/v1/ministers", new { names = RegistryApp.TextsOf("Murat Nurtleu") }, "a-key");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Created), answer.Body);
            Assert.That(await App.QueryAsync<int>("SELECT COUNT(*) FROM KeptAnswer"), Is.EqualTo([1]));
        }
    }

    private async Task<long> ChangesAsync() =>
        (await App.QueryAsync<long>("SELECT Sequence FROM ChangeCounter")).Single();

    private async Task<Answer> SendAsync(WritingOperation operation, string key)
    {
        using var content = operation.Body is { } body ? Json(body) : null;
        return await ReadAsync(await PostAsync(operation.Path, content, key));
    }

    private async Task<Answer> SendAsync(string path, object body, string key) =>
        await ReadAsync(await PostAsync(path, JsonContent.Create(body), key));

    private Task<HttpResponseMessage> PostAsync(string path, object? body, string key, RegistryApp? app = null)
    {
        var content = body as HttpContent ?? (body is string text ? Json(text) : null);
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        return (app ?? App).Http.SendAsync(request);
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var headers = response
                .Headers.Concat(response.Content.Headers)
                .Where(header => header.Key is not ("Date" or "Transfer-Encoding"))
                .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}")
                .Order(StringComparer.Ordinal);
            return new Answer(
                response.StatusCode,
                string.Join("\n", headers),
                await response.Content.ReadAsStringAsync()
            );
        }
    }

    private sealed record Answer(HttpStatusCode Status, string Headers, string Body);
}

[OnEveryEngine]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SendingAgainAfterACrash(Engine engine)
{
    private static readonly (string, string)[] Settings =
    [
        ("Catalogue:Load", "false"),
        ("Access:AdminKey", RegistryApp.AdminKey),
    ];

    [Test]
    public async Task What_was_committed_before_the_crash_is_answered_after_it()
    {
        var database = await TestDatabases.TakeAsync(engine);
        string before;
        await using (var first = RegistryProcess.Start(database, Settings))
        {
            before = await PostAsync(first);
            await first.KillAsync();
        }

        await using var second = RegistryProcess.Start(database, Settings);
        Assert.That(await PostAsync(second), Is.EqualTo(before).And.Contains("\"version\":1"));
        await TestDatabases.GiveBackAsync(database);
    }

    private static async Task<string> PostAsync(RegistryProcess process)
    {
        using var client = await process.ServingAsync();
        client.DefaultRequestHeaders.Add("X-Api-Key", RegistryApp.AdminKey);
        client.DefaultRequestHeaders.Add("Idempotency-Key", "a-key");
        using var answer = await client.PostAsJsonAsync(
            "/v1/states",
            new { code = "KAZ", names = RegistryApp.NamesOf("Kazakhstan", "short") }
        );
        return await answer.Content.ReadAsStringAsync();
    }
}
