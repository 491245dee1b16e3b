using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.RegularExpressions;
using Dapper;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Registry.Api.Tests.Contract;
using Registry.Api.Tests.Http;
using Registry.Infrastructure.Engine.Dialects;
using Registry.Infrastructure.Engine.Startup;

namespace Registry.Api.Tests.Support;

/// <summary>The database engines that the suite knows.</summary>
public enum Engine
{
    Sqlite,
    SqlServer,
}

/// <summary>A database for one test, with the setting that points the program at it.</summary>
public sealed record TestDatabase(Engine Engine, string ConnectionString)
{
    public string Setting => Engine == Engine.Sqlite ? "ConnectionStrings:Sqlite" : "ConnectionStrings:SqlServer";

    public DbConnection Connect() =>
        Engine == Engine.Sqlite ? new SqliteConnection(ConnectionString) : new SqlConnection(ConnectionString);
}

/// <summary>
/// Gives out databases that are migrated and empty. SQLite files are copies of one that was migrated once; databases
/// on a server are emptied and used again, because to make one takes long.
/// </summary>
internal static partial class TestDatabases
{
    private const string Variable = "REGISTRY_TEST_SQLSERVER";

    private static readonly string Folder = Directory.CreateTempSubdirectory("registry-tests-").FullName;
    private static readonly ConcurrentBag<TestDatabase> Free = [];
    private static readonly ConcurrentBag<string> Made = [];
    private static readonly Lazy<Task<string>> Template = new(() => MakeTemplateAsync(_ => Task.CompletedTask));
    private static readonly Lazy<Task<string>> SettledTemplate = new(() =>
        MakeTemplateAsync(WritingOperation.SettleAsync)
    );

    private static string? Server => Environment.GetEnvironmentVariable(Variable);

    /// <summary>Why no tests run on SQL Server; null where they do.</summary>
    public static string? WhyNoServer =>
        string.IsNullOrEmpty(Server) ? $"No SQL Server: {Variable} holds no connection string." : null;

    /// <summary>The engines that tests can run on here.</summary>
    public static IReadOnlyList<Engine> EnginesAtHand =>
        WhyNoServer is null ? Enum.GetValues<Engine>() : [Engine.Sqlite];

    public static async Task<TestDatabase> TakeAsync(Engine engine)
    {
        if (engine == Engine.SqlServer)
        {
            return Free.TryTake(out var used) ? used : await NewOnServerAsync();
        }

        return CopyOf(await Template.Value);
    }

    /// <summary>An SQLite file with something of every kind on record.</summary>
    public static async Task<TestDatabase> TakeSettledAsync() => CopyOf(await SettledTemplate.Value);

    /// <summary>A database that nobody has migrated, for tests of the start.</summary>
    public static async Task<TestDatabase> TakeUntouchedAsync(Engine engine) =>
        engine == Engine.Sqlite ? NewFile() : await NewOnServerAsync();

    /// <summary>Where a test may have a file of its own; all of them are removed at the end of the run.</summary>
    public static string NewPath() => Path.Combine(Folder, $"{Guid.NewGuid():N}.db");

    public static async Task GiveBackAsync(TestDatabase database)
    {
        if (database.Engine == Engine.SqlServer)
        {
            await using var connection = database.Connect();
            await connection.ExecuteAsync(EmptyEverything);
            Free.Add(database);
        }
        else
        {
            var file = new SqliteConnectionStringBuilder(database.ConnectionString).DataSource;
            foreach (var part in Directory.GetFiles(Folder, $"{Path.GetFileName(file)}*"))
            {
                File.Delete(part);
            }
        }
    }

    public static async Task DropAllAsync()
    {
        Directory.Delete(Folder, recursive: true);
        if (!string.IsNullOrEmpty(Server))
        {
            SqlConnection.ClearAllPools();
            await using var connection = new SqlConnection(Server);
            foreach (var name in Made)
            {
                await connection.ExecuteAsync($"DROP DATABASE {name}");
            }
        }
    }

    /// <summary>A table is made after those that it refers to.</summary>
    private static readonly string EmptyEverything = string.Join(
        '\n',
        Migrator
            .ScriptsOf(new SqlServerDialect())
            .SelectMany(script => MadeTables().Matches(script.Text))
            .Select(table => table.Groups["name"].Value)
            // The latter became ApiKey.
            .Where(name => name is not ("ChangeCounter" or "AccessKey" or "MigrationHash"))
            .Reverse()
            .Select(name => $"DELETE FROM {name};")
            .Append("UPDATE ChangeCounter SET Sequence = 0, Instant = '2000-01-01';")
    );

    [GeneratedRegex("CREATE TABLE (?<name>[A-Za-z]+)")]
    private static partial Regex MadeTables();

    private static TestDatabase NewFile() => new(Engine.Sqlite, $"Data Source={NewPath()};Pooling=False");

    private static async Task<TestDatabase> NewOnServerAsync()
    {
        var name = $"registry_test_{Guid.NewGuid():N}";
        await using (var connection = new SqlConnection(Server))
        {
            await connection.ExecuteAsync($"CREATE DATABASE {name}");
        }

        Made.Add(name);
        return new(Engine.SqlServer, new SqlConnectionStringBuilder(Server) { InitialCatalog = name }.ToString());
    }

    private static TestDatabase CopyOf(string template)
    {
        var database = NewFile();
        File.Copy(template, new SqliteConnectionStringBuilder(database.ConnectionString).DataSource);
        return database;
    }

    private static async Task<string> MakeTemplateAsync(Func<RegistryApp, Task> settle)
    {
        var database = NewFile();
        await using (var app = await RegistryApp.StartAsync(database))
        {
            // Starting is what migrates.
            await settle(app);
        }

        // A read in the background may have kept the log from being copied into the file when the program stopped.
        await using var connection = database.Connect();
        while (await connection.ExecuteScalarAsync<long>("PRAGMA wal_checkpoint(TRUNCATE)") != 0)
        {
            await Task.Delay(20);
        }

        return new SqliteConnectionStringBuilder(database.ConnectionString).DataSource;
    }
}

/// <summary>What stands around the whole run.</summary>
[SetUpFixture]
internal sealed class WholeRun
{
    [OneTimeTearDown]
    public async Task Clean_up()
    {
        await CatalogueTest.StopAllAsync();
        await Http.UnwrittenTest.StopAllAsync();
        await ParameterScene.StopAllAsync();
        await TestDatabases.DropAllAsync();
    }
}
