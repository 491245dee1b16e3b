using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Registry.Api.Tests.Support;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Quotas;

namespace Registry.Api.Tests.Access;

/// <summary>Quotas that a test can use up.</summary>
public sealed class KeepingQuotas(Engine engine) : AccessTest(engine)
{
    private const int Burst = 200;

    protected override (string Name, string Value)[] Settings =>
        [
            ("Quotas:Enabled", "true"),
            ("Quotas:Anonymous:PerSecond", "1"),
            ("Quotas:Anonymous:Burst", $"{Burst}"),
            ("Quotas:Anonymous:PerDay", "1000"),
            ("Quotas:Standard:PerSecond", "1"),
            ("Quotas:Standard:Burst", "300"),
            ("Quotas:Standard:PerDay", "2000"),
            ("Quotas:High:PerSecond", "2"),
            ("Quotas:High:Burst", "400"),
            ("Quotas:High:PerDay", "3000"),
            .. TestTokens.Settings,
        ];

    [Test]
    public async Task Every_response_tells_the_quotas_and_what_is_left()
    {
        using var stranger = App.WithoutKey();
        using var answer = await stranger.GetAsync("/v1/forums");

        Assert.That(
            answer.Headers.GetValues("RateLimit-Policy").Single(),
            Is.EqualTo("\"burst\";q=200;w=200;qu=\"units\", \"day\";q=1000;w=86400;qu=\"units\"")
        );
        Assert.That(
            answer.Headers.GetValues("RateLimit").Single(),
            Is.EqualTo("\"burst\";r=195;t=5, \"day\";r=995;t=43200")
                .Or.Matches("^\"burst\";r=19[5-9];t=[1-5], \"day\";r=995;t=43[12][0-9]{2}$")
        );
    }

    [Test]
    public async Task A_request_is_charged_by_its_work()
    {
        await App.PostAsync("/v1/forums", RegistryApp.ForumOf("CICA"));
        using var stranger = App.WithoutKey();
        var list = await CostAsync(stranger, "/v1/forums?limit=1");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(list, Is.EqualTo(5), "a list");
            Assert.That(await CostAsync(stranger, "/v1/forums?limit=1"), Is.EqualTo(1), "a list from the cache");
            Assert.That(await CostAsync(stranger, "/v1/forums/CICA"), Is.EqualTo(2), "a record");
            Assert.That(
                await CostAsync(stranger, "/v1/forums/CICA", ("If-None-Match", "\"1\"")),
                Is.EqualTo(1),
                "a 304"
            );
            Assert.That(await CostAsync(stranger, "/v1/forums?format=csv"), Is.EqualTo(51), "a whole list");
            Assert.That(await CostAsync(stranger, "/v1/forums?count=true"), Is.EqualTo(21), "a counted list");
            Assert.That(
                await CostAsync(stranger, "/v1/forums?changedSince=2020-01-01T00:00:00Z&deleted=true"),
                Is.EqualTo(21),
                "a list with deletions"
            );
            Assert.That(
                await CostAsync(stranger, "/v1/forums?changedSince=2020-01-01T00:00:00Z&sort=code"),
                Is.EqualTo(21)
            );
            Assert.That(
                await CostAsync(stranger, "/v1/forums?changedSince=2020-01-01T00:00:00Z&sort=recordedAt"),
                Is.EqualTo(6)
            );
            Assert.That(await CostAsync(stranger, "/v1/follow-ups"), Is.EqualTo(21), "follow-ups");
            Assert.That(await CostAsync(stranger, "/v1/nothing"), Is.EqualTo(1), "a 404");
            Assert.That(await CostAsync(stranger, "/swagger/index.html"), Is.EqualTo(1), "a page");
        }
    }

    [Test]
    public async Task Who_has_used_up_a_burst_is_told_when_to_come_again()
    {
        using var stranger = App.WithoutKey();
        stranger.DefaultRequestHeaders.Add("Origin", "https://portal.example");
        using var refused = await UseUpAsync(stranger, "/v1/forums");

        await refused.ProblemAsync(HttpStatusCode.TooManyRequests, "quota-exceeded");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused.Headers.RetryAfter!.Delta, Is.GreaterThan(TimeSpan.Zero));
            Assert.That(refused.Headers.GetValues("RateLimit").Single(), Does.StartWith("\"burst\";r="));
            Assert.That(refused.Headers.GetValues("Access-Control-Allow-Origin").Single(), Is.EqualTo("*"));
            Assert.That(
                refused.Headers.GetValues("Access-Control-Expose-Headers").Single(),
                Does.Contain("Retry-After").And.Contain("RateLimit")
            );
        }
    }

    [Test]
    public async Task The_others_go_on_while_one_caller_has_used_up_its_quota()
    {
        using var stranger = App.WithoutKey();
        using var other = NewClientAt("127.0.0.2");
        using (await UseUpAsync(stranger, "/v1/forums?format=csv"))
        {
            var key = (string)(await NewKeyAsync(new { label = "Portal", role = "reader" }))["key"]!;

            using (Assert.EnterMultipleScope())
            {
                Assert.That((await other.GetAsync("/v1/forums")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
                await (await SendAsync(key, "GET", "/v1/forums")).OkAsync();
                Assert.That((await App.GetAsync("/v1/forums")).Headers.Contains("RateLimit"), Is.False, "an admin");
                Assert.That(
                    (await stranger.GetAsync("/health/live")).StatusCode,
                    Is.EqualTo(HttpStatusCode.OK),
                    "the health"
                );
            }
        }
    }

    [TestCase(null, 300)]
    [TestCase("standard", 300)]
    [TestCase("high", 400)]
    [TestCase("unlimited", null)]
    public async Task A_key_has_the_quotas_of_its_tier(string? tier, int? burst)
    {
        var created = await NewKeyAsync(
            new
            {
                label = "Portal",
                role = "reader",
                tier,
            }
        );
        var key = (string)created["key"]!;

        using var answer = await SendAsync(key, "GET", "/v1/forums");
        var me = await (await SendAsync(key, "GET", "/v1/me")).OkAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)created["tier"], Is.EqualTo(tier));
            Assert.That(
                answer.Headers.TryGetValues("RateLimit-Policy", out var policies) ? policies.Single() : null,
                burst is null ? Is.Null : Does.StartWith($"\"burst\";q={burst};")
            );
            Assert.That((int?)me["quota"]?["burst"], Is.EqualTo(burst));
            Assert.That((string?)me["quota"]?["tier"], Is.EqualTo(burst is null ? null : tier ?? "standard"));
        }
    }

    [TestCase("high", "registry-reader", 400)]
    [TestCase("nonsense", "registry-reader", 300)]
    [TestCase(null, "registry-reader", 300)]
    [TestCase(null, "registry-admin", null)]
    public async Task A_token_has_the_quotas_of_the_tier_that_it_claims(string? tier, string role, int? burst)
    {
        var claims = new JsonObject { ["roles"] = new JsonArray(role) };
        if (tier is not null)
        {
            claims["registry_tier"] = tier;
        }

        using var caller = App.WithoutKey();
        caller.DefaultRequestHeaders.Add("Authorization", $"Bearer {TestTokens.Of(claims)}");

        var me = JsonNode.Parse(await caller.GetStringAsync("/v1/me"))!;

        Assert.That((int?)me["quota"]?["burst"], Is.EqualTo(burst));
    }

    [Test]
    public async Task Credentials_that_are_refused_have_the_quotas_of_their_address()
    {
        using var stranger = App.WithoutKey();
        using (await UseUpAsync(stranger, "/v1/forums?format=csv"))
        {
            using var refused = await SendAsync("reg_nonsense", "GET", "/v1/forums?format=csv");

            Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        }
    }

    [Test]
    public async Task A_caller_is_told_what_is_left()
    {
        using var stranger = App.WithoutKey();
        await stranger.GetAsync("/v1/forums");

        var quota = JsonNode.Parse(await stranger.GetStringAsync("/v1/me"))!["quota"]!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(quota["tier"], Is.Null);
            Assert.That((int?)quota["burst"], Is.EqualTo(Burst));
            Assert.That((int?)quota["perSecond"], Is.EqualTo(1));
            Assert.That((int?)quota["leftAtOnce"], Is.InRange(193, 199));
            Assert.That((int?)quota["perDay"], Is.EqualTo(1000));
            Assert.That((int?)quota["leftToday"], Is.EqualTo(993));
            Assert.That((string?)quota["dayEnds"], Is.EqualTo("2026-07-01T00:00:00.000000Z"));
        }
    }

    [Test]
    public async Task The_quota_of_a_day_is_shared_by_all_processes_until_midnight()
    {
        await using var second = await RegistryApp.StartAsync(App.Database, settings: Settings);
        var key = (string)(await NewKeyAsync(new { label = "Portal", role = "reader" }))["key"]!;
        foreach (var app in new[] { App, second })
        {
            // As if the caller had come all day.
            app.Services.GetRequiredService<DailyUse>().Add("portal", 990, sharedFrom: 1);
            await app.Services.GetRequiredService<DailyUse>().ShareAsync();
        }

        await App.Services.GetRequiredService<DailyUse>().ShareAsync();
        using var caller = second.WithoutKey();
        caller.DefaultRequestHeaders.Add(Header, key);
        using var refused = await UseUpAsync(caller, "/v1/forums?format=csv");

        await refused.ProblemAsync(HttpStatusCode.TooManyRequests, "quota-exceeded");
        Assert.That(refused.Headers.RetryAfter!.Delta, Is.InRange(TimeSpan.FromHours(11), TimeSpan.FromHours(12)));
    }

    [Test]
    public async Task A_new_day_begins_with_the_whole_quota()
    {
        var clock = new SetClock();
        var daily = new DailyUse(
            App.Services.GetRequiredService<RegistryDatabase>(),
            clock,
            NullLogger<DailyUse>.Instance
        );
        daily.Add("portal", 990, sharedFrom: 1);
        await daily.ShareAsync();
        Assert.That(daily.UsedBy("portal"), Is.EqualTo(990));

        clock.Now = clock.Now.AddDays(1);

        Assert.That(daily.UsedBy("portal"), Is.Zero);
        daily.Add("portal", 5, sharedFrom: 1);
        await daily.ShareAsync();
        Assert.That(daily.UsedBy("portal"), Is.EqualTo(5));
        Assert.That(await StoredAsync(), Is.EqualTo(new[] { "portal" }), "the day before is deleted");
    }

    [Test]
    public async Task Of_most_anonymous_callers_nothing_is_stored()
    {
        var daily = App.Services.GetRequiredService<DailyUse>();
        daily.Add("address:192.0.2.1", 9, sharedFrom: 10);
        daily.Add("address:192.0.2.2", 10, sharedFrom: 10);
        await daily.ShareAsync();

        Assert.That(await StoredAsync(), Is.EqualTo(new[] { "address:192.0.2.2" }));
    }

    private Task<IReadOnlyList<string>> StoredAsync() => App.QueryAsync<string>("SELECT Caller FROM QuotaUse");

    /// <summary>Sends requests until one is refused.</summary>
    private static async Task<HttpResponseMessage> UseUpAsync(HttpClient caller, string path)
    {
        for (var request = 0; request < 500; request++)
        {
            var answer = await caller.GetAsync(path);
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                return answer;
            }
        }

        throw new AssertionException("The quota was never used up.");
    }

    /// <summary>The units of the day that a request costs.</summary>
    private static async Task<int> CostAsync(
        HttpClient caller,
        string path,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var before = LeftIn(await caller.GetAsync("/v1/nothing"), "day");
        using var answer = await caller.SendAsync(request);
        await answer.Content.LoadIntoBufferAsync();
        return before - LeftIn(await caller.GetAsync("/v1/nothing"), "day") - 1;
    }

    private static int LeftIn(HttpResponseMessage answer, string quota) =>
        int.Parse(
            Regex.Match(answer.Headers.GetValues("RateLimit").Single(), $"\"{quota}\";r=([0-9]+)").Groups[1].Value,
            CultureInfo.InvariantCulture
        );

    /// <summary>A client that comes from another address of this machine.</summary>
    private HttpClient NewClientAt(string address)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellationToken) =>
            {
                var socket = new System.Net.Sockets.Socket(
                    System.Net.Sockets.SocketType.Stream,
                    System.Net.Sockets.ProtocolType.Tcp
                );
                socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
                await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellationToken);
                return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
            },
        };
        return new HttpClient(handler) { BaseAddress = App.Http.BaseAddress };
    }

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(RegistryApp.Today, new TimeOnly(12, 0), TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
