using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Registry.Api.Tests.Importing;
using Registry.Api.Tests.Support;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Api.Tests.Sql;

/// <summary>What becomes of the program where that which goes on beside the requests fails in a way that nobody foresaw.</summary>
[OnEveryEngine]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public sealed class WorkingInTheBackground(Engine engine)
{
    private readonly WatchedConnections _watched = new();
    private RegistryApp _app = null!;

    [SetUp]
    public async Task Start()
    {
        _app = await RegistryApp.StartAsync(await TestDatabases.TakeAsync(engine), _watched);
    }

    [TearDown]
    public async Task Stop()
    {
        if (_app is not null)
        {
            _watched.Before = _ => { };
            await _app.DisposeAsync();
            await TestDatabases.GiveBackAsync(_app.Database);
        }
    }

    [Test]
    public async Task The_delivery_of_changes_is_tried_again_and_the_program_serves()
    {
        var failures = 0;
        _watched.Before = statement =>
        {
            if (statement.Contains("FROM Subscription", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref failures);
                throw new NotSupportedException("Nobody foresaw it.");
            }
        };

        await Until.HoldsAsync(() => Task.FromResult(Volatile.Read(ref failures) > 1));

        var host = _app.Services.GetRequiredService<IHostApplicationLifetime>();
        Assert.That(host.ApplicationStopping.IsCancellationRequested, Is.False);
        Assert.That((await _app.GetAsync("/v1/states")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task An_import_whose_end_cannot_be_noted_takes_nothing_of_the_next_one()
    {
        _watched.Before = statement =>
        {
            if (statement.StartsWith("UPDATE Import", StringComparison.Ordinal))
            {
                throw new NotSupportedException("Nobody foresaw it.");
            }
        };
        using var first = await _app.SendFileAsync(Line("AAA"), query: "?id=first", wait: 5);
        _watched.Before = _ => { };

        var second = await _app.ImportAsync(Line("BBB"), query: "?id=second");

        Assert.That((string?)second["status"], Is.EqualTo("done"));
        await _app.ReadAsync("/v1/states/BBB");
    }

    [Test]
    public async Task Changes_of_another_process_are_heard_of_after_the_watch_for_them_failed()
    {
        await using var other = await RegistryApp.StartAsync(_app.Database);
        await other.EstablishStateAsync("AAA");
        var (waits, failures) = (false, 0);
        _watched.Before = statement =>
        {
            if (statement.Contains("Instant FROM ChangeCounter", StringComparison.Ordinal))
            {
                // There is no page to read; what looks at the counter from here on is the watch.
                waits = true;
            }
            else if (waits && failures < 2 && statement is "PRAGMA data_version" or LedgerSql.LastSequence)
            {
                failures++;
                throw new NotSupportedException("Nobody foresaw it.");
            }
        };
        var waiting = _app.ReadAsync("/v1/changes?after=1&wait=25");
        await Until.HoldsAsync(() => Task.FromResult(failures == 2));
        await other.EstablishStateAsync("BBB");

        var changes = await waiting;

        Assert.That(changes.Each(change => change["id"]), Is.EqualTo(new[] { "BBB" }));
    }

    [Test]
    public async Task Streams_outlast_an_outage()
    {
        await _app.EstablishStateAsync("AAA");
        using var events = await Changes.Events.OpenAsync(_app.Http, "/v1/changes/stream");
        await events.NextAsync();
        var failures = 0;
        _watched.Before = _ =>
        {
            Interlocked.Increment(ref failures);
            throw new TimeoutException();
        };
        await Until.HoldsAsync(() => Task.FromResult(Volatile.Read(ref failures) > 3));
        _watched.Before = _ => { };

        var next = events.NextAsync();
        await _app.EstablishStateAsync("BBB");

        Assert.That((await next)?.Key, Is.EqualTo("states/BBB"));
    }

    [Test]
    public async Task Work_that_fails_is_begun_again_until_it_comes_to_its_end()
    {
        var begun = 0;

        await Background.RunAsync(
            "test",
            "The work",
            _ => ++begun < 2 ? throw new NotSupportedException("Nobody foresaw it.") : Task.CompletedTask,
            TimeProvider.System,
            NullLogger.Instance,
            CancellationToken.None
        );

        Assert.That(begun, Is.EqualTo(2));
    }

    [Test]
    public async Task Work_that_fails_when_the_program_stops_is_not_begun_again()
    {
        using var stopping = new CancellationTokenSource();
        var begun = 0;

        await Background.RunAsync(
            "test",
            "The work",
            async _ =>
            {
                begun++;
                await stopping.CancelAsync();
                throw new NotSupportedException("Nobody foresaw it.");
            },
            TimeProvider.System,
            NullLogger.Instance,
            stopping.Token
        );

        Assert.That(begun, Is.EqualTo(1));
    }

    private static string Line(string code) =>
        JsonSerializer.Serialize(
            new { collection = "states", record = new { code, names = RegistryApp.NamesOf(code, "short") } }
        );
}
