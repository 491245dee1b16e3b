using System.Net;
using System.Net.Http.Json;
using Microsoft.Data.Sqlite;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Faults;

/// <summary>The disk of the database file is full.</summary>
[Category("Faults")]
public sealed class RunningOutOfRoom
{
    private const int Clients = 8;

    private DirectoryInfo? _disk;
    private ServedFile _file = null!;

    private string Ballast => Path.Combine(_disk!.FullName, "ballast");

    [SetUp]
    public async Task A_small_disk()
    {
        Machine.RequireMounts();
        _disk = Directory.CreateTempSubdirectory("registry-disk-");
        if (await Machine.RunAsync("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", _disk.FullName) is { } complaint)
        {
            Assert.Ignore($"No small file system can be mounted here. {complaint}");
        }

        var template = await TestDatabases.TakeAsync(Engine.Sqlite);
        _file = ServedFile.At(Path.Combine(_disk.FullName, "registry.db"));
        File.Copy(new SqliteConnectionStringBuilder(template.ConnectionString).DataSource, _file.Path);
        await TestDatabases.GiveBackAsync(template);
        await _file.ServeAsync();
    }

    [TearDown]
    public async Task Put_away()
    {
        if (_file is not null)
        {
            await _file.DisposeAsync();
        }

        if (_disk is not null)
        {
            await Machine.RunAsync("umount", _disk.FullName);
            _disk.Delete();
        }
    }

    [Test]
    public async Task Writes_are_refused_whole_and_reads_are_served_until_there_is_room_again()
    {
        await _file.RecoversAsync("before");
        FillUp();

        // What there is room for is still taken, and then everybody is told.
        var written = await Task.WhenAll(Enumerable.Range(1, Clients).Select(WriteUntilFullAsync));
        using var read = await _file.Http.GetAsync("/v1/ministers/before");
        using var list = await _file.Http.GetAsync("/v1/ministers?limit=200");
        using var ready = await _file.Http.GetAsync("/health/ready");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(read.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(list.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(ready.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }

        File.Delete(Ballast);

        await _file.RecoversAsync("after");
        var log = new ChangeLog();
        await log.FollowAsync(_file.Http);
        Assert.That(log.Ids, Is.EquivalentTo(written.SelectMany(ids => ids).Append("before").Append("after")));
        await _file.FitsTogetherAsync();
        await _file.ServeAsync();
        await _file.IsSoundAsync();
        await TestContext.Out.WriteLineAsync($"{log.Head - 2} writes after the disk seemed full, then none");
    }

    [Test]
    public async Task A_start_without_room_ends_with_the_reason_and_the_next_one_with_room_serves()
    {
        await _file.RecoversAsync("before");
        await _file.Process.TerminateAsync();
        await _file.Process.ExitCodeAsync();
        FillUp();

        await using (var start = RegistryProcess.Start(_file.Database))
        {
            using (Assert.EnterMultipleScope())
            {
                Assert.That(await start.ExitCodeAsync(), Is.EqualTo(3));
                Assert.That(start.Output, Does.Contain("The registry cannot start").And.Contain("The disk is full"));
                Assert.That(start.Output, Does.Not.Contain("Unhandled"));
            }
        }

        File.Delete(Ballast);
        await _file.ServeAsync();
        await _file.RecoversAsync("after");
        using var read = await _file.Http.GetAsync("/v1/ministers/before");
        Assert.That(read.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    private void FillUp()
    {
        using var ballast = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.None, 0);
        try
        {
            while (true)
            {
                ballast.Write(new byte[4096]);
            }
        }
        catch (IOException)
        {
            // It is full.
        }
    }

    /// <summary>Writes until it is refused, and once more.</summary>
    /// <returns>What was acknowledged.</returns>
    private async Task<IReadOnlyList<string>> WriteUntilFullAsync(int client)
    {
        var written = new List<string>();
        var refused = 0;
        for (var number = 1; refused < 2; number++)
        {
            var id = $"c{client}-{number}";
            using var answer = await _file.Http.PostAsJsonAsync(
                "/v1/ministers",
                new { id, names = RegistryApp.TextsOf($"{id} {new string('x', 250)}") }
            );
            if (answer.StatusCode == HttpStatusCode.Created)
            {
                written.Add(id);
                continue;
            }

            refused++;
            await answer.ProblemAsync(HttpStatusCode.InsufficientStorage, "insufficient-storage");
            Assert.That(answer.Headers.RetryAfter?.Delta, Is.GreaterThan(TimeSpan.Zero));
        }

        return written;
    }
}
