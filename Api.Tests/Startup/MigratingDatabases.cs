using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using Registry.Api.Tests.Support;
using Registry.Infrastructure.Engine.Dialects;
using Registry.Infrastructure.Engine.Startup;

namespace Registry.Api.Tests.Startup;

/// <summary>The command migrate, and starts of a program that may not migrate.</summary>
public sealed class MigratingDatabases
{
    private const int Pending = 5;
    private const int NotDone = 3;

    private static IReadOnlyList<(string Name, string Text)> Scripts => Migrator.ScriptsOf(new SqliteDialect());

    [Test]
    public async Task Check_names_what_is_pending_and_changes_nothing()
    {
        var file = TestDatabases.NewPath();

        var (code, told) = await RunAsync(file, "migrate", "--check");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(Pending));
            Assert.That(told.Split('\n'), Is.EqualTo(Scripts.Select(script => script.Name)));
            Assert.That(File.Exists(file), Is.False);
        }
    }

    [TestCase("migrate")]
    [TestCase("migrate", "--apply")]
    public async Task Applying_brings_the_schema_up_to_date_and_writes_no_records(params string[] command)
    {
        var file = TestDatabases.NewPath();

        var (code, told) = await RunAsync(file, command);
        var (again, nothing) = await RunAsync(file, command);
        var (check, pending) = await RunAsync(file, "migrate", "--check");

        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((code, told), Is.EqualTo((0, $"{Scripts.Count} scripts have run. The schema is up to date.")));
            Assert.That((again, nothing), Is.EqualTo((0, "The schema is up to date.")));
            Assert.That((check, pending), Is.EqualTo((0, "")));
            Assert.That(connection.ExecuteScalar<int>("SELECT COUNT(*) FROM Change"), Is.Zero);
            Assert.That(connection.ExecuteScalar<int>("SELECT COUNT(*) FROM MigrationHash"), Is.EqualTo(Scripts.Count));
        }
    }

    [Test]
    public async Task The_text_of_the_scripts_makes_the_same_schema()
    {
        var (code, text) = await RunAsync(TestDatabases.NewPath(), "migrate", "--script");
        var (made, applied) = (TestDatabases.NewPath(), TestDatabases.NewPath());
        await RunAsync(applied, "migrate");
        await using (var connection = new SqliteConnection($"Data Source={made};Pooling=False"))
        {
            await connection.ExecuteAsync(text);
        }

        var (check, pending) = await RunAsync(made, "migrate", "--check");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.Zero);
            Assert.That((check, pending), Is.EqualTo((0, "")));
            Assert.That(SchemaOf(made), Is.Not.Empty.And.EqualTo(SchemaOf(applied)));
        }
    }

    [Test]
    public void For_a_server_the_text_of_the_scripts_is_transact_sql()
    {
        var dialect = new SqlServerDialect();
        var text = string.Concat(
            Migrator.ScriptsOf(dialect).Select(script => dialect.Scripted(script.Name, script.Text))
        );

        var script = (TSqlScript)
            new TSql160Parser(initialQuotedIdentifiers: true).Parse(new StringReader(text), out var errors);

        Assert.That(errors.Select(error => error.Message), Is.Empty);
        Assert.That(script.Batches, Has.Count.GreaterThanOrEqualTo(4 * Migrator.ScriptsOf(dialect).Count));
    }

    [Test]
    public async Task A_program_that_may_not_migrate_starts_on_an_up_to_date_database_alone()
    {
        var file = TestDatabases.NewPath();

        var (refused, told) = await RunAsync(file, "export", "--Database:Migrate=false");
        await RunAsync(file, "migrate", "--Database:Migrate=false");
        var (done, _) = await RunAsync(file, "export", "--Database:Migrate=false");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused, Is.EqualTo(NotDone));
            Assert.That(told, Does.Contain("0001_ledger").And.Contain("command migrate"));
            Assert.That(done, Is.Zero);
        }
    }

    [Test]
    public async Task A_script_that_has_run_with_another_text_is_noticed()
    {
        var file = TestDatabases.NewPath();
        await RunAsync(file, "migrate");
        await using (var connection = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            await connection.ExecuteAsync(
                "UPDATE MigrationHash SET Hash = 'other' WHERE ScriptName = '0007_chairmanships.sql'"
            );
        }

        var (code, told) = await RunAsync(file, "export");

        Assert.That(code, Is.EqualTo(NotDone));
        Assert.That(told, Does.Contain("0007_chairmanships").And.Contain("another text"));
    }

    [Test]
    public async Task An_older_database_gets_its_hashes_with_the_next_migration()
    {
        var file = TestDatabases.NewPath();
        await RunAsync(file, "migrate");
        await using (var connection = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            await connection.ExecuteAsync(
                "DROP TABLE MigrationHash; DELETE FROM SchemaVersions WHERE ScriptName = '0021_hashes.sql'"
            );
        }

        await RunAsync(file, "migrate");

        await using var migrated = new SqliteConnection($"Data Source={file};Pooling=False");
        Assert.That(migrated.ExecuteScalar<int>("SELECT COUNT(*) FROM MigrationHash"), Is.EqualTo(Scripts.Count));
    }

    [Test]
    public async Task Only_one_of_the_options_can_be_given()
    {
        var (code, told) = await RunAsync(TestDatabases.NewPath(), "migrate", "--check", "--apply");

        Assert.That(code, Is.EqualTo(2));
        Assert.That(told, Does.Contain("Only one of"));
    }

    private static string[] SchemaOf(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        return
        [
            .. connection.Query<string>(
                "SELECT sql FROM sqlite_master WHERE name NOT LIKE '%SchemaVersions%' AND sql IS NOT NULL ORDER BY name"
            ),
        ];
    }

    private static async Task<(int Code, string Told)> RunAsync(string file, params string[] arguments)
    {
        await using var process = RegistryProcess.Run([.. arguments, $"--ConnectionStrings:Sqlite=Data Source={file}"]);
        return (await process.ExitCodeAsync(), process.Output.Trim());
    }
}
