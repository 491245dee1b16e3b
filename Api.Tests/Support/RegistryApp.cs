using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Registry.Api.Tests.Support;

/// <summary>The real program on a real port and a real database, driven only through HTTP.</summary>
public sealed class RegistryApp : IAsyncDisposable
{
    public const string AdminKey = "test-key-0123456789-0123456789-0123456789";

    /// <summary>The day on which every test plays.</summary>
    public static readonly DateOnly Today = new(2026, 6, 30);

    private readonly WebApplicationFactory<Program> _host;

    private RegistryApp(WebApplicationFactory<Program> host, TestDatabase database)
    {
        _host = host;
        Database = database;
        Http = WithoutKey();
        Http.DefaultRequestHeaders.Add("X-Api-Key", AdminKey);
    }

    /// <summary>Holds the key that may write.</summary>
    public HttpClient Http { get; }

    public TestDatabase Database { get; }

    public IServiceProvider Services => _host.Services;

    /// <summary>The current time of the program.</summary>
    public DateTimeOffset Now => Services.GetRequiredService<TimeProvider>().GetUtcNow();

    public static Task<RegistryApp> StartAsync(
        TestDatabase database,
        bool withCatalogue = false,
        string? adminKey = AdminKey,
        params (string Name, string Value)[] settings
    ) => StartAsync(database, _ => { }, withCatalogue, adminKey, settings);

    /// <summary>The program over connections that a test looks at.</summary>
    public static Task<RegistryApp> StartAsync(TestDatabase database, WatchedConnections watched) =>
        StartAsync(
            database,
            services => services.Replace(ServiceDescriptor.Singleton(_ => watched.DatabaseOf(database))),
            withCatalogue: false,
            AdminKey,
            []
        );

    /// <summary>The program with services of a test.</summary>
    public static Task<RegistryApp> StartAsync(
        TestDatabase database,
        Action<IServiceCollection> services,
        bool withCatalogue,
        params (string Name, string Value)[] settings
    ) => StartAsync(database, services, withCatalogue, AdminKey, settings);

    private static Task<RegistryApp> StartAsync(
        TestDatabase database,
        Action<IServiceCollection> ofTheTest,
        bool withCatalogue,
        string? adminKey,
        (string Name, string Value)[] settings
    ) =>
        Task.Run(() =>
        {
            var host = new WebApplicationFactory<Program>().WithWebHostBuilder(web =>
            {
                web.UseSetting("urls", "http://127.0.0.1:0");
                web.UseSetting(database.Setting, database.ConnectionString);
                web.UseSetting("Catalogue:Load", withCatalogue ? "true" : "false");
                web.UseSetting("Access:AdminKey", adminKey);
                web.UseSetting("Quotas:Enabled", "false");
                foreach (var (name, value) in settings)
                {
                    web.UseSetting(name, value);
                }

                web.ConfigureLogging(logging => logging.ClearProviders());
                web.ConfigureTestServices(services =>
                {
                    services.Replace(ServiceDescriptor.Singleton<TimeProvider>(new TestClock()));
                    ofTheTest(services);
                });
            });
            host.UseKestrel();
            host.StartServer();
            return new RegistryApp(host, database);
        });

    /// <summary>A caller that nobody knows.</summary>
    public HttpClient WithoutKey() =>
        _host.CreateClient(
            new WebApplicationFactoryClientOptions
            {
                AllowAutoRedirect = false,
                BaseAddress = _host.ClientOptions.BaseAddress,
            }
        );

    public Task<HttpResponseMessage> GetAsync(string path) => Http.GetAsync(path);

    /// <summary>The record or page at the path, which is there.</summary>
    public async Task<JsonNode> ReadAsync(string path) => await (await GetAsync(path)).OkAsync();

    public Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        object? body = null,
        string? ifMatch = null,
        string? ifNoneMatch = null
    )
    {
        var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            var text = body as string ?? JsonSerializer.Serialize(body, JsonSerializerOptions.Web);
            request.Content = new StringContent(text, Encoding.UTF8);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(
                method == HttpMethod.Patch ? "application/merge-patch+json" : "application/json"
            );
        }

        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        if (ifNoneMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);
        }

        return Http.SendAsync(request);
    }

    public Task<HttpResponseMessage> PostAsync(string path, object body) => SendAsync(HttpMethod.Post, path, body);

    public Task<HttpResponseMessage> PutAsync(string path, object body, string? ifMatch = null) =>
        SendAsync(HttpMethod.Put, path, body, ifMatch);

    public Task<HttpResponseMessage> PatchAsync(string path, object body, string? ifMatch = "*") =>
        SendAsync(HttpMethod.Patch, path, body, ifMatch);

    public Task<HttpResponseMessage> DeleteAsync(string path, string? ifMatch = "*") =>
        SendAsync(HttpMethod.Delete, path, ifMatch: ifMatch);

    public async Task EstablishStateAsync(string code, string? from = null, string? until = null) =>
        await (
            await PostAsync(
                "/v1/states",
                new
                {
                    code,
                    names = NamesOf($"State {code}", "short"),
                    existence = from is null && until is null ? null : new { from, until },
                }
            )
        ).CreatedAsync();

    public async Task EstablishForumAsync(string code, string? founded = null, string? dissolved = null) =>
        await (
            await PostAsync(
                "/v1/forums",
                new
                {
                    code,
                    names = NamesOf($"Forum {code}"),
                    founded,
                    dissolved,
                }
            )
        ).CreatedAsync();

    public Task<HttpResponseMessage> AdmitAsync(
        string forum,
        string member,
        string from,
        string standing = "member",
        string kind = "state",
        string? until = null
    ) =>
        PostAsync(
            $"/v1/forums/{forum}/memberships",
            new
            {
                member = new { kind, code = member },
                standing,
                from,
                until,
            }
        );

    public Task<HttpResponseMessage> StepAsync(string membership, object step) =>
        PostAsync($"/v1/memberships/{membership}/standings", step);

    public async Task EstablishMinisterAsync(string id, string? born = null, string? died = null) =>
        await (
            await PostAsync(
                "/v1/ministers",
                new
                {
                    id,
                    names = TextsOf($"Minister {id}"),
                    born,
                    died,
                }
            )
        ).CreatedAsync();

    /// <summary>A post of a state, or of a body where the owner has a stroke: <c>PACT/staff</c>.</summary>
    public async Task EstablishPostAsync(
        string id,
        string of = "KAZ",
        string kind = "other",
        bool singleHolder = true,
        string? established = null,
        string? abolished = null
    ) =>
        await (
            await PostAsync(
                "/v1/posts",
                new
                {
                    id,
                    kind,
                    of = new { kind = of.Contains('/', StringComparison.Ordinal) ? "body" : "state", code = of },
                    titles = TextsOf($"Post {id}"),
                    singleHolder,
                    established,
                    abolished,
                }
            )
        ).CreatedAsync();

    public Task<HttpResponseMessage> AppointAsync(
        string minister,
        string post,
        string from,
        string? until = null,
        bool acting = false,
        bool? ended = null,
        string? id = null
    ) =>
        PostAsync(
            $"/v1/ministers/{minister}/appointments",
            new
            {
                id,
                post,
                from,
                until,
                ended,
                acting,
            }
        );

    public Task<HttpResponseMessage> ChairAsync(
        string forum,
        string chair,
        string? from = null,
        string? until = null,
        string? body = null,
        string kind = "state",
        string? id = null
    ) =>
        PostAsync(
            $"/v1/forums/{forum}/chairmanships",
            new
            {
                id,
                body,
                chair = new { kind, code = chair },
                from,
                until,
            }
        );

    public async Task EstablishBodyAsync(string forum, string code, string? founded = null, string? dissolved = null) =>
        await (
            await PostAsync(
                $"/v1/forums/{forum}/bodies",
                new
                {
                    code,
                    kind = "council",
                    names = NamesOf(code),
                    founded,
                    dissolved,
                }
            )
        ).CreatedAsync();

    /// <summary>The body of a forum.</summary>
    public static object ForumOf(string code) => new { code, names = NamesOf(code) };

    /// <summary>One text in English, the least a person or a post needs.</summary>
    public static object[] TextsOf(string text) => [new { language = "en", text }];

    /// <summary>One official name, the least a record needs.</summary>
    public static object[] NamesOf(string text, string kind = "official") =>
        [
            new
            {
                kind,
                language = "en",
                text,
            },
        ];

    /// <summary>Looks into the tables themselves.</summary>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql)
    {
        await using var connection = Database.Connect();
        return (await connection.QueryAsync<T>(sql)).AsList();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _host.DisposeAsync();
    }

    private sealed class TestClock : TimeProvider
    {
        private readonly long _started = System.GetTimestamp();

        public override DateTimeOffset GetUtcNow() =>
            new DateTimeOffset(Today, new TimeOnly(12, 0), TimeSpan.Zero) + System.GetElapsedTime(_started);
    }
}
