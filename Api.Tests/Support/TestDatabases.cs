using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

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
internal static class TestDatabases
{
    private const string Variable = "REGISTRY_TEST_SQLSERVER";

    private static readonly string Folder = Directory.CreateTempSubdirectory("registry-tests-").FullName;
    private static readonly ConcurrentBag<TestDatabase> Free = [];
    private static readonly ConcurrentBag<string> Made = [];
    private static readonly Lazy<Task<string>> Template = new(MakeTemplateAsync);

    private static string? Server => Environment.GetEnvironmentVariable(Variable);

    /// <summary>Skips the test, visibly, where its engine is not at hand.</summary>
    public static void RequireAtHand(Engine engine)
    {
        if (engine == Engine.SqlServer && string.IsNullOrEmpty(Server))
        {
            Assert.Ignore($"No SQL Server: {Variable} holds no connection string.");
        }
    }

    public static async Task<TestDatabase> TakeAsync(Engine engine)
    {
        if (engine == Engine.SqlServer)
        {
            return Free.TryTake(out var used) ? used : await NewOnServerAsync();
        }

        var database = NewFile();
        File.Copy(await Template.Value, new SqliteConnectionStringBuilder(database.ConnectionString).DataSource);
        return database;
    }

    /// <summary>A database that nobody has migrated, for tests of the start.</summary>
    public static async Task<TestDatabase> TakeUntouchedAsync(Engine engine) =>
        engine == Engine.Sqlite ? NewFile() : await NewOnServerAsync();

    public static async Task GiveBackAsync(TestDatabase database)
    {
        if (database.Engine == Engine.SqlServer)
        {
            await using var connection = database.Connect();
            foreach (var table in TablesChildrenFirst)
            {
                await connection.ExecuteAsync($"DELETE FROM {table}");
            }

            await connection.ExecuteAsync("UPDATE ChangeCounter SET Sequence = 0");
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

    private static readonly string[] TablesChildrenFirst =
    [
        "Change",
        "AccessKey",
        "StandingHistory",
        "Standing",
        "MembershipHistory",
        "Membership",
        "BodyHistory",
        "Body",
        "ForumStageHistory",
        "ForumStage",
        "ForumPredecessorHistory",
        "ForumPredecessor",
        "ForumIdentifierHistory",
        "ForumIdentifier",
        "ForumHistory",
        "Forum",
        "StatePredecessorHistory",
        "StatePredecessor",
        "StateIdentifierHistory",
        "StateIdentifier",
        "StateHistory",
        "State",
    ];

    private static TestDatabase NewFile() =>
        new(Engine.Sqlite, $"Data Source={Path.Combine(Folder, $"{Guid.NewGuid():N}.db")};Pooling=False");

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

    private static async Task<string> MakeTemplateAsync()
    {
        var database = NewFile();
        await using (await RegistryApp.StartAsync(database))
        {
            // Starting is what migrates.
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
        await TestDatabases.DropAllAsync();
    }
}
