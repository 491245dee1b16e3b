using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Registry.Api.Tests.Faults;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Backups;

/// <summary>The serving program makes backups by itself.</summary>
[Category("Faults")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed partial class BackingUpBySchedule
{
    private readonly string _folder = Directory.CreateTempSubdirectory("registry-schedule-").FullName;
    private DirectoryInfo? _disk;
    private ServedFile _file = null!;

    private string Backups => Path.Combine(_folder, "backups");

    [SetUp]
    public async Task A_file()
    {
        _file = ServedFile.At(Path.Combine(_folder, "registry.db"));
        var template = await TestDatabases.TakeAsync(Engine.Sqlite);
        File.Copy(new SqliteConnectionStringBuilder(template.ConnectionString).DataSource, _file.Path);
        await TestDatabases.GiveBackAsync(template);
    }

    [TearDown]
    public async Task Put_away()
    {
        await _file.DisposeAsync();
        if (_disk is not null)
        {
            await Machine.RunAsync("umount", _disk.FullName);
        }

        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task The_last_backups_are_kept_and_each_is_whole()
    {
        Directory.CreateDirectory(Backups);
        var foreign = Path.Combine(Backups, "registry-notes.db");
        await File.WriteAllTextAsync(foreign, "Not made by the program.");
        await File.WriteAllTextAsync(Path.Combine(Backups, "registry-20260101T000000Z.db.unfinished"), "Interrupted.");

        await _file.ServeAsync(("Backup:Folder", Backups), ("Backup:Every", "00:00:01"), ("Backup:Keep", "2"));
        await Until.HoldsAsync(() => Task.FromResult(Made(_file.Process).Count >= 4));
        await _file.Process.TerminateAsync();
        await _file.Process.ExitCodeAsync();

        var kept = Directory
            .GetFiles(Backups)
            .Where(file => file != foreign)
            .Select(Path.GetFileName)
            .Order()
            .ToArray();
        Assert.That(kept, Is.EqualTo(Made(_file.Process).Order().TakeLast(2)), _file.Process.Output);
        Assert.That(foreign, Does.Exist);
        using var tools = new BackupTools(_file.Path);
        foreach (var name in kept)
        {
            Assert.That((await tools.VerifyAsync(Path.Combine(Backups, name!))).Findings, Is.Empty, name);
        }
    }

    [Test]
    public async Task A_restarted_program_waits_until_the_next_backup_is_due()
    {
        (string, string)[] settings = [("Backup:Folder", Backups), ("Backup:Every", "1.00:00:00")];
        await _file.ServeAsync(settings);
        await Until.HoldsAsync(() => Task.FromResult(Made(_file.Process).Count == 1));

        await _file.ServeAsync([.. settings, ("Logging:LogLevel:Default", "Debug")]);
        using var answer = await _file.PostAsync("anything");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(Directory.GetFiles(Backups, "*.db"), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Of_several_processes_one_makes_each_backup()
    {
        (string, string)[] settings =
        [
            ("Backup:Folder", Backups),
            ("Backup:Every", "00:00:02"),
            ("Backup:Keep", "100"),
            ("Catalogue:Load", "false"),
        ];
        await using var one = RegistryProcess.Start(_file.Database, settings);
        await using var other = RegistryProcess.Start(_file.Database, settings);

        await Until.HoldsAsync(() => Task.FromResult(Made(one).Count + Made(other).Count >= 4));

        var instants = Made(one).Concat(Made(other)).Order().Select(At).ToArray();
        for (var index = 1; index < instants.Length; index++)
        {
            Assert.That(instants[index] - instants[index - 1], Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(2)));
        }

        Assert.That(one.Output + other.Output, Does.Not.Contain("No backup was made"));
    }

    [Test]
    public async Task A_full_disk_leaves_no_half_backup_and_is_told_and_the_program_serves()
    {
        Machine.RequireMounts();
        _disk = Directory.CreateDirectory(Path.Combine(_folder, "disk"));
        await _file.ServeAsync();

        // Room for the file, and not for what is in its log.
        long room;
        var number = 0;
        do
        {
            await WriteMuchAsync(number++);
            room = new FileInfo(_file.Path).Length + (128 << 10);
        } while (await SizeAsync() < room + (128 << 10));

        if (
            await Machine.RunAsync("mount", "-t", "tmpfs", "-o", $"size={room}", "tmpfs", _disk.FullName) is
            { } complaint
        )
        {
            Assert.Ignore($"No small file system can be mounted here. {complaint}");
        }

        var path = Path.Combine(_disk.FullName, "backup.db");
        var (exit, told) = await BackupTools.RunAsync(_file.Path, "backup", path);
        Assert.That(exit, Is.EqualTo(3), told);
        Assert.That(told, Does.StartWith("The disk is full: "));
        Assert.That(Directory.GetFiles(_disk.FullName), Is.Empty);

        await _file.ServeAsync(("Backup:Folder", _disk.FullName), ("Backup:Every", "1.00:00:00"));
        await _file.Process.SaysAsync("No backup was made");
        Assert.That(_file.Process.Output, Does.Match("No backup was made.*(full|bytes)"));
        Assert.That(Directory.GetFiles(_disk.FullName), Is.Empty);
        await _file.RecoversAsync("after");
    }

    [Test]
    public async Task A_damaged_database_makes_no_backup_and_the_former_ones_are_kept()
    {
        (string, string)[] settings = [("Backup:Folder", Backups), ("Backup:Every", "00:00:01"), ("Backup:Keep", "1")];
        await _file.ServeAsync(settings);
        await Until.HoldsAsync(() => Task.FromResult(Made(_file.Process).Count >= 1));
        await _file.Process.TerminateAsync();
        await _file.Process.ExitCodeAsync();
        var former = Directory.GetFiles(Backups).Single();
        await using (var connection = new SqliteConnection(BackupTools.Unguarded(_file.Path)))
        {
            await Dapper.SqlMapper.ExecuteAsync(connection, "UPDATE ChangeCounter SET Sequence = Sequence + 5");
        }

        await _file.ServeAsync(settings);
        await Until.HoldsAsync(() => Task.FromResult(Finding().Count(_file.Process.Output) >= 3));
        await _file.Process.TerminateAsync();
        await _file.Process.ExitCodeAsync();

        var files = Directory.GetFiles(Backups);
        Assert.That(files, Has.Length.LessThanOrEqualTo(2).And.Contains(former));
        Assert.That(files.Where(file => file != former), Has.All.EndsWith(".damaged"));
    }

    private async Task WriteMuchAsync(int number)
    {
        var names = Enumerable
            .Range(1, 20)
            .Select(name => new { language = "en", text = $"{name} {new string('x', 250)}" });
        using var written = await _file.Http.PostAsJsonAsync("/v1/ministers", new { id = $"m{number}", names });
        Assert.That(written.StatusCode, Is.EqualTo(HttpStatusCode.Created));
    }

    /// <summary>The size of the database, with what is in its log.</summary>
    private async Task<long> SizeAsync()
    {
        await using var connection = _file.Database.Connect();
        return await Dapper.SqlMapper.ExecuteScalarAsync<long>(connection, "PRAGMA page_count") * 4096;
    }

    /// <summary>The names of the backups that a process says it has made.</summary>
    private static IReadOnlyList<string> Made(RegistryProcess process) =>
        [.. Name().Matches(process.Output).Select(match => match.Groups["name"].Value)];

    private static DateTimeOffset At(string name) =>
        DateTimeOffset.ParseExact(
            name,
            "'registry-'yyyyMMdd'T'HHmmss'Z.db'",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal
        );

    [GeneratedRegex(@"Backed the database up to \S*(?<name>registry-\w+\.db):")]
    private static partial Regex Name();

    [GeneratedRegex("ChangeCounter: it is at ")]
    private static partial Regex Finding();
}
