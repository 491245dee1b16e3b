using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Registry.Api.Tests.Contract;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Observability;

/// <summary>The spans and durations of requests.</summary>
[OnEveryEngine]
public sealed class TracingRequests(Engine engine)
{
    /// <summary>The tags that a span may have: words of the program and of HTTP, and the path.</summary>
    private static readonly string[] Told =
    [
        "http.request.method",
        "http.route",
        "http.response.status_code",
        "url.scheme",
        "url.path",
        "error.type",
        "registry.problem.type",
        "db.system.name",
        "db.query.summary",
    ];

    private Traces _traces = null!;
    private RegistryApp _app = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _traces = new Traces();
        _app = await RegistryApp.StartAsync(
            await TestDatabases.TakeUntouchedAsync(engine),
            _traces.In,
            withCatalogue: true,
            Traces.Nowhere,
            ("Telemetry:TraceRatio", "0")
        );
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _app.DisposeAsync();
        _traces.Dispose();
        await TestDatabases.GiveBackAsync(_app.Database);
    }

    [Test]
    public async Task Every_operation_has_a_span_and_a_duration_with_its_route()
    {
        var durations = new ConcurrentQueue<(string? Route, string? Method)>();
        using var listener = new MeterListener();
        var factory = _app.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, to) =>
        {
            if (instrument.Name == "http.server.request.duration" && instrument.Meter.Scope == factory)
            {
                to.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>(
            (_, _, tags, _) =>
            {
                var all = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value as string);
                durations.Enqueue((all.GetValueOrDefault("http.route"), all.GetValueOrDefault("http.request.method")));
            }
        );
        listener.Start();

        var faults = new List<string>();
        foreach (var operation in Operation.Of(await _app.ReadAsync("/openapi/v1.json")))
        {
            using var request = operation.Request();
            var span = (await _traces.OfAsync(_app.Http, request))[0];
            var route = span.GetTagItem("http.route") as string;
            if (Written(route) != operation.Pattern || span.DisplayName != $"{request.Method} {route}")
            {
                faults.Add($"{operation}: the span is {span.DisplayName} with the route {route}");
            }

            await Until.HoldsAsync(() => Task.FromResult(durations.Contains((route, request.Method.Method))));
        }

        Assert.That(faults, Is.Empty, string.Join('\n', faults));

        // The route as the contract has it: without the rule of a parameter and the stroke of a group.
        static string? Written(string? route) =>
            route is null ? null : string.Concat(route.Split('*', ':')).Replace("**", "").TrimEnd('/');
    }

    [Test]
    public async Task A_response_from_the_cache_has_its_route_too()
    {
        var first = await GetAsync("/v1/states?limit=3&sort=-code");
        var second = await GetAsync("/v1/states?limit=3&sort=-code");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Skip(1).Select(span => span.DisplayName), Does.Contain("SELECT State"));
            Assert.That(second.Skip(1).Select(span => span.DisplayName), Does.Not.Contain("SELECT State"));
            Assert.That(second[0].GetTagItem("http.route"), Is.EqualTo("/v1/states"));
        }
    }

    [Test]
    public async Task A_statement_has_a_span_with_its_name_below_that_of_the_request()
    {
        var spans = await GetAsync("/v1/forums/CSTO");

        var statement = spans.Single(span => span.DisplayName == "ForumTables.Forums.Find");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(statement.Kind, Is.EqualTo(ActivityKind.Client));
            Assert.That(statement.ParentSpanId, Is.EqualTo(spans[0].SpanId));
            Assert.That(
                statement.GetTagItem("db.system.name"),
                Is.EqualTo(engine == Engine.Sqlite ? "sqlite" : "microsoft.sql_server")
            );
            Assert.That(statement.GetTagItem("db.query.summary"), Is.EqualTo("ForumTables.Forums.Find"));
        }
    }

    [Test]
    public async Task A_refusal_tells_its_problem_type_and_is_no_error()
    {
        var span = (await GetAsync("/v1/forums/NOPE"))[0];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(span.GetTagItem("registry.problem.type"), Is.EqualTo("not-found"));
            Assert.That(span.GetTagItem("http.response.status_code"), Is.EqualTo(404));
            Assert.That(span.GetTagItem("http.route"), Is.EqualTo("/v1/forums/{code}"));
            Assert.That(span.Status, Is.EqualTo(ActivityStatusCode.Unset));
        }
    }

    [Test]
    public async Task A_span_tells_no_query_no_key_and_no_content()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/states")
        {
            Content = new StringContent(
                """{"code":"XQZ","names":[{"kind":"short","language":"en","text":"SecretName"}]}""",
                System.Text.Encoding.UTF8,
                "application/json"
            ),
            Headers = { { "X-Reason", "SecretReason" } },
        };
        IReadOnlyList<Activity> spans =
        [
            .. await _traces.OfAsync(_app.Http, request),
            .. await GetAsync("/v1/search?q=SecretQuery"),
            .. await GetAsync("/v1/ministers?name=SecretFilter"),
        ];

        var tags = spans.SelectMany(span => span.TagObjects).ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(tags.Select(tag => tag.Key).Distinct(), Is.SubsetOf(Told));
            Assert.That(
                tags.Select(tag => $"{tag.Value}").Concat(spans.Select(span => span.DisplayName)),
                Has.None.Contains("Secret").And.None.Contains(RegistryApp.AdminKey).And.None.Contains("127.0.0.1")
            );
            Assert.That(spans, Has.Count.GreaterThan(5), "Statements are among them.");
        }
    }

    [Test]
    public async Task Nothing_listens_when_nothing_is_configured()
    {
        await using var app = await RegistryApp.StartAsync(await TestDatabases.TakeAsync(engine));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(app.Services.GetService<TracerProvider>(), Is.Null);
            Assert.That(app.Services.GetService<MeterProvider>(), Is.Null);
        }

        using var metrics = await app.GetAsync("/metrics");
        await metrics.ProblemAsync(System.Net.HttpStatusCode.NotFound, "not-found");
        await TestDatabases.GiveBackAsync(app.Database);
    }

    private async Task<IReadOnlyList<Activity>> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await _traces.OfAsync(_app.Http, request);
    }
}
