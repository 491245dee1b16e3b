using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;
using Registry.Api.Tests.Meetings;
using Registry.Api.Tests.Support;
using Registry.Infrastructure.Engine.Dialects;
using Registry.Infrastructure.Engine.Startup;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Mapping;

namespace Registry.Api.Tests.Backups;

/// <summary>Damage that somebody did to a database is found and named.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public sealed class VerifyingDatabases
{
    private const int PageSize = 4096;

    private static readonly string Folder = Directory.CreateTempSubdirectory("registry-verify-").FullName;
    private static readonly string Template = Path.Combine(Folder, "template.db");

    private readonly string _file = Path.Combine(Folder, $"{Guid.NewGuid():N}.db");

    private static IEnumerable<RecordTable> PartTables => RecordKinds.All.SelectMany(kind => kind.Parts);

    private static IEnumerable<string> Parts => PartTables.Select(part => part.Name);

    private static IEnumerable<string> Kinds => RecordKinds.Collections;

    private static IEnumerable<TestCaseData> Damages =>
        new (string Name, string Sql, string[] Findings)[]
        {
            (
                "a gap in the log",
                "DELETE FROM Change WHERE Sequence = 900",
                ["Change: the change 900 is missing.", " is on record and not in the change log."]
            ),
            (
                "the end of the log is missing",
                "DELETE FROM Change WHERE Sequence = (SELECT MAX(Sequence) FROM Change)",
                ["ChangeCounter: it is at ", "and the last change in the log is "]
            ),
            (
                "a counter ahead of the log",
                "UPDATE ChangeCounter SET Sequence = Sequence + 5",
                ["ChangeCounter: it is at "]
            ),
            ("no counter", "DELETE FROM ChangeCounter", ["ChangeCounter: it has 0 rows instead of one."]),
            (
                "a log that is not in the order of time",
                "UPDATE Change SET Instant = '2000-01-01T00:00:00.000000Z' WHERE Sequence = 900",
                ["Change: the change 900 is recorded before the change 899."]
            ),
            (
                "a change that is listed nowhere",
                "DELETE FROM ChangeSubject WHERE Collection = 'states' AND SubjectId = 'KAZ'",
                ["ChangeSubject: the change ", " is not listed for its record states/KAZ."]
            ),
            (
                "a version that is missing in the history",
                "DELETE FROM StateHistory WHERE Code = 'KAZ' AND Version = 1",
                ["State: version 1 of states/KAZ is in the change log and not on record."]
            ),
            (
                "a version that is missing in the log",
                "DELETE FROM Change WHERE Collection = 'states' AND SubjectId = 'KAZ' AND Version = 1",
                [
                    "Change: the version before version 2 of states/KAZ is missing.",
                    "StateHistory: version 1 of states/KAZ is on record and not in the change log.",
                ]
            ),
            (
                "a version that was made twice",
                "UPDATE Change SET Version = 2 WHERE Collection = 'states' AND SubjectId = 'KAZ' AND Version = 3",
                ["Change: version 2 of states/KAZ was made by 2 changes."]
            ),
            (
                "periods of the history that overlap",
                "UPDATE StateHistory SET RecordedUntil = '9000-01-01T00:00:00.000000Z' WHERE Code = 'KAZ' AND Version = 1",
                ["StateHistory: version 1 of states/KAZ does not end when the next one begins."]
            ),
            (
                "a period of the history with a gap before the current version",
                "UPDATE StateHistory SET RecordedUntil = RecordedFrom WHERE Code = 'KAZ' AND Version = 2",
                ["StateHistory: version 2 of states/KAZ does not end when the next one begins."]
            ),
            (
                "a period that goes on after the deletion",
                "UPDATE MinisterHistory SET RecordedUntil = '9000-01-01T00:00:00.000000Z' WHERE Id = 'gone'",
                ["MinisterHistory: version 1 of ministers/gone does not end when the record was deleted."]
            ),
            (
                "a record that is missing",
                "DELETE FROM Minister WHERE Id = 'twice'",
                ["Minister: version 5 of ministers/twice is in the change log and not on record."]
            ),
            (
                "a record that is in the history alone",
                """
                INSERT INTO MinisterHistory SELECT m.*, '9000-01-01T00:00:00.000000Z' FROM Minister m WHERE m.Id = 'twice';
                DELETE FROM Minister WHERE Id = 'twice'
                """,
                ["Minister: ministers/twice is in the change log with version 5, its last one, and has no current row."]
            ),
            (
                "a record of a former version",
                "UPDATE State SET Version = 2 WHERE Code = 'KAZ'",
                ["State: states/KAZ is on record with version 2, and the change log goes on to version 3."]
            ),
            (
                "a record with other contents than the log",
                "UPDATE State SET Record = REPLACE(Record, 'Kazakhstan', 'Kazakstan') WHERE Code = 'KAZ'",
                ["State: version 3 of states/KAZ is not as the change log has it."]
            ),
            (
                "a record that is no JSON",
                "UPDATE State SET Record = 'KAZ' WHERE Code = 'KAZ'",
                ["State: the record of states/KAZ cannot be read: "]
            ),
            (
                "a column that is not what the record says",
                "UPDATE State SET SortName = 'aaa' WHERE Code = 'KAZ'",
                ["State: the column SortName of states/KAZ is not what its record says."]
            ),
            (
                "a row of a part that is not what the record says",
                "UPDATE Standing SET Kind = 'observer' WHERE MembershipId = 'cica.kaz'",
                ["Standing: the rows of memberships/cica.kaz are not what its record says."]
            ),
            (
                "a row of a part of another version",
                "UPDATE Standing SET Version = 7 WHERE MembershipId = 'cica.kaz'",
                ["Standing: 1 rows of memberships/cica.kaz are those of version 7, which is not the current one."]
            ),
            (
                "an archived row of a part of no version",
                "UPDATE StandingHistory SET Version = 7 WHERE MembershipId = 'cica.tkm'",
                ["StandingHistory: 1 rows of memberships/cica.tkm are not those of its version 7."]
            ),
            (
                "a reference to nothing",
                "UPDATE Forum SET SeatCountry = 'XXX' WHERE Code = 'CICA'",
                ["Forum: SeatCountry of the row CICA is 'XXX', and there is no such row in State."]
            ),
            (
                "a reference to nothing from a table without row numbers",
                "UPDATE Citation SET SourceId = 'nothing' WHERE CitingRecord = 'memberships/cica.lka'",
                [
                    "Citation: SourceId of the row memberships/cica.lka/nothing is 'nothing', and there is no such row in Source.",
                    "Citation: the sources that memberships/cica.lka cites are not what its record says.",
                ]
            ),
            (
                "a name that is missing in the index",
                "DELETE FROM SearchName WHERE RecordKey = 'states/KAZ'",
                ["SearchName: the names of states/KAZ are not what its record says."]
            ),
            (
                "a script that has not run",
                "DELETE FROM SchemaVersions WHERE ScriptName LIKE '0005%'",
                ["SchemaVersions: 0005_ministers is missing, and later scripts have run."]
            ),
            (
                "another database",
                "DROP TABLE SchemaVersions",
                ["SchemaVersions: there is no such table, so this is no database of a registry."]
            ),
        }.Select(damage => new TestCaseData(damage.Sql, damage.Findings).SetArgDisplayNames(damage.Name));

    [OneTimeSetUp]
    public static async Task A_registry_with_a_history()
    {
        await using var app = await RegistryApp.StartAsync(
            await TestDatabases.TakeUntouchedAsync(Engine.Sqlite),
            withCatalogue: true
        );
        await (await app.PatchAsync("/v1/states/KAZ", new { region = "europe" })).OkAsync();
        await (await app.PatchAsync("/v1/states/KAZ", new { region = "asia" })).OkAsync();
        await (
            await app.StepAsync(
                "cica.tkm",
                new
                {
                    step = "accede",
                    standing = "member",
                    from = "2026-05",
                }
            )
        ).CreatedAsync();
        await app.EstablishMinisterAsync("gone");
        await app.DeleteAsync("/v1/ministers/gone");
        await app.EstablishMinisterAsync("twice");
        await (await app.PatchAsync("/v1/ministers/twice", new { born = "1970" })).OkAsync();
        await app.DeleteAsync("/v1/ministers/twice");
        await app.PostAsync("/v1/ministers/twice/restore", new { });
        await (await app.PatchAsync("/v1/ministers/twice", new { born = "1971" })).OkAsync();
        var outcome = (string?)(await app.ReadAsync("/v1/outcomes?limit=1"))["items"]![0]!["id"];
        await app.DraftAsync(
            "fulfilment",
            new
            {
                steps = new[]
                {
                    new
                    {
                        status = "adopted",
                        on = "2026-06",
                        fulfils = new[] { outcome },
                    },
                },
            }
        );
        using var tools = new BackupTools(new SqliteConnectionStringBuilder(app.Database.ConnectionString).DataSource);
        await tools.BackUpAsync(Template);
    }

    [OneTimeTearDown]
    public static void Clean_up() => Directory.Delete(Folder, recursive: true);

    [SetUp]
    public void A_copy() => File.Copy(Template, _file);

    [Test]
    public async Task Nothing_is_found_in_what_the_program_wrote()
    {
        var (exit, output) = await BackupTools.RunAsync(_file, "verify");

        Assert.That(exit, Is.Zero, output);
        Assert.That(output, Does.StartWith("No damage was found: "));
    }

    [TestCaseSource(nameof(Damages))]
    public async Task Damage_is_told_with_its_table_and_record(string sql, string[] findings)
    {
        await DamageAsync(sql);

        var found = await FindingsAsync();

        foreach (var finding in findings)
        {
            Assert.That(found, Has.Some.Contains(finding), string.Join('\n', found));
        }

        Assert.That(found, Has.All.Match(@"^\w[\w ]*: .+\.$"));
    }

    [TestCaseSource(nameof(Parts))]
    public async Task A_missing_row_of_any_part_is_found(string table)
    {
        var part = PartTables.Single(part => part.Name == table);
        var id = await FirstAsync(part);
        await DamageAsync($"DELETE FROM {table} WHERE {part.IdColumn} = '{id}'");

        var found = await FindingsAsync();

        Assert.That(found, Has.Some.StartsWith($"{table}: {part.Collection}/{id} has 0 rows instead of the "));
    }

    [TestCaseSource(nameof(Kinds))]
    public async Task A_missing_record_of_any_collection_is_found(string collection)
    {
        var main = RecordKinds.Of(collection).Main;
        var id = await FirstAsync(main);
        await DamageAsync($"DELETE FROM {main.Name} WHERE {main.IdColumn} = '{id}'");

        var found = await FindingsAsync();

        Assert.That(found, Has.Some.StartsWith($"{main.Name}: version ").And.Some.Contains($" of {collection}/{id} "));
    }

    [Test]
    public async Task Flipped_bytes_of_a_page_are_found()
    {
        var content = await File.ReadAllBytesAsync(_file);
        var place = content.AsSpan().IndexOf(Encoding.UTF8.GetBytes("\"id\":\"cica.lka\"")) / PageSize * PageSize;
        for (var at = 0; at < 64; at++)
        {
            content[place + at] ^= 0x5A;
        }

        await File.WriteAllBytesAsync(_file, content);

        var (exit, output) = await BackupTools.RunAsync(_file, "verify");

        Assert.That(exit, Is.EqualTo(4), output);
        Assert.That(output, Does.Contain("The file: "));
    }

    [TestCase(0)]
    [TestCase(100)]
    public async Task A_file_that_cannot_be_opened_is_damaged(int place)
    {
        var content = await File.ReadAllBytesAsync(_file);
        content.AsSpan(place, 64).Fill(0xA5);
        await File.WriteAllBytesAsync(_file, content);

        Assert.That(await FindingsAsync(), Has.Some.StartsWith("The file: "));
    }

    [Test]
    public async Task The_exit_code_of_the_command_says_damage_and_the_file_stays_as_it_is()
    {
        await DamageAsync("UPDATE ChangeCounter SET Sequence = Sequence + 5");
        var before = await File.ReadAllBytesAsync(_file);

        var (exit, output) = await BackupTools.RunAsync("/no/such.db", "verify", _file);

        Assert.That(exit, Is.EqualTo(4), output);
        Assert.That(output, Does.Contain("ChangeCounter: it is at "));
        Assert.That(await File.ReadAllBytesAsync(_file), Is.EqualTo(before));
    }

    [Test]
    public async Task A_database_of_a_newer_version_is_not_judged()
    {
        await DamageAsync("INSERT INTO SchemaVersions (ScriptName, Applied) VALUES ('9999_future.sql', '2030-01-01')");

        var (exit, output) = await BackupTools.RunAsync(_file, "verify");

        Assert.That(exit, Is.EqualTo(3), output);
        Assert.That(output, Does.Contain("9999_future"));
    }

    [Test]
    public async Task A_database_of_an_older_version_is_verified_as_far_as_its_pages()
    {
        var newest = Migrator.ScriptsOf(new SqliteDialect())[^1].Name;
        await DamageAsync($"DELETE FROM SchemaVersions WHERE ScriptName = '{newest}'");

        var (exit, output) = await BackupTools.RunAsync(_file, "verify");

        Assert.That(exit, Is.Zero, output);
        Assert.That(output, Does.Contain("records not verified").And.Contain(Path.GetFileNameWithoutExtension(newest)));
    }

    [Test]
    public async Task A_file_that_does_not_exist_is_said_so()
    {
        var (exit, output) = await BackupTools.RunAsync(Path.Combine(Folder, "nothing.db"), "verify");

        Assert.That(exit, Is.EqualTo(3), output);
        Assert.That(Path.Combine(Folder, "nothing.db"), Does.Not.Exist);
    }

    private async Task<string> FirstAsync(RecordTable table)
    {
        await using var connection = new SqliteConnection(BackupTools.Unguarded(_file));
        return await connection.QueryFirstAsync<string>($"SELECT MAX({table.IdColumn}) FROM {table.Name}");
    }

    private async Task DamageAsync(string sql)
    {
        await using var connection = new SqliteConnection(BackupTools.Unguarded(_file));
        await connection.OpenAsync();
        var before = await connection.ExecuteScalarAsync<long>("SELECT total_changes()");
        await connection.ExecuteAsync(sql);
        Assert.That(
            sql.StartsWith("DROP", StringComparison.Ordinal)
                || await connection.ExecuteScalarAsync<long>("SELECT total_changes()") > before,
            "There is nothing to damage."
        );
    }

    private async Task<IReadOnlyList<string>> FindingsAsync()
    {
        using var tools = new BackupTools(_file);
        return (await tools.VerifyAsync(_file)).Findings;
    }
}
