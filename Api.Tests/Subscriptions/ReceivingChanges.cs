using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Registry.Api.Tests.Changes;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Subscriptions;

public sealed class ReceivingChanges(Engine engine) : WebhookTest(engine)
{
    [Test]
    public async Task A_change_arrives_signed()
    {
        var secret = (string)(await SubscribeAsync())["secret"]!;

        await App.EstablishStateAsync("KAZ");

        var message = (await Receiver.HasAsync(1))[0];
        var (json, data) = (message.Json, message.Json["data"]!);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(message.SignaturesBy(secret), Is.EqualTo(1));
            Assert.That(message.Id, Is.EqualTo("portal_1"));
            Assert.That(
                DateTimeOffset.FromUnixTimeSeconds(long.Parse(message.Timestamp, CultureInfo.InvariantCulture)).Date,
                Is.EqualTo(RegistryApp.Today.ToDateTime(TimeOnly.MinValue))
            );
            Assert.That(message.Headers.ContentType.ToString(), Is.EqualTo("application/json"));
            Assert.That(message.Headers.UserAgent.ToString(), Does.StartWith("Registry-Webhooks/"));
            Assert.That(message.Headers.ContainsKey("traceparent"), Is.False);
            Assert.That((string?)json["type"], Is.EqualTo("state.created"));
            Assert.That((string?)json["timestamp"], Is.EqualTo((string?)data["instant"]));
            Assert.That((long?)data["sequence"], Is.EqualTo(1));
            Assert.That((string?)data["actor"], Is.EqualTo("admin"));
            Assert.That((string?)data["collection"], Is.EqualTo("states"));
            Assert.That((string?)data["id"], Is.EqualTo("KAZ"));
            Assert.That((int?)data["version"], Is.EqualTo(1));
            Assert.That((string?)data["operation"], Is.EqualTo("created"));
            Assert.That(
                data["record"]!.ToJsonString(),
                Is.EqualTo((await App.ReadAsync("/v1/states/KAZ")).ToJsonString())
            );
        }
    }

    [Test]
    public async Task A_deletion_arrives_without_a_record()
    {
        await App.EstablishStateAsync("KAZ");
        await SubscribeAsync();

        await App.DeleteAsync("/v1/states/KAZ");

        var json = (await Receiver.HasAsync(1))[0].Json;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)json["type"], Is.EqualTo("state.deleted"));
            Assert.That((int?)json["data"]!["version"], Is.EqualTo(2));
            Assert.That(json["data"]!.AsObject().ContainsKey("record"), Is.False);
        }
    }

    [Test]
    public async Task Changes_arrive_in_the_order_of_the_log()
    {
        await SubscribeAsync();

        for (var number = 1; number <= 20; number++)
        {
            await App.EstablishForumAsync($"F{number}");
        }

        var messages = await Receiver.HasAsync(20);
        Assert.That(messages.Select(message => message.Sequence), Is.EqualTo(Enumerable.Range(1, 20)));
    }

    [Test]
    public async Task A_new_subscription_starts_where_it_says()
    {
        await App.EstablishStateAsync("KAZ");
        await App.EstablishStateAsync("UZB");
        await SubscribeAsync(id: "present");
        await SubscribeAsync(after: 1, id: "later");
        await SubscribeAsync(after: 0, id: "all");

        await App.EstablishStateAsync("KGZ");

        await CaughtUpAsync("present");
        await CaughtUpAsync("later");
        await CaughtUpAsync("all");
        Assert.That(
            Receiver.All.Select(message => message.Id),
            Is.EquivalentTo(["present_3", "later_2", "later_3", "all_1", "all_2", "all_3"])
        );
    }

    [Test]
    public async Task It_cannot_start_in_the_future()
    {
        var answer = await App.PostAsync("/v1/subscriptions", new { url = Receiver.Url, after = 1 });

        Assert.That(await answer.FieldsAtFaultAsync(), Is.EqualTo(["after"]));
    }

    [Test]
    public async Task What_does_not_fit_moves_the_position_without_a_message()
    {
        await SubscribeAsync(new { collections = new[] { "forums" } });

        await App.EstablishStateAsync("KAZ");

        await StandsAsync(subscription => (long)subscription["position"]! == 1);
        Assert.That(Receiver.All, Is.Empty);
    }

    [TestCase("""{ "collections": ["forums", "memberships"] }""", "forums/PACT forums/LEAGUE memberships/pact.kaz")]
    [TestCase("""{ "operations": ["updated", "deleted"] }""", "states/KAZ states/UZB")]
    [TestCase("""{ "operations": ["deleted"], "collections": ["forums"] }""", "")]
    [TestCase("""{ "forum": "PACT" }""", "forums/PACT memberships/pact.kaz")]
    [TestCase("""{ "forum": "PACT", "collections": ["memberships"] }""", "memberships/pact.kaz")]
    [TestCase("""{ "state": "KAZ" }""", "states/KAZ memberships/pact.kaz states/KAZ")]
    [TestCase("""{ "state": "KAZ", "operations": ["updated"] }""", "states/KAZ")]
    [TestCase("""{ "verbs": ["adopted"] }""", "")]
    public async Task Only_what_fits_the_filter_arrives(string filter, string expected)
    {
        await SubscribeAsync(JsonNode.Parse(filter));
        await App.EstablishStateAsync("KAZ");
        await App.EstablishStateAsync("UZB");
        await App.EstablishForumAsync("PACT");
        await App.EstablishForumAsync("LEAGUE");
        await (await App.AdmitAsync("PACT", "KAZ", from: "2000")).CreatedAsync();
        await (await App.PatchAsync("/v1/states/KAZ", new { subregion = "Central Asia" })).OkAsync();
        await App.DeleteAsync("/v1/states/UZB");

        await CaughtUpAsync();
        Assert.That(
            string.Join(
                ' ',
                Receiver.All.Select(message => $"{message.Json["data"]!["collection"]}/{message.Json["data"]!["id"]}")
            ),
            Is.EqualTo(expected)
        );
    }

    [Test]
    public async Task A_record_that_comes_back_is_told_as_restored()
    {
        await SubscribeAsync(JsonNode.Parse("""{ "operations": ["restored", "deleted", "updated", "created"] }"""));
        await SubscribeAsync(JsonNode.Parse("""{ "operations": ["restored"] }"""), id: "returns");
        await App.EstablishStateAsync("KAZ");
        await App.DeleteAsync("/v1/states/KAZ");
        await (await App.SendAsync(HttpMethod.Post, "/v1/states/KAZ/restore")).CreatedAsync();

        await CaughtUpAsync();
        await CaughtUpAsync("returns");
        Assert.That(
            Receiver.All.Select(message => (string?)message.Json["type"]),
            Is.EquivalentTo(new[] { "state.created", "state.deleted", "state.restored", "state.restored" })
        );
    }

    [Test]
    public async Task Outcomes_can_be_told_by_their_verb()
    {
        await App.EstablishForumAsync("CICA");
        await (
            await App.PostAsync(
                "/v1/meetings",
                new
                {
                    id = "summit",
                    forum = "CICA",
                    kind = "summit",
                    starts = "2022-10-12",
                    status = "held",
                    titles = new[] { new { language = "en", text = "Summit" } },
                }
            )
        ).CreatedAsync();
        await SubscribeAsync(new { verbs = new[] { "adopted", "exchanged-views" } });

        foreach (var verb in new[] { "adopted", "decided", "exchanged-views" })
        {
            await (
                await App.PostAsync(
                    "/v1/meetings/summit/outcomes",
                    new { verb, texts = new[] { new { language = "en", text = verb } } }
                )
            ).CreatedAsync();
        }

        await App.DeleteAsync("/v1/outcomes/summit.1");
        await App.DeleteAsync("/v1/outcomes/summit.2");

        await CaughtUpAsync();
        Assert.That(
            Receiver.All.Select(message => $"{message.Json["type"]} {message.Json["data"]!["id"]}"),
            Is.EqualTo(["outcome.created summit.1", "outcome.created summit.3", "outcome.deleted summit.1"])
        );
    }

    [Test]
    public async Task Who_takes_two_of_three_messages_has_a_true_copy_in_the_end()
    {
        var taken = 0;
        Receiver.Answer = (_, _) => Task.FromResult(Interlocked.Increment(ref taken) % 3 == 0 ? 500 : 200);
        await SubscribeAsync(new { collections = new[] { "states" } });
        for (var number = 0; number < 10; number++)
        {
            var code = $"X{(char)('A' + number)}X";
            await App.EstablishStateAsync(code);
            await App.EstablishForumAsync($"F{number}");
            await (await App.PatchAsync($"/v1/states/{code}", new { subregion = $"Region {number}" })).OkAsync();
        }

        await CaughtUpAsync();
        var sequences = Receiver.All.Select(message => message.Sequence).ToArray();
        var once = Receiver.All.DistinctBy(message => message.Id).ToArray();
        Assert.That(sequences, Is.Ordered, "Nothing later is sent while one fails.");
        Assert.That(once, Has.Length.EqualTo(20).And.Length.LessThan(sequences.Length));
        Assert.That(
            Receiver
                .All.GroupBy(message => message.Id)
                .Select(same => same.DistinctBy(m => m.Json.ToJsonString()).Count()),
            Is.All.EqualTo(1)
        );
        var copies = once.GroupBy(message => (string)message.Json["data"]!["id"]!)
            .ToDictionary(same => same.Key, same => same.Last().Json["data"]!["record"]!.ToJsonString());
        foreach (var (code, copy) in copies)
        {
            Assert.That(copy, Is.EqualTo((await App.ReadAsync($"/v1/states/{code}")).ToJsonString()));
        }
    }

    [Test]
    public async Task Who_fails_every_third_time_while_many_write_holds_the_same_as_the_registry()
    {
        var taken = 0;
        Receiver.Answer = (_, _) => Task.FromResult(Interlocked.Increment(ref taken) % 3 == 0 ? 500 : 200);
        await SubscribeAsync(after: 0);

        await Writers.WriteAsync(
            async (method, path, body) =>
            {
                var ifMatch = method == HttpMethod.Post ? null : "*";
                using var answer = await App.SendAsync(method, path, body, ifMatch);
            }
        );

        await CaughtUpAsync(patience: TimeSpan.FromSeconds(30 + (Writers.Changes / 10)));
        var mirror = new Mirror();
        foreach (var message in Receiver.All.DistinctBy(message => message.Id))
        {
            using var json = JsonDocument.Parse(message.Body);
            mirror.Take(Seen.Of(json.RootElement.GetProperty("data").GetRawText()));
        }

        Assert.That(mirror.Last, Is.GreaterThan(Writers.Changes / 2));
        await mirror.CompareAsync(App.Http);
    }

    [Test]
    public async Task A_failure_shows_until_it_is_over()
    {
        var status = 503;
        Receiver.Answer = (_, _) => Task.FromResult(status);
        await SubscribeAsync();

        await App.EstablishStateAsync("KAZ");

        await StandsAsync(subscription => (int?)subscription["attempts"] > 1);
        var failing = await SubscriptionAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)failing["status"], Is.EqualTo("active"));
            Assert.That((string?)failing["lastError"], Does.Contain("503"));
            Assert.That((string?)failing["failingSince"], Is.Not.Null);
            Assert.That((string?)failing["nextAttempt"], Is.Not.Null);
            Assert.That((long?)failing["position"], Is.Zero);
        }

        status = 200;
        await CaughtUpAsync();
        var well = (await SubscriptionAsync()).AsObject();
        Assert.That(
            well,
            Has.No.ContainKey("lastError").And.No.ContainKey("failingSince").And.No.ContainKey("attempts")
        );
        Assert.That(Receiver.All.Select(message => message.Id).Distinct(), Is.EqualTo(["portal_1"]));
    }

    [Test]
    public async Task A_receiver_that_is_gone_is_not_asked_again()
    {
        Receiver.Answer = (_, _) => Task.FromResult(410);
        await SubscribeAsync();

        await App.EstablishStateAsync("KAZ");

        await StandsAsync(subscription => (string?)subscription["status"] == "paused");
        var paused = await SubscriptionAsync();
        Assert.That((bool?)paused["paused"], Is.True);
        Assert.That((string?)paused["lastError"], Does.Contain("410"));
        Assert.That((long?)paused["position"], Is.Zero);
        Assert.That(Receiver.All, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_redirect_is_not_followed()
    {
        Receiver.Answer = (_, context) =>
        {
            context.Response.Headers.Location = $"{Receiver.Url}/elsewhere";
            return Task.FromResult(307);
        };
        await SubscribeAsync();

        var test = await (await App.SendAsync(HttpMethod.Post, "/v1/subscriptions/portal/test")).OkAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((bool?)test["delivered"], Is.False);
            Assert.That((int?)test["status"], Is.EqualTo(307));
            Assert.That((string?)test["error"], Does.Contain("redirects are not followed"));
            Assert.That(Receiver.All, Has.Count.EqualTo(1));
        }
    }

    [Test]
    public async Task A_receiver_has_so_long_to_answer()
    {
        var release = new TaskCompletionSource();
        Receiver.Answer = async (_, _) =>
        {
            await release.Task;
            return 200;
        };
        await SubscribeAsync();

        var test = await (await App.SendAsync(HttpMethod.Post, "/v1/subscriptions/portal/test")).OkAsync();

        release.SetResult();
        Assert.That((bool?)test["delivered"], Is.False);
        Assert.That((string?)test["error"], Does.Contain("within 3 seconds"));
        Assert.That(test.AsObject(), Has.No.ContainKey("status"));
    }

    [Test]
    public async Task A_test_is_signed_and_tells_what_came_of_it()
    {
        var secret = (string)(await SubscribeAsync())["secret"]!;

        var test = await (await App.SendAsync(HttpMethod.Post, "/v1/subscriptions/portal/test")).OkAsync();

        var message = Receiver.All.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((bool?)test["delivered"], Is.True);
            Assert.That((int?)test["status"], Is.EqualTo(204));
            Assert.That((string?)test["message"], Is.EqualTo(message.Id).And.StartsWith("portal_test"));
            Assert.That(message.SignaturesBy(secret), Is.EqualTo(1));
            Assert.That((string?)message.Json["type"], Is.EqualTo("subscription.test"));
        }
    }

    [Test]
    public async Task After_a_rotation_both_secrets_sign()
    {
        var first = (string)(await SubscribeAsync())["secret"]!;
        var second = (string)
            (await (await App.PostAsync("/v1/subscriptions/portal/secret", new { })).OkAsync())["secret"]!;

        await App.EstablishStateAsync("KAZ");

        var message = (await Receiver.HasAsync(1))[0];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(second, Is.Not.EqualTo(first));
            Assert.That(message.Signature.Split(' '), Has.Length.EqualTo(2));
            Assert.That(message.SignaturesBy(first), Is.EqualTo(1));
            Assert.That(message.SignaturesBy(second), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task The_log_tells_every_attempt_the_newest_first()
    {
        var taken = 0;
        Receiver.Answer = (_, _) => Task.FromResult(Interlocked.Increment(ref taken) == 2 ? 500 : 200);
        await SubscribeAsync();
        await App.EstablishStateAsync("KAZ");
        await App.EstablishStateAsync("UZB");
        await CaughtUpAsync();

        var first = await App.ReadAsync("/v1/subscriptions/portal/deliveries?limit=2&count=true");
        var second = await App.ReadAsync((string)first["next"]!);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int?)first["total"], Is.EqualTo(3));
            Assert.That(first.Each(d => d["message"]), Is.EqualTo(["portal_2", "portal_2"]));
            Assert.That(second.Each(d => d["message"]), Is.EqualTo(["portal_1"]));
            Assert.That((int?)first["items"]![0]!["attempt"], Is.EqualTo(2));
            Assert.That((bool?)first["items"]![0]!["delivered"], Is.True);
            Assert.That((bool?)first["items"]![1]!["delivered"], Is.False);
            Assert.That((int?)first["items"]![1]!["status"], Is.EqualTo(500));
            Assert.That(second.AsObject(), Has.No.ContainKey("next"));
        }

        var ofOne = await App.ReadAsync("/v1/subscriptions/portal/deliveries?sequence=1");
        Assert.That(ofOne.Each(d => d["message"]), Is.EqualTo(["portal_1"]));
    }

    [Test]
    public async Task The_log_keeps_the_last_thousand()
    {
        await SubscribeAsync();
        await App.SendAsync(HttpMethod.Post, "/v1/subscriptions/portal/test");
        await App.QueryAsync<int>("UPDATE Subscription SET Deliveries = 1000");

        await App.SendAsync(HttpMethod.Post, "/v1/subscriptions/portal/test");

        Assert.That(await App.QueryAsync<long>("SELECT Number FROM Delivery"), Is.EqualTo([1001L]));
    }

    [Test]
    public async Task Nothing_is_sent_while_it_is_paused_and_nothing_is_lost()
    {
        await SubscribeAsync();
        var paused = await (await App.PatchAsync("/v1/subscriptions/portal", new { paused = true })).OkAsync();
        Assert.That((string?)paused["status"], Is.EqualTo("paused"));
        await App.EstablishStateAsync("KAZ");
        await App.EstablishStateAsync("UZB");
        await Task.Delay(300);
        Assert.That(Receiver.All, Is.Empty);

        await (await App.PatchAsync("/v1/subscriptions/portal", new { paused = false })).OkAsync();

        await Receiver.HasAsync(2);
    }

    [Test]
    public async Task Nothing_is_sent_once_it_is_deleted()
    {
        await SubscribeAsync();
        await App.DeleteAsync("/v1/subscriptions/portal");

        await App.EstablishStateAsync("KAZ");
        await Task.Delay(300);

        Assert.That(Receiver.All, Is.Empty);
        await (await App.GetAsync("/v1/subscriptions/portal")).ProblemAsync(HttpStatusCode.Gone, "gone");
    }
}

public sealed class GivingUp(Engine engine) : WebhookTest(engine)
{
    protected override (string Name, string Value)[] Settings =>
        [
            ("Webhooks:AllowedHosts", "127.0.0.1"),
            ("Webhooks:Pauses", "00:00:00.05"),
            ("Webhooks:GiveUpAfter", "00:00:00.4"),
        ];

    [Test]
    public async Task A_subscription_is_parked_when_its_day_is_over_and_goes_on_when_told()
    {
        var status = 500;
        Receiver.Answer = (_, _) => Task.FromResult(status);
        await SubscribeAsync();
        await App.EstablishStateAsync("KAZ");

        await StandsAsync(subscription => (string?)subscription["status"] == "parked");
        var parked = await App.ReadAsync("/v1/subscriptions?status=parked");
        var attempts = Receiver.All.Count;
        await App.EstablishStateAsync("UZB");
        await Task.Delay(300);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(parked.Each(subscription => subscription["id"]), Is.EqualTo(["portal"]));
            Assert.That((string?)parked["items"]![0]!["lastError"], Does.Contain("500"));
            Assert.That((bool?)parked["items"]![0]!["paused"], Is.True);
            Assert.That(attempts, Is.GreaterThan(1));
            Assert.That(Receiver.All, Has.Count.EqualTo(attempts));
        }

        // A correction of something else leaves it at rest.
        var corrected = await App.PatchAsync("/v1/subscriptions/portal", new { filter = new { state = "KAZ" } });
        Assert.That((string?)(await corrected.OkAsync())["status"], Is.EqualTo("parked"));

        status = 200;
        var resumed = await App.PatchAsync(
            "/v1/subscriptions/portal",
            JsonNode.Parse("""{ "paused": false, "filter": null }""")!
        );
        Assert.That((string?)(await resumed.OkAsync())["status"], Is.EqualTo("active"));
        await CaughtUpAsync();
        Assert.That(Receiver.All.Skip(attempts).Select(message => message.Id), Is.EqualTo(["portal_1", "portal_2"]));
    }
}
