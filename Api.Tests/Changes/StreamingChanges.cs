using System.Net;
using Microsoft.Extensions.Options;
using Registry.Api.Features.Changes;
using Registry.Api.Http.Problems;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Changes;

/// <summary>Changes as server-sent events.</summary>
public sealed class StreamingChanges(Engine engine) : RegistryTest(engine)
{
    [Test]
    public async Task What_is_there_comes_at_once_and_what_is_written_when_it_is()
    {
        await App.EstablishStateAsync("AAA");
        using var events = await Events.OpenAsync(App.Http, "/v1/changes/stream");

        var first = await events.NextAsync();
        var pending = events.NextAsync();
        await App.EstablishStateAsync("BBB");
        var second = await pending;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first!.Key, Is.EqualTo("states/AAA"));
            Assert.That(first.Record, Is.EqualTo(await App.Http.GetStringAsync("/v1/states/AAA")));
            Assert.That(second!.Key, Is.EqualTo("states/BBB"));
        }
    }

    [Test]
    public async Task It_goes_on_after_the_last_event_received()
    {
        foreach (var code in new[] { "AAA", "BBB", "CCC" })
        {
            await App.EstablishStateAsync(code);
        }

        using var resumed = await Events.OpenAsync(App.Http, "/v1/changes/stream?after=1", lastEventId: 2);
        using var after = await Events.OpenAsync(App.Http, "/v1/changes/stream?after=1");

        Assert.That((await resumed.NextAsync())!.Sequence, Is.EqualTo(3));
        Assert.That((await after.NextAsync())!.Sequence, Is.EqualTo(2));
    }

    [Test]
    public async Task It_has_the_filters_of_the_pages()
    {
        using var events = await Events.OpenAsync(App.Http, "/v1/changes/stream?subject=forums/PACT");
        await App.EstablishStateAsync("KAZ");
        await App.EstablishForumAsync("PACT");
        await App.AdmitAsync("PACT", "KAZ", from: "2000");

        Assert.That((await events.NextAsync())!.Key, Is.EqualTo("forums/PACT"));
        Assert.That((await events.NextAsync())!.Key, Is.EqualTo("memberships/pact.kaz"));
    }

    [Test]
    public async Task It_shows_that_it_is_alive_while_nothing_happens()
    {
        await using var app = await RegistryApp.StartAsync(App.Database, settings: ("Changes:HeartbeatSeconds", "0.1"));
        using var events = await Events.OpenAsync(app.Http, "/v1/changes/stream");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));

        Assert.That(
            async () => await events.NextAsync(patience.Token),
            Throws.InstanceOf<OperationCanceledException>()
        );
        Assert.That(events.Comments, Is.GreaterThan(2));
    }

    [Test]
    public async Task Only_so_many_are_served_at_once()
    {
        await using var app = await RegistryApp.StartAsync(App.Database, settings: ("Changes:MaxStreams", "1"));
        using (await Events.OpenAsync(app.Http, "/v1/changes/stream"))
        {
            using var second = await app.GetAsync("/v1/changes/stream");
            await second.ProblemAsync(HttpStatusCode.ServiceUnavailable, "too-many-streams");
            Assert.That(second.Headers.RetryAfter, Is.Not.Null);
        }

        // The place of the one that was left is free again.
        for (var patience = 0; ; patience++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/changes/stream");
            using var again = await app.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            if (again.IsSuccessStatusCode)
            {
                break;
            }

            Assert.That(patience, Is.LessThan(100));
            await Task.Delay(50);
        }
    }

    [Test]
    public async Task One_client_does_not_take_all_places()
    {
        await using var app = await RegistryApp.StartAsync(
            App.Database,
            settings: ("Changes:MaxStreamsPerClient", "2")
        );
        using var first = await Events.OpenAsync(app.Http, "/v1/changes/stream");
        using (await Events.OpenAsync(app.Http, "/v1/changes/stream"))
        {
            using var third = await app.GetAsync("/v1/changes/stream");
            await third.ProblemAsync(HttpStatusCode.ServiceUnavailable, "too-many-streams");
        }

        await Until.HoldsAsync(async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/changes/stream");
            using var again = await app.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            return again.IsSuccessStatusCode;
        });
    }

    [TestCase("192.0.2.1", "192.0.2.1", true)]
    [TestCase("192.0.2.1", "192.0.2.2", false)]
    [TestCase("192.0.2.1", "::ffff:192.0.2.1", true)]
    [TestCase("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", true)]
    [TestCase("2001:db8:0:1::1", "2001:db8:0:2::1", false)]
    public void A_client_is_an_address_or_the_network_that_one_holder_has(string one, string other, bool same)
    {
        var slots = new StreamSlots(Options.Create(new ChangeSettings { MaxStreamsPerClient = 1 }));
        using var place = slots.Take(IPAddress.Parse(one));

        Assert.That(
            () => slots.Take(IPAddress.Parse(other)),
            same ? Throws.InstanceOf<RetryLaterException>() : Throws.Nothing
        );
    }

    [Test]
    public async Task It_ends_when_the_program_does()
    {
        var app = await RegistryApp.StartAsync(App.Database);
        using var client = new HttpClient { BaseAddress = app.Http.BaseAddress };
        using var events = await Events.OpenAsync(client, "/v1/changes/stream");
        var waiting = client.GetAsync("/v1/changes?wait=30");
        await Task.Delay(200);
        var pending = events.NextAsync();

        var stopping = app.DisposeAsync().AsTask();

        Assert.That(await pending.WaitAsync(TimeSpan.FromSeconds(10)), Is.Null);
        using var answer = await waiting.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await stopping.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Test]
    public async Task What_is_no_sequence_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/changes/stream");
        request.Headers.Add("Last-Event-ID", "yesterday");

        using var answer = await App.Http.SendAsync(request);

        Assert.That(await answer.FieldsAtFaultAsync(), Is.EqualTo(new[] { "Last-Event-ID" }));
    }
}
