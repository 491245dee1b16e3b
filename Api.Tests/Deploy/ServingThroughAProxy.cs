using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Registry.Api.Tests.Changes;
using Registry.Api.Tests.Faults;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Deploy;

/// <summary>
/// Two processes behind a proxy with the configuration of the folder deploy, under a path prefix. Only the addresses are those of
/// this machine.
/// </summary>
[Parallelizable(ParallelScope.Self)]
[TestFixture("nginx")]
[TestFixture("caddy")]
public sealed partial class ServingThroughAProxy(string proxy)
{
    private const string Prefix = "/registry";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly List<RegistryProcess> _processes = [];
    private readonly List<Uri> _addresses = [];
    private DirectoryInfo _folder = null!;
    private TestDatabase _database = null!;
    private Process? _proxy;
    private HttpClient _http = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        var program = new[] { $"/usr/sbin/{proxy}", $"/usr/bin/{proxy}" }.FirstOrDefault(File.Exists);
        if (program is null)
        {
            Assert.Ignore($"No {proxy} on this machine.");
        }

        _folder = Directory.CreateTempSubdirectory($"registry-{proxy}-");
        _database = await TestDatabases.TakeAsync(Engine.Sqlite);
        for (var number = 1; number <= 2; number++)
        {
            var process = RegistryProcess.Start(
                _database,
                ("Catalogue:Load", "false"),
                ("Access:AdminKey", RegistryApp.AdminKey),
                ("Proxy:Known", "127.0.0.1"),
                ("Metrics:Prometheus", "open"),
                ("AllowedHosts", "localhost;127.0.0.1")
            );
            _processes.Add(process);
            using var client = await process.ServingAsync();
            _addresses.Add(client.BaseAddress!);
        }

        var port = FreePort();
        _proxy = StartProxy(program!, port);
        _http = new HttpClient { BaseAddress = new Uri($"http://localhost:{port}") };
        _http.DefaultRequestHeaders.Add("X-Api-Key", RegistryApp.AdminKey);

        // What a client says of itself is not passed on.
        _http.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.66");
        _http.DefaultRequestHeaders.Add("X-Forwarded-Host", "other.example");
        _http.DefaultRequestHeaders.Add("X-Forwarded-Prefix", "/other");
        await Until.HoldsAsync(IsServingAsync);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (_proxy is not null)
        {
            _proxy.Kill();
            await _proxy.WaitForExitAsync();
            _proxy.Dispose();
            _http.Dispose();
        }

        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }

        if (_database is not null)
        {
            await TestDatabases.GiveBackAsync(_database);
            _folder.Delete(recursive: true);
        }
    }

    [Test]
    public async Task Swagger_ui_shows_the_contract_with_the_prefix()
    {
        using var page = await _http.GetAsync($"{Prefix}/swagger/index.html");
        Assert.That(page.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var script = await _http.GetStringAsync($"{Prefix}/swagger/index.js");
        var named = new Uri(page.RequestMessage!.RequestUri!, ContractPattern().Match(script).Groups["url"].Value);
        var contract = JsonNode.Parse(await _http.GetStringAsync($"{Prefix}/openapi/v1.json"))!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(named.AbsolutePath, Is.EqualTo($"{Prefix}/openapi/v1.yaml"));
            Assert.That((await _http.GetAsync(named)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That((string?)contract["servers"]![0]!["url"], Is.EqualTo(Prefix));
            Assert.That(
                (await _http.GetAsync(Prefix)).RequestMessage!.RequestUri!.AbsolutePath,
                Does.StartWith($"{Prefix}/"),
                "The address without a slash leads to the one with it."
            );
        }
    }

    [Test]
    public async Task The_next_page_of_a_list_is_behind_its_link()
    {
        await PostAsync("list-1");
        await PostAsync("list-2");

        var page = JsonNode.Parse(await _http.GetStringAsync($"{Prefix}/v1/ministers?limit=1"))!;
        var next = (string)page["next"]!;

        Assert.That(next, Does.StartWith($"{Prefix}/v1/ministers?"));
        using var following = await _http.GetAsync(next);
        Assert.That(following.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var feed = await _http.GetStringAsync($"{Prefix}/v1/changes?format=atom");
        Assert.That(feed, Does.Contain($"{_http.BaseAddress}registry/v1/changes").And.Not.Contain("other"));
    }

    [Test]
    public async Task An_event_comes_while_the_stream_is_open()
    {
        using var events = await Events.OpenAsync(_http, $"{Prefix}/v1/changes/stream?collection=states");
        using var state = await _http.PostAsJsonAsync(
            $"{Prefix}/v1/states",
            new { code = "XST", names = RegistryApp.NamesOf("Streamed") }
        );
        Assert.That(state.StatusCode, Is.EqualTo(HttpStatusCode.Created), await state.Content.ReadAsStringAsync());

        Assert.That((await events.NextAsync().WaitAsync(Patience))?.Id, Is.EqualTo("XST"));
    }

    [Test]
    public async Task A_large_import_passes()
    {
        var lines = new StringBuilder();
        var names = Enumerable
            .Range(1, 50)
            .Select(number => new { language = "en", text = $"Name {number} {new string('x', 150)}" });
        for (var number = 1; number <= 400; number++)
        {
            var record = JsonContent.Create(
                new
                {
                    collection = "ministers",
                    id = $"i-{number}",
                    record = new { id = $"i-{number}", names },
                }
            );
            lines.Append(await record.ReadAsStringAsync()).Append('\n');
        }

        Assert.That(lines, Has.Length.GreaterThan(3_000_000));
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Prefix}/v1/imports?dryRun=true&id={proxy}");
        request.Content = new StringContent(lines.ToString());
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        using var begun = await _http.SendAsync(request);
        Assert.That(begun.IsSuccessStatusCode, Is.True, await begun.Content.ReadAsStringAsync());

        JsonNode import = null!;
        await Until.HoldsAsync(
            async () =>
            {
                import = JsonNode.Parse(await _http.GetStringAsync($"{Prefix}/v1/imports/{proxy}"))!;
                return (string?)import["status"] is not ("waiting" or "running");
            },
            TimeSpan.FromMinutes(2)
        );
        Assert.That((int?)import["created"], Is.EqualTo(400), import.ToString());
    }

    [Test]
    public async Task The_caller_is_the_one_that_the_proxy_sees()
    {
        await PostAsync("audited");

        var audit = JsonNode.Parse(await _http.GetStringAsync($"{Prefix}/v1/audit?action=written&limit=200"))!;

        Assert.That(audit.Each(entry => entry["address"]).Distinct(), Is.EqualTo(new[] { "127.0.0.1" }));
    }

    [Test]
    public async Task Metrics_are_not_for_the_public() =>
        Assert.That((await _http.GetAsync($"{Prefix}/metrics")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));

    [Test]
    public async Task Nobody_notices_that_one_of_the_processes_stops()
    {
        Machine.RequireUnix();
        await _processes[0].TerminateAsync();
        for (var time = 1; time <= 100; time++)
        {
            using var answer = await _http.GetAsync($"{Prefix}/v1/ministers?limit=1");
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }

        Assert.That(await _processes[0].ExitCodeAsync().WaitAsync(Patience), Is.Zero, _processes[0].Output);
        await PostAsync("after-the-stop");
    }

    private async Task PostAsync(string id)
    {
        using var answer = await _http.PostAsJsonAsync(
            $"{Prefix}/v1/ministers",
            new { id, names = RegistryApp.TextsOf($"Minister {id}") }
        );
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created), await answer.Content.ReadAsStringAsync());
        Assert.That(answer.Headers.Location!.ToString(), Does.EndWith($"{Prefix}/v1/ministers/{id}"));
    }

    private async Task<bool> IsServingAsync()
    {
        try
        {
            using var answer = await _http.GetAsync($"{Prefix}/health/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private Process StartProxy(string program, int port)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
        string file;
        string[] arguments;
        if (proxy == "nginx")
        {
            var server = Here("proxy/nginx.conf").Replace("listen 8080", $"listen {place}", StringComparison.Ordinal);
            var temporary = string.Concat(
                new[] { "client_body", "proxy", "fastcgi", "uwsgi", "scgi" }.Select(name =>
                    $"{name}_temp_path {_folder.FullName}/{name};"
                )
            );
            file = Write(
                "nginx.conf",
                $$"""
                daemon off;
                master_process off;
                pid {{_folder.FullName}}/pid;
                error_log stderr warn;
                events { }
                http { access_log off; {{temporary}}
                {{server}}
                }
                """
            );
            arguments = ["-c", file, "-e", "stderr"];
        }
        else
        {
            var site = Here("proxy/Caddyfile")
                .Replace(
                    "registry.example {",
                    $"http://localhost:{port} {{\n\tbind 127.0.0.1",
                    StringComparison.Ordinal
                );
            file = Write("Caddyfile", $"{{\n\tadmin off\n}}\n{site}");
            arguments = ["run", "--adapter", "caddyfile", "--config", file];
        }

        var start = new ProcessStartInfo(program, arguments)
        {
            Environment = { ["XDG_DATA_HOME"] = _folder.FullName, ["XDG_CONFIG_HOME"] = _folder.FullName },
        };
        return Process.Start(start)!;
    }

    private string Here(string file) =>
        Upstream()
            .Replace(
                DeployFiles.Text(file),
                match => _addresses[match.Groups["number"].Value == "1" ? 0 : 1].Authority
            );

    private string Write(string name, string text)
    {
        var file = Path.Combine(_folder.FullName, name);
        File.WriteAllText(file, text);
        return file;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex("\"url\":\"(?<url>[^\"]+)\"")]
    private static partial Regex ContractPattern();

    [GeneratedRegex(@"\bregistry-(?<number>\d):\d+")]
    private static partial Regex Upstream();
}
