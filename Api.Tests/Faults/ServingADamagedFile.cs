using System.Net;
using System.Net.Http.Json;
using System.Text;
using Dapper;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Faults;

/// <summary>Bytes of the database file are not what was written there.</summary>
[Category("Faults")]
public sealed class ServingADamagedFile
{
    private const int PageSize = 4096;
    private const int Ministers = 200;

    private ServedFile _file = null!;

    [SetUp]
    public async Task A_file_with_much_on_record()
    {
        _file = await ServedFile.TakeAsync();
        await _file.ServeAsync();
        await (
            await _file.Http.PostAsJsonAsync(
                "/v1/states",
                new { code = "KAZ", names = RegistryApp.NamesOf("Kazakhstan") }
            )
        ).CreatedAsync();
        foreach (var number in Enumerable.Range(1, Ministers))
        {
            await (
                await _file.Http.PostAsJsonAsync(
                    "/v1/ministers",
                    new { id = IdOf(number), names = RegistryApp.TextsOf($"Number {number} {new string('x', 250)}") }
                )
            ).CreatedAsync();
        }
    }

    [TearDown]
    public ValueTask Put_away() => _file.DisposeAsync();

    [Test]
    public async Task Once_damage_is_seen_nothing_is_written_any_more_and_what_is_whole_is_served()
    {
        await CheckpointAsync();

        // What lies in the log only must not be carried over into the damaged file either, now or when the program ends.
        await _file.RecoversAsync("after-the-checkpoint");
        DamageTablesOf(IdOf(Ministers / 2));

        using var touching = await _file.Http.GetAsync("/v1/ministers?limit=200");
        await touching.ProblemAsync(HttpStatusCode.ServiceUnavailable, "database-damaged");
        Assert.That(touching.Headers.RetryAfter?.Delta, Is.GreaterThan(TimeSpan.Zero));

        var contents = _file.Contents();
        await RefusesWritesAndSaysWhyAsync();
        using var whole = await _file.Http.GetAsync("/v1/states/KAZ");
        Assert.That(whole.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(_file.Contents(), Is.EqualTo(contents), "A damaged file was written to.");

        if (!OperatingSystem.IsWindows())
        {
            await _file.Process.TerminateAsync();
            Assert.That(await _file.Process.ExitCodeAsync(), Is.Zero);
            Assert.That(
                _file.Contents(),
                Is.EqualTo(contents),
                "A damaged file was written to when the program ended."
            );
        }

        await _file.ServeAsync();
        await RefusesWritesAndSaysWhyAsync();
        using var still = await _file.Http.GetAsync("/v1/states/KAZ");
        Assert.That(still.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(_file.Contents(), Is.EqualTo(contents), "A damaged file was written to by the next program.");
    }

    [TestCase("no database")]
    [TestCase("header")]
    [TestCase("schema")]
    public async Task A_program_that_is_started_on_a_damaged_file_serves_and_says_what_is_wrong(string damage)
    {
        await EndInOrderAsync();
        await using (var file = new FileStream(_file.Path, FileMode.Open, FileAccess.ReadWrite))
        {
            switch (damage)
            {
                case "no database":
                    file.SetLength(0);
                    file.Write("This is no database, whatever its name says."u8);
                    break;
                case "header":
                    file.Write(new byte[64]);
                    break;
                default:
                    file.Position = 100;
                    file.Write(Enumerable.Repeat((byte)0xA5, PageSize - 100).ToArray());
                    break;
            }
        }

        var contents = _file.Contents();
        await _file.ServeAsync();

        await RefusesWritesAndSaysWhyAsync();
        using var live = await _file.Http.GetAsync("/health/live");
        using var read = await _file.Http.GetAsync("/v1/states/KAZ");
        await read.ProblemAsync(HttpStatusCode.ServiceUnavailable, "database-damaged");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(live.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(_file.Contents(), Is.EqualTo(contents), "A damaged file was written to.");
            Assert.That(_file.Process.Output, Does.Not.Contain("Unhandled exception"));
        }
    }

    [Test]
    public async Task Damage_that_no_request_has_met_is_found_beside_the_serving()
    {
        await EndInOrderAsync();
        DamageTablesOf(IdOf(Ministers / 2));
        var contents = _file.Contents();
        await _file.ServeAsync();

        for (var tries = 1; ; tries++)
        {
            using var ready = await _file.Http.GetAsync("/health/ready");
            if (ready.StatusCode != HttpStatusCode.OK)
            {
                break;
            }

            Assert.That(tries, Is.LessThan(200), "Nobody has looked.");
            await Task.Delay(100);
        }

        await RefusesWritesAndSaysWhyAsync();
        using var whole = await _file.Http.GetAsync("/v1/states/KAZ");
        Assert.That(whole.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(_file.Contents(), Does.StartWith(contents), "A damaged file was written to.");
    }

    private static string IdOf(int number) => $"number-{number:D4}";

    private async Task RefusesWritesAndSaysWhyAsync()
    {
        using var write = await _file.PostAsync("refused");
        using var ready = await _file.Http.GetAsync("/health/ready");
        await write.ProblemAsync(HttpStatusCode.ServiceUnavailable, "database-damaged");
        var problem = await ready.ProblemAsync(HttpStatusCode.ServiceUnavailable, "database-damaged");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(write.Headers.RetryAfter?.Delta, Is.GreaterThan(TimeSpan.Zero));
            Assert.That((string?)problem["detail"], Does.StartWith("The database file is damaged ("));
        }
    }

    private async Task CheckpointAsync()
    {
        await using var connection = _file.Database.Connect();

        // The program may be copying the log itself, after it has answered the last write.
        for (var tries = 1; await connection.ExecuteScalarAsync<int>("PRAGMA wal_checkpoint(TRUNCATE)") != 0; tries++)
        {
            Assert.That(tries, Is.LessThan(100), "The log is never free.");
            await Task.Delay(50);
        }
    }

    private async Task EndInOrderAsync()
    {
        await CheckpointAsync();
        await _file.Process.KillAsync();
        Assert.That(new FileInfo($"{_file.Path}-wal").Length, Is.Zero);
    }

    /// <summary>Overwrites the pages in which rows of tables have this minister by id and name.</summary>
    private void DamageTablesOf(string id)
    {
        using var file = new FileStream(_file.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var content = new byte[file.Length];
        file.ReadExactly(content);
        var row = Encoding.UTF8.GetBytes($"{id}Number ");
        var pages = 0;
        for (var page = 0; page < content.Length; page += PageSize)
        {
            if (content.AsSpan(page, PageSize).IndexOf(row) >= 0)
            {
                file.Position = page;
                file.Write(Enumerable.Repeat((byte)0xA5, PageSize).ToArray());
                pages++;
            }
        }

        Assert.That(pages, Is.InRange(1, 5));
    }
}
