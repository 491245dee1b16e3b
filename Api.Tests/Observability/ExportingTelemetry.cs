using System.Net.Http.Json;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Observability;

/// <summary>The real program with a collector.</summary>
public sealed class ExportingTelemetry
{
    [TestCase("Telemetry:Endpoint")]
    [TestCase("OTEL_EXPORTER_OTLP_ENDPOINT")]
    public async Task Traces_metrics_and_logs_are_exported_without_secrets(string setting)
    {
        var database = await TestDatabases.TakeAsync(Engine.Sqlite);
        await using var collector = await Collector.StartAsync();
        await using var program = RegistryProcess.Start(
            database,
            ("Catalogue:Load", "false"),
            ("Telemetry:TraceRatio", "1"),
            (setting, collector.Url),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_SERVICE_NAME", "registry-of-the-test")
        );
        using var client = await program.ServingAsync();
        await program.SaysAsync("Application started");
        client.DefaultRequestHeaders.Add("X-Api-Key", program.Key);
        client.DefaultRequestHeaders.Add("X-Reason", "SecretReason");
        using var written = await client.PostAsJsonAsync(
            "/v1/states",
            new { code = "KAZ", names = RegistryApp.NamesOf("SecretName") }
        );
        using var found = await client.GetAsync("/v1/search?q=SecretQuery");

        // What waits for its turn is exported when the program stops.
        var key = program.Key!;
        await program.TerminateAsync();
        await program.ExitCodeAsync();

        var (traces, metrics, logs) = (
            collector.TextAt("/v1/traces"),
            collector.TextAt("/v1/metrics"),
            collector.TextAt("/v1/logs")
        );
        using (Assert.EnterMultipleScope())
        {
            Assert.That(traces, Does.Contain("POST /v1/states").And.Contain("LedgerSql.AppendChange"));
            Assert.That(traces, Does.Contain("registry-of-the-test"));
            Assert.That(metrics, Does.Contain("registry.change.sequence").And.Contain("http.server.request.duration"));
            Assert.That(logs, Does.Contain("Microsoft.Hosting.Lifetime"));
            Assert.That(traces + metrics + logs, Does.Not.Contain("Secret").And.Not.Contain(key));
        }
    }

    [Test]
    public async Task A_program_without_settings_exports_nothing()
    {
        var database = await TestDatabases.TakeAsync(Engine.Sqlite);
        await using var collector = await Collector.StartAsync();
        await using var program = RegistryProcess.Start(
            database,
            ("Catalogue:Load", "false"),
            // Settings of an exporter that nothing turns on.
            ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", $"{collector.Url}/v1/traces"),
            ("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", $"{collector.Url}/v1/metrics"),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")
        );
        using var client = await program.ServingAsync();
        using var found = await client.GetAsync("/v1/states");
        await program.TerminateAsync();
        await program.ExitCodeAsync();

        Assert.That(collector.Paths, Is.Empty);
    }
}
