using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Registry.Api.Http.Bodies;
using Registry.Api.Tests.Support;
using Registry.Infrastructure;
using Registry.Infrastructure.Backups;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Provenance;
using Registry.Infrastructure.Verification;

namespace Registry.Api.Tests.Backups;

/// <summary>The effects of the commands, without a process for each.</summary>
internal sealed class BackupTools : IDisposable
{
    private readonly ServiceProvider _services;

    /// <param name="path">The database.</param>
    public BackupTools(string path) =>
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<RecordReader>(RecordJson.Read)
            .AddRegistryDatabase(_ => RegistryDatabase.Sqlite($"Data Source={path}"))
            .AddBackups(_ => new BackupSettings())
            .BuildServiceProvider();

    private RegistryDatabase Database => _services.GetRequiredService<RegistryDatabase>();

    /// <summary>The connection string of a file whose constraints the test may break.</summary>
    public static string Unguarded(string path) => $"Data Source={path};Pooling=False;Foreign Keys=False";

    public Task<WrittenBackup> BackUpAsync(string path) =>
        _services.GetRequiredService<BackupWriter>().WriteAsync(Database, path, false, CancellationToken.None);

    public Task<RestoredBackup> RestoreAsync(string backup) =>
        _services.GetRequiredService<Restoration>().RestoreAsync(Database, backup, false, CancellationToken.None);

    public Task<VerificationResult> VerifyAsync(string path) =>
        _services.GetRequiredService<Verifier>().VerifyAsync(path, CancellationToken.None);

    /// <summary>Runs a command of the program on a database.</summary>
    public static async Task<(int Exit, string Output)> RunAsync(string database, params string[] arguments)
    {
        await using var program = RegistryProcess.Run(
            arguments,
            ("ConnectionStrings:Sqlite", $"Data Source={database}"),
            ("Catalogue:Load", "false")
        );
        return (await program.ExitCodeAsync(), program.Output);
    }

    /// <summary>The ids of the ministers on record in a file.</summary>
    public static async Task<IReadOnlyList<string>> MinistersIn(string path)
    {
        await using var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        return [.. await Dapper.SqlMapper.QueryAsync<string>(connection, "SELECT Id FROM Minister ORDER BY Id")];
    }

    public void Dispose() => _services.Dispose();
}
