using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Registry.Api.Tests.Support;
using Registry.Domain;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Engine.Connections;

namespace Registry.Api.Tests.Observability;

/// <summary>The measures of the engine where HTTP does not reach them.</summary>
public sealed class MeasuringTheDatabase
{
    [Test]
    public async Task A_connection_to_a_server_measures_its_statements()
    {
        var database = await TestDatabases.TakeAsync(Engine.Sqlite);
        using var registry = RegistryDatabase.Sqlite(
            database.ConnectionString,
            null,
            inner => new MeasuredConnection(inner, "test-server")
        );
        var ended = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Telemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var caller = new Activity("test") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start();

        await registry.ReadAsync(
            async connection =>
            {
                await connection.QueryAsync<long>("SELECT Sequence FROM ChangeCounter");
                connection.Query<long>("SELECT Sequence FROM ChangeCounter");
                await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM State");
                return connection.ExecuteScalar<long>("SELECT COUNT(*) FROM State");
            },
            CancellationToken.None
        );
        await registry.TransactAsync(
            (connection, transaction) =>
                connection.ExecuteAsync("UPDATE ChangeCounter SET Sequence = Sequence", transaction: transaction),
            CancellationToken.None
        );
        Assert.That(
            async () =>
                await registry.ReadAsync(
                    connection => connection.QueryAsync<long>("SELECT Nothing FROM Nowhere"),
                    CancellationToken.None
                ),
            Throws.Exception
        );

        var spans = ended
            .Where(span =>
                span.TraceId == caller.TraceId && (string?)span.GetTagItem("db.system.name") == "test-server"
            )
            .ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                spans.Select(span => span.DisplayName),
                Is.EqualTo(
                    new[]
                    {
                        "SELECT ChangeCounter",
                        "SELECT ChangeCounter",
                        "SELECT State",
                        "SELECT State",
                        "UPDATE ChangeCounter",
                        "SELECT Nowhere",
                    }
                )
            );
            Assert.That(spans[..^1].Select(span => span.Status), Is.All.EqualTo(ActivityStatusCode.Unset));
            Assert.That(spans[^1].Status, Is.EqualTo(ActivityStatusCode.Error));
            Assert.That(spans[^1].GetTagItem("error.type"), Is.EqualTo("Microsoft.Data.Sqlite.SqliteException"));
            Assert.That(Activity.Current, Is.SameAs(caller));
        }

        await TestDatabases.GiveBackAsync(database);
    }

    [Test]
    public async Task A_gate_counts_who_waits_and_who_gets_no_place_in_time()
    {
        using var gate = new ConnectionGate(1);
        using var first = await gate.EnterAsync(writes: false, CancellationToken.None);

        var second = gate.EnterAsync(writes: false, CancellationToken.None);

        Assert.That(gate.Waiting, Is.EqualTo(1));
        Assert.That(async () => await second, Throws.TypeOf<BusyException>());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(gate.Waiting, Is.Zero);
            Assert.That(gate.Timeouts, Is.EqualTo(1));
            Assert.That(gate.Places, Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Each_failure_of_a_background_worker_is_counted()
    {
        var name = $"test-{Guid.NewGuid():N}";
        var begun = 0;
        await Background.RunAsync(
            name,
            "The work",
            _ => ++begun < 2 ? throw new NotSupportedException() : Task.CompletedTask,
            TimeProvider.System,
            NullLogger.Instance,
            CancellationToken.None
        );

        var failures = 0L;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, to) =>
        {
            if (instrument.Name == "registry.worker.failures")
            {
                to.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>(
            (_, value, tags, _) =>
            {
                foreach (var tag in tags)
                {
                    failures += (string?)tag.Value == name ? value : 0;
                }
            }
        );
        listener.Start();
        listener.RecordObservableInstruments();

        Assert.That(failures, Is.EqualTo(1));
    }

    [TestCase("SELECT f.Code FROM Forum f WHERE f.Code IN (SELECT 1)", "SELECT Forum")]
    [TestCase("SELECT * FROM (SELECT Code FROM Forum) f", "SELECT Forum")]
    [TestCase("INSERT INTO State (Code) VALUES (@Code)", "INSERT State")]
    [TestCase("UPDATE State SET Code = 'secret'", "UPDATE State")]
    [TestCase("DELETE FROM State WHERE Code = 'secret'", "DELETE State")]
    [TestCase("PRAGMA data_version", null)]
    [TestCase("SAVEPOINT Command", null)]
    [TestCase("COMMIT", null)]
    [TestCase("", null)]
    public void A_statement_that_the_code_does_not_name_has_the_name_of_its_table(string text, string? name) =>
        Assert.That(StatementNames.Of(text), Is.EqualTo(name));
}
