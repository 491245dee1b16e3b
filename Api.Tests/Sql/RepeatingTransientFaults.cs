using System.Net;
using System.Text;
using System.Text.Json;
using Registry.Api.Tests.Importing;
using Registry.Api.Tests.Support;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Engine.Dialects;

namespace Registry.Api.Tests.Sql;

/// <summary>What callers notice of faults that are over at the next attempt, and of faults that stay.</summary>
[OnEveryEngine]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public sealed class RepeatingTransientFaults(Engine engine)
{
    private const int Attempts = 3;

    /// <summary>Deadlocks, lock timeouts, conflicts, broken connections, failovers and throttling.</summary>
    private static readonly int[] Numbers =
    [
        .. (int[])[1204, 1205, 1222, 3960, 3961, 41301, 41302, 41305, 41325, 41839],
        .. (int[])[0, 20, 64, 121, 233, 596, 997, 10053, 10054, 10060, 10061],
        .. (int[])[615, 926, 976, 978, 979, 982, 983, 987, 4060, 4221, 6005, 17142, 41131, 41142],
        .. (int[])[10928, 10929, 10930, 10936, 40143, 40166, 40197, 40501, 40540, 40613, 42108, 42109, 49918, 49919],
        49920,
    ];

    /// <summary>The repetition of the program with short pauses, also on SQLite, where the program repeats nothing.</summary>
    private readonly WatchedConnections _watched = new()
    {
        Faults = new TransientFaults(Attempts - 1, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1)),
    };

    private RegistryApp _app = null!;
    private int _thrown;

    [SetUp]
    public async Task Start()
    {
        _app = await RegistryApp.StartAsync(await TestDatabases.TakeAsync(engine), _watched);
        await _app.EstablishStateAsync("KAZ");
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
    public async Task A_read_is_repeated_and_put_off_where_the_fault_stays()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (var (place, number) in Numbers.Index())
            {
                // Each page is another one, so that none is cached.
                var path = $"/v1/states?limit={place + 1}";
                Fail("FROM State", number, times: int.MaxValue);
                await PutOffAsync(number, _app.GetAsync(path));
                Assert.That(_thrown, Is.EqualTo(Attempts), $"{number}");

                Fail("FROM State", number, times: 1);
                using var read = await _app.GetAsync(path);
                Assert.That((read.StatusCode, _thrown), Is.EqualTo((HttpStatusCode.OK, 1)), $"{number}");
            }
        }
    }

    [Test]
    public async Task A_read_of_several_statements_is_repeated_as_a_whole([Range(1, 5)] int failing)
    {
        await _app.EstablishForumAsync("CICA", founded: "1992");
        await (await _app.AdmitAsync("CICA", "KAZ", "1992")).CreatedAsync();
        var expected = await _app.ReadAsync("/v1/forums/CICA/members?on=2020");
        var seen = 0;
        _watched.Before = statement =>
        {
            if (statement.Contains("SELECT", StringComparison.Ordinal) && ++seen == failing + 1)
            {
                throw ServerErrors.Of(1205);
            }
        };

        var read = await _app.ReadAsync("/v1/forums/CICA/members?on=2020-06");

        Assert.That(read["items"]!.ToJsonString(), Is.EqualTo(expected["items"]!.ToJsonString()));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_write_is_repeated_and_put_off_where_the_fault_stays(bool withKey)
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (var (place, number) in Numbers.Index())
            {
                var code = $"X{(char)('A' + (place / 26))}{(char)('A' + (place % 26))}";
                var key = withKey ? code : null;
                Fail("INSERT INTO Change ", number, times: int.MaxValue);
                await PutOffAsync(number, WriteAsync(code, key));
                Assert.That(_thrown, Is.EqualTo(Attempts), $"{number}");

                _watched.Before = _ => { };
                using var absent = await _app.GetAsync($"/v1/states/{code}");
                Assert.That(absent.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), $"{number}");

                Fail("INSERT INTO Change ", number, times: 1);
                using var written = await WriteAsync(code, key);
                Assert.That((written.StatusCode, _thrown), Is.EqualTo((HttpStatusCode.Created, 1)), $"{number}");

                using var again = await WriteAsync(code, key);
                Assert.That(
                    again.StatusCode,
                    Is.EqualTo(withKey ? HttpStatusCode.Created : HttpStatusCode.Conflict),
                    $"{number}"
                );
                Assert.That(await ChangesOfAsync(code), Is.EqualTo(1), $"{number}");
            }
        }
    }

    [Test]
    public async Task A_write_is_repeated_whichever_of_its_statements_fails()
    {
        var sent = new List<string>();
        _watched.Before = statement =>
        {
            lock (sent)
            {
                sent.Add(statement);
            }
        };
        await (await WriteAsync("UZB", "a")).CreatedAsync();
        _watched.Before = _ => { };
        string[] own =
        [
            .. sent.Distinct()
                .Where(statement =>
                    statement.Contains("ChangeCounter", StringComparison.Ordinal)
                    || statement.Contains("State", StringComparison.Ordinal)
                    || statement.Contains("Change ", StringComparison.Ordinal)
                    || statement.Contains("KeptAnswer", StringComparison.Ordinal)
                    || statement.Contains("AuditEntry", StringComparison.Ordinal)
                ),
        ];

        Assert.That(own, Has.Length.GreaterThan(8));
        foreach (var (place, statement) in own.Index())
        {
            var code = $"Y{(char)('A' + (place / 26))}{(char)('A' + (place % 26))}";
            var thrown = false;
            _watched.Before = next =>
            {
                if (!thrown && next == statement)
                {
                    thrown = true;
                    throw ServerErrors.Of(1205, severity: 13);
                }
            };

            using var written = await WriteAsync(code, $"key-{code}");

            await written.CreatedAsync();
            Assert.That(await ChangesOfAsync(code), Is.EqualTo(1), statement);
        }
    }

    [Test]
    public async Task A_write_whose_commit_was_sent_is_not_repeated()
    {
        if (engine == Engine.Sqlite)
        {
            Assert.Ignore("The commit of an embedded database is no statement.");
        }

        var (begun, thrown) = (0, 0);
        _watched.Before = statement =>
        {
            begun += statement.Contains("BEGIN TRANSACTION;", StringComparison.Ordinal) ? 1 : 0;
            if (statement == SqlServerDialect.Commit)
            {
                thrown++;
                throw ServerErrors.Of(10054, severity: 20);
            }
        };

        await PutOffAsync(10054, WriteAsync("UZB", key: null));

        Assert.That((begun, thrown), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task A_timeout_is_not_repeated_because_the_caller_has_waited_already([Values(-2, 258)] int number)
    {
        Fail("FROM State", number, times: 1);
        await PutOffAsync(number, _app.GetAsync("/v1/states?limit=7"));

        Fail("INSERT INTO Change ", number, times: 1);
        await PutOffAsync(number, WriteAsync("UZB", key: null));
    }

    [Test]
    public async Task An_import_is_not_repeated()
    {
        Fail("INSERT INTO Change ", 1205, times: 1);

        var import = await _app.ImportAsync(
            JsonSerializer.Serialize(
                new
                {
                    collection = "states",
                    record = new { code = "UZB", names = RegistryApp.NamesOf("UZB", "short") },
                }
            ),
            query: "?partial=true"
        );

        Assert.That((string?)import["status"], Is.Not.EqualTo("done"));
        Assert.That(await ChangesOfAsync("UZB"), Is.Zero);
    }

    [Test]
    public async Task A_whole_list_has_every_row_once_where_a_page_is_repeated()
    {
        if (engine == Engine.SqlServer)
        {
            Assert.Ignore(
                "The driver fails now and then on pages of a thousand rows; the paging is the same on SQLite."
            );
        }

        const int Rows = 2050;
        var lines = Enumerable
            .Range(0, Rows)
            .Select(number =>
                JsonSerializer.Serialize(
                    new
                    {
                        collection = "ministers",
                        record = new { id = $"minister-{number}", names = RegistryApp.TextsOf($"Minister {number}") },
                    }
                )
            );
        var import = await _app.ImportAsync(string.Join('\n', lines));
        Assert.That((string?)import["status"], Is.EqualTo("done"));
        var thrown = 0;
        for (var failing = 0; failing <= 6; failing++)
        {
            var reads = 0;
            _watched.Before = statement =>
            {
                if (statement.Contains("Minister", StringComparison.Ordinal) && ++reads == failing)
                {
                    thrown++;
                    throw ServerErrors.Of(1205);
                }
            };

            var read = await _app.Http.GetStringAsync("/v1/ministers?format=ndjson&sort=-recordedAt");

            var ids = read.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString());
            Assert.That(ids.Distinct().Count(), Is.EqualTo(Rows), $"{failing}");
        }

        // The first page, the ids of the second one, and its rows.
        Assert.That(thrown, Is.GreaterThanOrEqualTo(3));
    }

    private void Fail(string text, int number, int times)
    {
        _thrown = 0;
        _watched.Before = statement =>
        {
            if (statement.Contains(text, StringComparison.Ordinal) && _thrown < times)
            {
                _thrown++;
                throw ServerErrors.Of(number);
            }
        };
    }

    private async Task<long> ChangesOfAsync(string code) =>
        (await _app.QueryAsync<long>($"SELECT COUNT(*) FROM Change WHERE SubjectId = '{code}'")).Single();

    private async Task<HttpResponseMessage> WriteAsync(string code, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/states");
        request.Content = new StringContent(
            JsonSerializer.Serialize(new { code, names = RegistryApp.NamesOf("State", "short") }),
            Encoding.UTF8,
            "application/json"
        );
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await _app.Http.SendAsync(request);
    }

    private static async Task PutOffAsync(int number, Task<HttpResponseMessage> asked)
    {
        using var answer = await asked;
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable), $"{number}");
        Assert.That(answer.Headers.RetryAfter?.Delta, Is.GreaterThan(TimeSpan.Zero), $"{number}");
    }
}
