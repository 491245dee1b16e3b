using System.Net;
using Microsoft.Data.Sqlite;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Faults;

/// <summary>The system takes away the right to write to the database file while the program runs.</summary>
[Category("Faults")]
public sealed class WritingToAReadOnlyFile
{
    private DirectoryInfo? _folder;
    private ServedFile _file = null!;

    [SetUp]
    public async Task A_file_that_can_be_made_unwritable()
    {
        Machine.RequireMounts();
        _folder = Directory.CreateTempSubdirectory("registry-readonly-");
        await Machine.RequireImmutableFilesAsync(_folder.FullName);
        var template = await TestDatabases.TakeAsync(Engine.Sqlite);
        _file = ServedFile.At(Path.Combine(_folder.FullName, "registry.db"));
        File.Copy(new SqliteConnectionStringBuilder(template.ConnectionString).DataSource, _file.Path);
        await TestDatabases.GiveBackAsync(template);
        await _file.ServeAsync();
        await _file.RecoversAsync("before");
    }

    [TearDown]
    public async Task Put_away()
    {
        if (_file is not null)
        {
            await MarkAsync("-i");
            await _file.DisposeAsync();
        }

        _folder?.Delete(recursive: true);
    }

    [Test]
    public async Task Writes_are_put_off_and_reads_are_served_until_it_may_be_written_to()
    {
        await MarkAsync("+i");

        for (var tries = 1; tries <= 5; tries++)
        {
            using var write = await _file.PostAsync($"refused-{tries}");
            using var read = await _file.Http.GetAsync("/v1/ministers/before");
            using var list = await _file.Http.GetAsync("/v1/ministers");
            await write.ProblemAsync(HttpStatusCode.ServiceUnavailable, "busy");
            using (Assert.EnterMultipleScope())
            {
                Assert.That(write.Headers.RetryAfter?.Delta, Is.GreaterThan(TimeSpan.Zero));
                Assert.That(read.StatusCode, Is.EqualTo(HttpStatusCode.OK));
                Assert.That(list.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            }
        }

        await _file.Process.SaysAsync("attempt to write a readonly database");
        await MarkAsync("-i");

        await _file.RecoversAsync("after");
        var log = new ChangeLog();
        await log.FollowAsync(_file.Http);
        Assert.That(log.Ids, Is.EqualTo(new[] { "before", "after" }));
        await _file.FitsTogetherAsync();
    }

    [Test]
    public async Task A_start_on_it_serves_what_is_on_record_and_makes_no_key()
    {
        await _file.Process.TerminateAsync();
        await _file.Process.ExitCodeAsync();
        await MarkAsync("+i");

        await using var start = RegistryProcess.Start(_file.Database, ("Catalogue:Load", "false"));
        using var http = await start.ServingAsync();
        using var read = await http.GetAsync("/v1/ministers/before");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(read.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(start.Key, Is.Null);
            Assert.That(start.Output, Does.Contain("No key that may write could be made"));
        }
    }

    private async Task MarkAsync(string mark)
    {
        foreach (var part in new[] { _file.Path, $"{_file.Path}-wal" }.Where(File.Exists))
        {
            Assert.That(await Machine.RunAsync("chattr", mark, part), Is.Null);
        }
    }
}
