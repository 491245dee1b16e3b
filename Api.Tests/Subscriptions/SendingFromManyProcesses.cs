using System.Net.Http.Json;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Subscriptions;

public sealed class SendingFromManyProcesses(Engine engine) : WebhookTest(engine)
{
    [Test]
    public async Task Two_processes_send_each_message_once()
    {
        await using var other = await RegistryApp.StartAsync(App.Database, settings: Settings);
        await SubscribeAsync();

        for (var number = 0; number < 10; number++)
        {
            await App.EstablishForumAsync($"A{number}");
            await other.EstablishForumAsync($"B{number}");
        }

        await CaughtUpAsync();
        Assert.That(Receiver.All.Select(message => message.Sequence), Is.EqualTo(Enumerable.Range(1, 20)));
    }

    [Test]
    public async Task What_another_process_writes_is_sent_as_well()
    {
        await using var other = await RegistryApp.StartAsync(App.Database, settings: ("Webhooks:Enabled", "false"));
        await SubscribeAsync();

        await other.EstablishStateAsync("KAZ");

        await Receiver.HasAsync(1);
    }
}

[OnEveryEngine]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DyingWhileSending(Engine engine)
{
    private static readonly (string, string)[] Settings =
    [
        ("Catalogue:Load", "false"),
        ("Access:AdminKey", RegistryApp.AdminKey),
        ("Webhooks:AllowedHosts", "127.0.0.1"),
        ("Webhooks:Timeout", "00:00:02"),
    ];

    [Test]
    public async Task A_message_that_was_sent_and_not_noted_is_sent_again_under_its_id()
    {
        var database = await TestDatabases.TakeAsync(engine);
        await using var receiver = await Receiver.StartAsync();
        var release = new TaskCompletionSource();
        receiver.Answer = async (_, context) =>
        {
            await release.Task.WaitAsync(context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return 200;
        };
        await using (var first = RegistryProcess.Start(database, Settings))
        {
            using var client = await ServingAsync(first);
            await client.PostAsJsonAsync("/v1/subscriptions", new { id = "portal", url = receiver.Url });
            await client.PostAsJsonAsync("/v1/states", new { code = "KAZ", names = RegistryApp.NamesOf("Kazakhstan") });
            await receiver.HasAsync(1);
            await first.KillAsync();
        }

        release.SetResult();
        await using var second = RegistryProcess.Start(database, Settings);
        using var again = await ServingAsync(second);

        var messages = await receiver.HasAsync(2);
        await Until.HoldsAsync(async () =>
            (await again.GetStringAsync("/v1/subscriptions/portal")).Contains(
                "\"position\":1",
                StringComparison.Ordinal
            )
        );
        Assert.That(messages.Select(message => message.Id), Is.EqualTo(["portal_1", "portal_1"]));
        Assert.That(messages[1].Body, Is.EqualTo(messages[0].Body));
        await second.KillAsync();
        await TestDatabases.GiveBackAsync(database);
    }

    private static async Task<HttpClient> ServingAsync(RegistryProcess process)
    {
        var client = await process.ServingAsync();
        client.DefaultRequestHeaders.Add("X-Api-Key", RegistryApp.AdminKey);
        return client;
    }
}
