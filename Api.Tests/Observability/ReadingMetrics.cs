using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Registry.Api.Tests.Subscriptions;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Observability;

/// <summary>The metrics of the real program after it has done a little of everything, and what names them.</summary>
public sealed partial class ReadingMetrics
{
    private const string Folder = "deploy/observability";

    private string _metrics = null!;

    /// <summary>The metrics by their names; those of a histogram have three.</summary>
    private HashSet<string> Names => [.. Sample().Matches(_metrics).Select(sample => sample.Groups["name"].Value)];

    [OneTimeSetUp]
    public async Task A_program_does_a_little_of_everything()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var program = RegistryProcess.Start(
            await TestDatabases.TakeAsync(Engine.Sqlite),
            ("Catalogue:Load", "false"),
            ("Metrics:Prometheus", "admin"),
            ("Webhooks:AllowedHosts", "127.0.0.1"),
            ("Quotas:Enabled", "true"),
            ("Quotas:Anonymous:Burst", "20"),
            ("Quotas:Anonymous:PerSecond", "1"),
            ("Backup:Folder", TestDatabases.NewPath())
        );
        using var client = await program.ServingAsync();
        await program.SaysAsync("Application started");
        client.DefaultRequestHeaders.Add("X-Api-Key", program.Key);
        using var subscribed = await client.PostAsJsonAsync(
            "/v1/subscriptions",
            new { id = "portal", url = receiver.Url }
        );
        Assert.That(subscribed.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        using var written = await client.PostAsJsonAsync(
            "/v1/states",
            new { code = "KAZ", names = RegistryApp.NamesOf("Kazakhstan", "short") }
        );
        using var rows = new StringContent(
            """{"collection":"states","record":{"code":"KGZ","names":[{"kind":"short","language":"en","text":"Kyrgyzstan"}]}}""",
            Encoding.UTF8,
            "application/x-ndjson"
        );
        using var imported = await client.PostAsync("/v1/imports", rows);
        Assert.That(imported.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        await receiver.HasAsync(2);
        for (var time = 0; time < 3; time++)
        {
            using var list = await client.GetAsync("/v1/states?limit=50");
        }

        using var unknown = await client.GetAsync("/v1/forums/NOPE");
        using var stranger = new HttpClient { BaseAddress = client.BaseAddress };
        await Until.HoldsAsync(async () =>
        {
            using var answer = await stranger.GetAsync("/v1/states?limit=1");
            return answer.StatusCode == HttpStatusCode.TooManyRequests;
        });

        // The examination of the file begins after a while.
        await Until.HoldsAsync(async () =>
        {
            _metrics = await client.GetStringAsync("/metrics");
            return Values("registry_import_rows_total").Any()
                && Values("registry_webhook_backlog").All(value => value == 0);
        });
    }

    [TestCase("registry_change_sequence", 2)]
    [TestCase("registry_webhook_subscriptions", 1, "registry_webhook_status=\"active\"")]
    [TestCase("registry_webhook_backlog", 0)]
    [TestCase("registry_webhook_lag_seconds", 0)]
    [TestCase("registry_webhook_attempt_duration_seconds_count", 2, "registry_webhook_result=\"delivered\"")]
    [TestCase("registry_import_rows_total", 1, "registry_import_result=\"created\"")]
    [TestCase("registry_import_running", 0)]
    [TestCase("registry_response_cache_lookups_total", 2, "registry_response_cache_result=\"hit\"")]
    [TestCase("registry_refusals_total", 1, "registry_problem_type=\"not-found\"")]
    [TestCase("registry_quota_refusals_total", 1, "registry_quota_reason=\"burst\"")]
    [TestCase("registry_db_write_queue_length", 0)]
    [TestCase(
        "http_server_request_duration_seconds_count",
        3,
        "http_route=\"/v1/states\"",
        "http_request_method=\"GET\""
    )]
    [TestCase("registry_worker_running", 1, "registry_worker_name=\"deliveries\"")]
    [TestCase("registry_worker_running", 1, "registry_worker_name=\"imports\"")]
    [TestCase("registry_worker_running", 1, "registry_worker_name=\"audit\"")]
    [TestCase("registry_worker_running", 1, "registry_worker_name=\"quotas\"")]
    [TestCase("registry_worker_failures_total", 0, "registry_worker_name=\"deliveries\"")]
    [TestCase("registry_worker_failures_total", 0, "registry_worker_name=\"file-check\"")]
    public void A_metric_has_its_value(string name, double least, params string[] labels)
    {
        var values = Values(name, labels).ToArray();

        Assert.That(values, Is.Not.Empty);
        Assert.That(values.Max(), least == 0 ? Is.Zero : Is.GreaterThanOrEqualTo(least));
    }

    [Test]
    public void Writes_that_share_a_commit_are_counted() =>
        Assert.That(
            Values("registry_db_write_group_size_sum").Single(),
            Is.GreaterThanOrEqualTo(Values("registry_db_write_group_size_count").Single()).And.Positive
        );

    [Test]
    public void Every_background_worker_has_its_measure()
    {
        var workers = Directory
            .GetFiles(Repository.Root, "*.cs", SearchOption.AllDirectories)
            .Where(file =>
                Regex.IsMatch(Path.GetRelativePath(Repository.Root, file), "^(Api|Infrastructure)/(?!bin|obj)")
            )
            .Sum(file => Regex.Count(File.ReadAllText(file), @"Background\.RunAsync\("));

        var measured = Sample()
            .Matches(_metrics)
            .Where(sample => sample.Groups["name"].Value == "registry_worker_running")
            .Select(sample =>
                Regex.Match(sample.Groups["labels"].Value, "registry_worker_name=\"(.*?)\"").Groups[1].Value
            )
            .ToArray();

        Assert.That(
            measured,
            Is.EquivalentTo(new[] { "audit", "backups", "deliveries", "file-check", "imports", "quotas" })
        );
        Assert.That(measured, Has.Length.EqualTo(workers), "Every call in the code has a name here.");
    }

    [Test]
    public void The_dashboard_names_only_metrics_that_exist()
    {
        var dashboard = JsonNode.Parse(Text("dashboard.json"))!;
        var expressions = dashboard["panels"]!
            .AsArray()
            .SelectMany(panel => panel!["targets"]?.AsArray() ?? [])
            .Select(target => (string)target!["expr"]!)
            .ToArray();

        Assert.That(expressions, Has.Length.GreaterThan(10));
        Assert.That(expressions.SelectMany(NamedIn).Distinct(), Is.SubsetOf(Names));
    }

    [Test]
    public void The_alerts_name_only_metrics_that_exist()
    {
        var expressions = Expression().Matches(Text("alerts.yaml")).Select(match => match.Groups[1].Value).ToArray();

        Assert.That(
            expressions,
            Has.Length.EqualTo(Regex.Count(Text("alerts.yaml"), "- alert: ")).And.Length.GreaterThan(5)
        );
        Assert.That(expressions.SelectMany(NamedIn).Distinct(), Is.SubsetOf(Names));
        Assert.That(
            expressions.Where(expression => !NamedIn(expression).Any() && !expression.Contains("up{")),
            Is.Empty
        );
    }

    [Test]
    public void The_page_has_every_metric_of_the_program_and_no_other()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "observability.md"));
        var named = Row().Matches(page).Select(row => row.Groups["name"].Value.Replace('.', '_')).ToArray();
        var own = Kind()
            .Matches(_metrics)
            .Select(kind => kind.Groups["name"].Value)
            .Where(name => Own().IsMatch(name))
            .Select(name => Ending().Replace(name, ""));

        // SQLite has no limit of connections, and nothing is repeated.
        Assert.That(
            named.Except(["http_server_request_duration"]),
            Is.EquivalentTo(
                own.Concat([
                    "db_client_connection_max",
                    "db_client_connection_pending_requests",
                    "db_client_connection_timeouts",
                    "registry_db_repetitions",
                ])
            )
        );
    }

    private static string Text(string file) => File.ReadAllText(Path.Combine(Repository.Root, Folder, file));

    /// <summary>The metrics in an expression of PromQL: names that are neither labels nor texts.</summary>
    private static IEnumerable<string> NamedIn(string expression) =>
        Metric().Matches(NoMetric().Replace(expression, "")).Select(name => name.Value);

    private IEnumerable<double> Values(string name, params string[] labels) =>
        Sample()
            .Matches(_metrics)
            .Where(sample => sample.Groups["name"].Value == name)
            .Where(sample => labels.All(sample.Groups["labels"].Value.Contains))
            .Select(sample =>
                double.Parse(sample.Groups["value"].Value, System.Globalization.CultureInfo.InvariantCulture)
            );

    [GeneratedRegex(@"^(?<name>[a-z_0-9]+)(?<labels>\{.*\})? (?<value>[^ \n]+)", RegexOptions.Multiline)]
    private static partial Regex Sample();

    [GeneratedRegex("expr: (.+)")]
    private static partial Regex Expression();

    [GeneratedRegex(@"\{[^}]*\}|\b(by|without|on|ignoring|group_left|group_right) *\([^)]*\)|""[^""]*""")]
    private static partial Regex NoMetric();

    [GeneratedRegex("(registry|http|db|dotnet|kestrel|process)_[a-z0-9_]+")]
    private static partial Regex Metric();

    [GeneratedRegex("^\\| `(?<name>[a-z]+\\.[a-z._]+)` \\|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("^# TYPE (?<name>[a-z_0-9]+) ", RegexOptions.Multiline)]
    private static partial Regex Kind();

    [GeneratedRegex("^(registry|db)_")]
    private static partial Regex Own();

    /// <summary>The endings that the format of Prometheus adds to a name.</summary>
    [GeneratedRegex("(_seconds)?(_total)?$")]
    private static partial Regex Ending();
}
