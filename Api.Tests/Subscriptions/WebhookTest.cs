using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Subscriptions;

/// <summary>A program that may send to this machine, and somebody who listens there.</summary>
public abstract class WebhookTest(Engine engine) : RegistryTest(engine)
{
    internal Receiver Receiver { get; private set; } = null!;

    protected override (string Name, string Value)[] Settings =>
        [
            ("Webhooks:AllowedHosts", "127.0.0.1"),
            ("Webhooks:Pauses", "00:00:00.05,00:00:00.1"),
            ("Webhooks:Timeout", "00:00:03"),
        ];

    [SetUp]
    public async Task Listen() => Receiver = await Receiver.StartAsync();

    [TearDown]
    public async Task Hang_up()
    {
        if (Receiver is not null)
        {
            await Receiver.DisposeAsync();
        }
    }

    /// <returns>The record, with the secret.</returns>
    protected async Task<JsonNode> SubscribeAsync(object? filter = null, long? after = null, string id = "portal") =>
        await (
            await App.PostAsync(
                "/v1/subscriptions",
                new
                {
                    id,
                    url = Receiver.Url,
                    filter,
                    after,
                }
            )
        ).CreatedAsync();

    protected Task<JsonNode> SubscriptionAsync(string id = "portal") => App.ReadAsync($"/v1/subscriptions/{id}");

    protected Task StandsAsync(Func<JsonNode, bool> condition, string id = "portal", TimeSpan? patience = null) =>
        Until.HoldsAsync(async () => condition(await SubscriptionAsync(id)), patience);

    /// <summary>Waits until nothing is left to hand over.</summary>
    protected async Task CaughtUpAsync(string id = "portal", TimeSpan? patience = null)
    {
        var last = (await App.QueryAsync<long>("SELECT Sequence FROM ChangeCounter")).Single();
        await StandsAsync(subscription => (long)subscription["position"]! == last, id, patience);
    }
}
