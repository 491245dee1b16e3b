using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Registry.Api.Startup;
using Registry.Api.Tests.Access;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Http;

/// <summary>The limits of docs/limits.md, at the bound and past it.</summary>
public sealed class KeepingLimits(Engine engine) : AccessTest(engine)
{
    private const int MaxBody = 2 * 1024 * 1024;

    protected override (string Name, string Value)[] Settings =>
        [
            ("Webhooks:MaxSubscriptions", "2"),
            ("Webhooks:AllowedHosts", "127.0.0.1"),
            ("Access:MaxKeys", "3"),
            ("Changes:MaxStreamsPerClient", "1"),
        ];

    [TestCase(0, 200)]
    [TestCase(1, 414)]
    public async Task The_request_line(int more, int status)
    {
        const string Begin = "GET /v1/search?q=x&lang=en#";
        var line = Begin[..^1] + " HTTP/1.1";
        var padding = ServerLimits.RequestLineBytes - line.Length - "\r\n".Length + more;
        var answer = await App.SendRawAsync($"GET /v1/search?q=x{new string('+', padding)}&lang=en HTTP/1.1");

        // At the bound the line is read, and the search refuses the long text.
        Assert.That(RawRequest.StatusOf(answer), status == 414 ? Is.EqualTo(414) : Is.AnyOf(200, 400));
    }

    [TestCase(0, 200)]
    [TestCase(1, 431)]
    public async Task The_number_of_headers(int more, int status)
    {
        // Two are sent with every request.
        var headers = Enumerable.Range(1, ServerLimits.Headers - 2 + more).Select(number => $"X-Filler-{number}: x");
        var answer = await App.SendRawAsync(["GET /v1/forums HTTP/1.1", .. headers]);

        Assert.That(RawRequest.StatusOf(answer), Is.EqualTo(status));
    }

    [TestCase(-200, 200)]
    [TestCase(1, 431)]
    public async Task The_size_of_headers(int more, int status)
    {
        var answer = await App.SendRawAsync(
            "GET /v1/forums HTTP/1.1",
            $"X-Filler: {new string('x', ServerLimits.HeaderBytes + more)}"
        );

        Assert.That(RawRequest.StatusOf(answer), Is.EqualTo(status));
    }

    [TestCase(0, HttpStatusCode.Created)]
    [TestCase(1, HttpStatusCode.RequestEntityTooLarge)]
    public async Task The_size_of_a_body(int more, HttpStatusCode status)
    {
        var body = JsonSerializer.Serialize(RegistryApp.ForumOf("CICA"), JsonSerializerOptions.Web);

        using var answer = await SendAsync(
            RegistryApp.AdminKey,
            "POST",
            "/v1/forums",
            body + new string(' ', MaxBody - body.Length + more)
        );

        Assert.That(answer.StatusCode, Is.EqualTo(status));
    }

    [TestCase(32, "invalid-request")]
    [TestCase(33, "unreadable-request")]
    public async Task The_depth_of_a_body(int depth, string problem)
    {
        var nested =
            string.Concat(Enumerable.Repeat("[", depth - 1)) + string.Concat(Enumerable.Repeat("]", depth - 1));

        using var answer = await SendAsync(RegistryApp.AdminKey, "POST", "/v1/forums", $$"""{"names":{{nested}}}""");

        await answer.ProblemAsync(HttpStatusCode.BadRequest, problem);
    }

    [TestCase(50, HttpStatusCode.OK)]
    [TestCase(51, HttpStatusCode.BadRequest)]
    public async Task The_values_of_a_filter(int count, HttpStatusCode status)
    {
        var values = string.Join(',', Enumerable.Range(0, count).Select(number => $"F{number}"));

        using var answer = await App.GetAsync($"/v1/memberships?forum={values}");

        Assert.That(answer.StatusCode, Is.EqualTo(status));
    }

    [TestCase("/v1/forums?limit=200", "/v1/forums?limit=201")]
    [TestCase("/v1/forums?sort=name,code,founded", "/v1/forums?sort=name,code,founded,recordedAt")]
    [TestCase("/v1/changes?wait=0", "/v1/changes?wait=31")]
    [TestCase("/v1/changes?limit=200", "/v1/changes?limit=1001")]
    public async Task Parameters(string within, string past)
    {
        Assert.That((await App.GetAsync(within)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await (await App.GetAsync(past)).ProblemAsync(HttpStatusCode.BadRequest, "invalid-request");
    }

    [TestCase(100, HttpStatusCode.OK)]
    [TestCase(101, HttpStatusCode.BadRequest)]
    public async Task The_names_of_a_batch(int count, HttpStatusCode status)
    {
        var queries = new JsonArray([
            .. Enumerable.Range(0, count).Select(number => new JsonObject { ["name"] = $"Name {number}" }),
        ]);

        using var answer = await SendAsync(
            RegistryApp.AdminKey,
            "POST",
            "/v1/match",
            new JsonObject { ["queries"] = queries }.ToJsonString()
        );

        Assert.That(answer.StatusCode, Is.EqualTo(status));
    }

    [Test]
    public async Task Subscriptions()
    {
        for (var number = 1; number <= 2; number++)
        {
            await (await SubscribeAsync($"receiver-{number}")).CreatedAsync();
        }

        await (await SubscribeAsync("receiver-3")).ProblemAsync(HttpStatusCode.Conflict, "limit-reached");

        var deleted = await SendAsync(
            RegistryApp.AdminKey,
            "DELETE",
            "/v1/subscriptions/receiver-1",
            null,
            ("If-Match", "*")
        );
        Assert.That(deleted.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        await (await SubscribeAsync("receiver-3")).CreatedAsync();

        Task<HttpResponseMessage> SubscribeAsync(string id) =>
            App.PostAsync("/v1/subscriptions", new { id, url = "http://127.0.0.1:9/" });
    }

    [Test]
    public async Task Keys()
    {
        for (var number = 1; number <= 3; number++)
        {
            await NewKeyAsync(
                new
                {
                    id = $"key-{number}",
                    label = "Key",
                    role = "reader",
                }
            );
        }

        var fourth = new
        {
            id = "key-4",
            label = "Key",
            role = "reader",
        };
        await (await App.PostAsync("/v1/keys", fourth)).ProblemAsync(HttpStatusCode.Conflict, "limit-reached");

        await (await App.PostAsync("/v1/keys/key-1/revoke", new { })).OkAsync();
        await NewKeyAsync(fourth);
    }

    [Test]
    public async Task Streams_of_a_client()
    {
        using var first = await App.Http.GetAsync("/v1/changes/stream", HttpCompletionOption.ResponseHeadersRead);
        Assert.That(first.StatusCode, Is.EqualTo(HttpStatusCode.OK));

        using var second = await App.Http.GetAsync("/v1/changes/stream", HttpCompletionOption.ResponseHeadersRead);
        await second.ProblemAsync(HttpStatusCode.ServiceUnavailable, "too-many-streams");
    }

    [Test]
    public async Task Long_polls_of_a_client()
    {
        using var leaving = new CancellationTokenSource();
        var last = (await App.ReadAsync("/v1/changes?limit=1000"))["next"]!.ToString().Split("after=")[1];
        var first = WaitAsync();
        await Until.HoldsAsync(async () =>
        {
            // It has no place when the second one was there before it.
            first = first.IsCompleted ? WaitAsync() : first;
            using var second = await App.Http.GetAsync($"/v1/changes?after={last}&wait=1");
            return second.StatusCode == HttpStatusCode.ServiceUnavailable;
        });

        await (await App.GetAsync($"/v1/changes?after={last}")).OkAsync();
        using var third = await App.Http.GetAsync($"/v1/changes?after={last}&wait=1");
        await third.ProblemAsync(HttpStatusCode.ServiceUnavailable, "too-many-streams");

        await leaving.CancelAsync();
        Assert.That(async () => await first, Throws.InstanceOf<OperationCanceledException>());
        await Until.HoldsAsync(async () =>
        {
            using var again = await App.Http.GetAsync($"/v1/changes?after={last}&wait=1");
            return again.StatusCode == HttpStatusCode.OK;
        });

        Task<HttpResponseMessage> WaitAsync() => App.Http.GetAsync($"/v1/changes?after={last}&wait=30", leaving.Token);
    }

    [Test]
    public async Task A_client_that_stops_sending_is_cut()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(App.Http.BaseAddress!.Host, App.Http.BaseAddress.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"POST /v1/forums HTTP/1.1\r\nHost: localhost\r\nX-Api-Key: {RegistryApp.AdminKey}\r\n"
                    + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"code\":"
            )
        );
        using var reader = new StreamReader(stream, Encoding.ASCII);

        // The server answers and closes by itself after the grace period; otherwise this would wait for ever.
        var answer = await reader.ReadToEndAsync();

        Assert.That(answer, Does.StartWith("HTTP/1.1 408 "));
        Assert.That((await App.GetAsync("/v1/forums")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }
}
