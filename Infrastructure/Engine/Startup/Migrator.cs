using System.Data.Common;
using System.Reflection;
using Dapper;
using DbUp;
using DbUp.Engine;
using DbUp.Engine.Output;
using Microsoft.Extensions.Logging;
using Registry.Domain;
using Registry.Infrastructure.Engine.Connections;
using Registry.Infrastructure.Engine.Dialects;

namespace Registry.Infrastructure.Engine.Startup;

/// <summary>The database could not be migrated; it is as it was before.</summary>
public class MigrationException : Exception
{
    /// <param name="script">The name of the script, or null when it is unknown.</param>
    /// <param name="cause">The error of the database.</param>
    public MigrationException(string? script, Exception cause)
        : base($"{script ?? "A script"} failed: {cause.Message}", cause) { }

    private protected MigrationException(string message)
        : base(message) { }
}

/// <summary>The database was migrated by a newer version of the program, which this version may misread.</summary>
/// <param name="found">The last migration script of the database.</param>
/// <param name="known">The last migration script of the program.</param>
public sealed class NewerDatabaseException(string found, string known)
    : MigrationException(
        $"The database has the schema {found}, and this version of the program knows only {known}. Use the newer version."
    );

/// <summary>Migrates a database: runs, in the order of their names, the scripts that have not run yet.</summary>
public sealed class Migrator(RegistryDatabase database, ILogger<Migrator> log)
{
    /// <summary>A statement that succeeds on every migrated database.</summary>
    internal const string Probe = "SELECT COUNT(*) FROM SchemaVersions";

    /// <summary>Selects the name of the last script that has run.</summary>
    internal const string LastScript = "SELECT MAX(ScriptName) FROM SchemaVersions";

    /// <summary>The names of the scripts that have run.</summary>
    internal const string ScriptsRun = "SELECT ScriptName FROM SchemaVersions";

    /// <summary>The tables of an SQLite file.</summary>
    internal const string TablesOfFile = "SELECT name FROM sqlite_master WHERE type = 'table'";

    /// <summary>The scripts of a dialect, by name and text, in the order in which they run.</summary>
    public static IReadOnlyList<(string Name, string Text)> ScriptsOf(SqlDialect dialect)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var folder = $"{assembly.GetName().Name}.Migrations.{dialect.Name}.";
        return
        [
            .. assembly
                .GetManifestResourceNames()
                .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(name => (name[folder.Length..], Read(assembly, name))),
        ];
    }

    /// <summary>
    /// Runs the pending scripts. Only one process at a time may do so: see <see cref="StartupLock"/>.
    /// </summary>
    /// <exception cref="BusyException">The database is not available, full, or damaged.</exception>
    /// <exception cref="MigrationException">A script failed; the database is as it was before.</exception>
    public void Run()
    {
        try
        {
            RunScripts();
            Snapshots.Require(database, log);
        }
        catch (Exception error)
            when (error is not (RegistryException or MigrationException) && database.RefusalOf(error) is { } refusal)
        {
            throw refusal;
        }
    }

    private void RunScripts()
    {
        var scripts = ScriptsOf(database.Dialect);
        var run = ReadJournal();
        var known = scripts.Select(script => script.Name).ToHashSet(StringComparer.Ordinal);
        if (run.Except(known).Max(StringComparer.Ordinal) is { } newer)
        {
            throw new NewerDatabaseException(VersionOf(newer), VersionOf(scripts[^1].Name));
        }

        if (known.IsSubsetOf(run))
        {
            return;
        }

        var builder = database.Dialect.IsEmbedded
            ? DeployChanges.To.SqliteDatabase(database.ConnectionString)
            : DeployChanges.To.SqlDatabase(database.ConnectionString);

        // Databases of this program are empty or its own, so its scripts run as a whole or not at all.
        var result = builder
            .WithScripts(scripts.Select(script => new SqlScript(script.Name, script.Text)))
            .WithVariablesDisabled()
            .WithTransaction()
            .LogTo(new UpgradeLog(log))
            .Build()
            .PerformUpgrade();

        if (!result.Successful)
        {
            if (database.RefusalOf(result.Error) is { } refusal)
            {
                throw refusal;
            }

            throw new MigrationException(result.ErrorScript?.Name, result.Error);
        }
    }

    private static string VersionOf(string script) => Path.GetFileNameWithoutExtension(script);

    /// <summary>Reads only the journal: at nearly every start the database is up to date.</summary>
    private HashSet<string> ReadJournal()
    {
        try
        {
            using var connection = database.Open(writes: false);
            return connection.Query<string>(ScriptsRun).ToHashSet(StringComparer.Ordinal);
        }
        catch (DbException)
        {
            // There is no journal yet, or it cannot be read: running the scripts reports the reason.
            return [];
        }
    }

    private static string Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    private sealed class UpgradeLog(ILogger log) : IUpgradeLog
    {
        public void LogTrace(string format, params object[] args) => Write(LogLevel.Trace, format, args);

        public void LogDebug(string format, params object[] args) => Write(LogLevel.Debug, format, args);

        public void LogInformation(string format, params object[] args) => Write(LogLevel.Debug, format, args);

        public void LogWarning(string format, params object[] args) => Write(LogLevel.Warning, format, args);

        // The exception reports the same, in a sentence.
        public void LogError(string format, params object[] args) => Write(LogLevel.Debug, format, args);

        public void LogError(Exception ex, string format, params object[] args) =>
            Write(LogLevel.Debug, format, args, ex);

        private void Write(LogLevel level, string format, object[] args, Exception? error = null)
        {
            if (log.IsEnabled(level))
            {
                var text =
                    args.Length == 0
                        ? format
                        : string.Format(System.Globalization.CultureInfo.InvariantCulture, format, args);
                log.Log(level, error, "{Migration}", text);
            }
        }
    }
}
