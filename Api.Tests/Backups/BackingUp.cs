using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Runtime.Versioning;
using Microsoft.Data.Sqlite;
using Registry.Api.Tests.Faults;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Backups;

/// <summary>A served file is backed up while clients write, and the backup takes its place later.</summary>
[Category("Faults")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class BackingUp
{
    private const int Rounds = 20;
    private const int Clients = 4;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _folder = Directory.CreateTempSubdirectory("registry-backups-").FullName;
    private readonly ConcurrentQueue<string> _acknowledged = new();

    private ServedFile _file = null!;

    private string Backup => Path.Combine(_folder, "backup.db");

    [SetUp]
    public async Task A_served_file()
    {
        _file = ServedFile.At(Path.Combine(_folder, "registry.db"));
        var template = await TestDatabases.TakeAsync(Engine.Sqlite);
        File.Copy(new SqliteConnectionStringBuilder(template.ConnectionString).DataSource, _file.Path);
        await TestDatabases.GiveBackAsync(template);
        await _file.ServeAsync();
    }

    [TearDown]
    public async Task Put_away()
    {
        await _file.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task Whatever_was_acknowledged_before_the_backup_began_is_in_it_and_it_fits_together()
    {
        using var enough = new CancellationTokenSource();
        var writers = Enumerable.Range(1, Clients).Select(client => WriteAsync(client, enough.Token)).ToArray();
        using var tools = new BackupTools(_file.Path);
        string restored = null!;
        for (var round = 1; round <= Rounds; round++)
        {
            var before = _acknowledged.ToArray();
            await Until.HoldsAsync(() => Task.FromResult(_acknowledged.Count > before.Length));
            before = [.. _acknowledged];

            var backup = await tools.BackUpAsync(Path.Combine(_folder, $"{round}.db"));

            restored = Path.Combine(_folder, $"restored-{round}.db");
            using var elsewhere = new BackupTools(restored);
            var result = await elsewhere.RestoreAsync(backup.Path);
            Assert.That(await BackupTools.MinistersIn(restored), Is.SupersetOf(before), $"Round {round}");
            Assert.That(result.Verification.Findings, Is.Empty, $"Round {round}");
            Assert.That(result.Verification.Changes, Is.EqualTo(result.Verification.Records), $"Round {round}");
        }

        await enough.CancelAsync();
        await Task.WhenAll(writers);
        var onRecord = await BackupTools.MinistersIn(restored);
        await using var program = RegistryProcess.Start(ServedFile.At(restored).Database, ("Catalogue:Load", "false"));
        using var client = await program.ServingAsync();
        var log = new ChangeLog();
        await log.FollowAsync(client);
        Assert.That(log.Ids, Is.EquivalentTo(onRecord));
        await TestContext.Out.WriteLineAsync($"{_acknowledged.Count} writes beside {Rounds} backups");
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    [Platform(Exclude = "Win", Reason = "Windows has no such modes.")]
    public async Task Nobody_but_the_owner_reads_a_backup_or_what_was_restored_from_it()
    {
        await RunAsync("backup", Backup);
        var elsewhere = Path.Combine(_folder, "elsewhere.db");

        await BackupTools.RunAsync(elsewhere, "restore", Backup);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(File.GetUnixFileMode(Backup), Is.EqualTo(OwnerOnly));
            Assert.That(File.GetUnixFileMode(elsewhere), Is.EqualTo(OwnerOnly));
            Assert.That(Names("backup*"), Is.EqualTo(new[] { "backup.db" }));
        }
    }

    [Test]
    public async Task An_existing_file_is_replaced_only_by_force_and_only_when_it_is_a_database()
    {
        await WriteAsync("first");
        await RunAsync("backup", Backup);
        await WriteAsync("second");
        var text = Path.Combine(_folder, "letter.txt");
        await File.WriteAllTextAsync(text, "A letter, and no database.");

        var (again, toldAgain) = await RunAsync("backup", Backup);
        Assert.That(again, Is.EqualTo(3), toldAgain);
        Assert.That(await BackupTools.MinistersIn(Backup), Is.EqualTo(new[] { "first" }));

        var (forced, told) = await RunAsync("backup", Backup, "--force");
        Assert.That(forced, Is.Zero, told);
        Assert.That(told, Does.Contain("key").And.Contain("not in the backup"));
        Assert.That(await BackupTools.MinistersIn(Backup), Is.EqualTo(new[] { "first", "second" }));

        foreach (var own in new[] { text, _file.Path, $"{_file.Path}-wal", $"{_file.Path}.key" })
        {
            Assert.That((await RunAsync("backup", own, "--force")).Exit, Is.EqualTo(3), own);
        }

        Assert.That(await File.ReadAllTextAsync(text), Does.StartWith("A letter"));
        await WriteAsync("third");
    }

    [Test]
    public async Task A_served_database_is_not_replaced_even_by_force()
    {
        await WriteAsync("before");
        await RunAsync("backup", Backup);

        foreach (var arguments in new[] { new[] { "restore", Backup }, ["restore", Backup, "--force"] })
        {
            var (exit, told) = await RunAsync(arguments);
            Assert.That(exit, Is.EqualTo(3), told);
            Assert.That(told, Does.Contain("Another process uses the database"));
        }

        await WriteAsync("after");
        Assert.That(Names("registry.db.*before*"), Is.Empty);
    }

    [Test]
    public async Task A_served_file_that_sqlite_cannot_read_is_not_replaced_either()
    {
        await RunAsync("backup", Backup);
        await _file.Process.KillAsync();
        await using (var damaged = new FileStream(_file.Path, FileMode.Open, FileAccess.ReadWrite))
        {
            damaged.Write(new byte[64]);
        }

        await _file.ServeAsync();
        var (exit, told) = await RunAsync("restore", Backup, "--force");
        Assert.That(exit, Is.EqualTo(3), told);

        await _file.Process.KillAsync();
        var (then, toldThen) = await RunAsync("restore", Backup, "--force");
        Assert.That(then, Is.Zero, toldThen);
        await _file.ServeAsync();
        await WriteAsync("after");
    }

    [Test]
    public async Task A_database_that_another_program_has_open_is_not_replaced()
    {
        await RunAsync("backup", Backup);
        await StopAsync();
        await using var other = new SqliteConnection($"Data Source={_file.Path};Pooling=False");
        await other.OpenAsync();
        await Dapper.SqlMapper.ExecuteScalarAsync<long>(other, "SELECT COUNT(*) FROM Minister");

        var (exit, told) = await RunAsync("restore", Backup, "--force");

        Assert.That(exit, Is.EqualTo(3), told);
        Assert.That(told, Does.Contain("Another process uses the database"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_restored_registry_goes_on_from_the_backup_and_the_former_one_is_kept_whole(bool inOrder)
    {
        await WriteAsync("before");
        await RunAsync("backup", Backup);
        await WriteAsync("after");
        if (inOrder)
        {
            await StopAsync();
        }
        else
        {
            // The last writes are in the log alone.
            await _file.Process.KillAsync();
        }

        var (refused, _) = await RunAsync("restore", Backup);
        Assert.That(refused, Is.EqualTo(3));
        var (exit, told) = await RunAsync("restore", Backup, "--force");

        Assert.That(exit, Is.Zero, told);
        var former = Names("registry.db.before-*").Single();
        Assert.That(
            await BackupTools.MinistersIn(Path.Combine(_folder, former)),
            Is.EqualTo(new[] { "after", "before" })
        );
        await _file.ServeAsync();
        var log = new ChangeLog();
        await log.FollowAsync(_file.Http);
        Assert.That(log.Ids, Is.EqualTo(new[] { "before" }));
        await WriteAsync("next");
        await log.FollowAsync(_file.Http);
        Assert.That(log.Head, Is.EqualTo(2));
        await _file.FitsTogetherAsync();
    }

    [Test]
    public async Task A_damaged_backup_replaces_nothing_and_a_damaged_database_makes_no_backup()
    {
        await WriteAsync("first");
        await RunAsync("backup", Backup);
        await StopAsync();
        await using (var connection = new SqliteConnection(BackupTools.Unguarded(Backup)))
        {
            await Dapper.SqlMapper.ExecuteAsync(connection, "DELETE FROM Change");
        }

        var (exit, told) = await RunAsync("restore", Backup, "--force");
        Assert.That(exit, Is.EqualTo(4), told);
        Assert.That(told, Does.Contain("ChangeCounter: it is at 1, and the last change in the log is 0."));
        Assert.That(await BackupTools.MinistersIn(_file.Path), Is.EqualTo(new[] { "first" }));
        Assert.That(Names("registry.db.*before*"), Is.Empty);

        var copy = Path.Combine(_folder, "copy.db");
        var (copied, toldOfCopy) = await BackupTools.RunAsync(Backup, "backup", copy);
        Assert.That(copied, Is.EqualTo(4), toldOfCopy);
        Assert.That(Names("copy*"), Is.EqualTo(new[] { "copy.db.damaged" }));
    }

    [Test]
    public async Task A_backup_of_a_newer_version_replaces_nothing()
    {
        await RunAsync("backup", Backup);
        await StopAsync();
        await using (var connection = new SqliteConnection(BackupTools.Unguarded(Backup)))
        {
            await Dapper.SqlMapper.ExecuteAsync(
                connection,
                "INSERT INTO SchemaVersions (ScriptName, Applied) VALUES ('9999_future.sql', '2030-01-01')"
            );
        }

        var (exit, told) = await RunAsync("restore", Backup, "--force");

        Assert.That(exit, Is.EqualTo(3), told);
        Assert.That(told, Does.Contain("9999_future"));
        Assert.That(Names("registry.db.*before*"), Is.Empty);
    }

    [Test]
    public async Task A_backup_that_is_killed_leaves_no_file_under_its_name_and_the_next_one_clears_up()
    {
        await WriteAsync("first");
        foreach (var round in Enumerable.Range(1, 5))
        {
            await using var backup = RegistryProcess.Run(_file.Database, ["backup", Backup]);
            await Until.HoldsAsync(() => Task.FromResult(Names("backup.db*").Length > 0));
            await Task.Delay(round * 10);
            await backup.KillAsync();
            if (File.Exists(Backup))
            {
                // It was ready by then, and so it is whole.
                using var tools = new BackupTools(_file.Path);
                Assert.That((await tools.VerifyAsync(Backup)).Findings, Is.Empty);
                File.Delete(Backup);
            }
        }

        var (exit, told) = await RunAsync("backup", Backup);

        Assert.That(exit, Is.Zero, told);
        Assert.That(Names("backup.db*"), Is.EqualTo(new[] { "backup.db" }));
        await WriteAsync("second");
    }

    [TestCase("backup", "/no/such/folder/backup.db")]
    [TestCase("restore", "/no/such/backup.db")]
    public async Task What_is_out_of_reach_is_said_in_a_sentence(params string[] arguments)
    {
        var (exit, told) = await RunAsync(arguments);

        Assert.That(exit, Is.EqualTo(3), told);
        Assert.That(told, Does.Contain("/no/such").And.Not.Contain("\n"));
    }

    private Task<(int Exit, string Output)> RunAsync(params string[] arguments) =>
        BackupTools.RunAsync(_file.Path, arguments);

    private async Task WriteAsync(string id)
    {
        using var answer = await _file.PostAsync(id);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created));
    }

    private async Task WriteAsync(int client, CancellationToken enough)
    {
        for (var number = 1; !enough.IsCancellationRequested; number++)
        {
            var id = $"c{client}-{number}";
            using var answer = await _file.Http.PostAsJsonAsync(
                "/v1/ministers",
                new { id, names = RegistryApp.TextsOf($"Minister {id}") },
                CancellationToken.None
            );
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created));
            _acknowledged.Enqueue(id);
        }
    }

    private async Task StopAsync()
    {
        await _file.Process.TerminateAsync();
        Assert.That(await _file.Process.ExitCodeAsync(), Is.Zero);
    }

    private string[] Names(string pattern) =>
        [.. Directory.GetFiles(_folder, pattern).Select(path => Path.GetFileName(path)).Order()];
}
