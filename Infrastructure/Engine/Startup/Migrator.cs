using System.Data.Common;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using DbUp;
using DbUp.Engine;
using DbUp.Engine.Output;
using Microsoft.Extensions.Logging;
using Registry.Domain;
using Registry.Infrastructure.Engine.Connections;
using Registry.Infrastructure.Engine.Dialects;

namespace Registry.Infrastructure.Engine.Startup;

/// <summary>Migrates a database: runs, in the order of their names, the scripts that have not run yet.</summary>
public sealed class Migrator(RegistryDatabase database, ILogger<Migrator> log)
{
    /// <summary>A statement that succeeds on every migrated database.</summary>
    internal const string Probe = "SELECT COUNT(*) FROM SchemaVersions";

    /// <summary>Selects the name of the last script that has run.</summary>
    internal const string LastScript = "SELECT MAX(ScriptName) FROM SchemaVersions";

    /// <summary>The names of the scripts that have run.</summary>
    internal const string ScriptsRun = "SELECT ScriptName FROM SchemaVersions";

    private const string Hashes = "SELECT ScriptName, Hash FROM MigrationHash";

    private const string InsertHash = "INSERT INTO MigrationHash (ScriptName, Hash) VALUES (@ScriptName, @Hash)";

    /// <summary>The script that makes the table of hashes.</summary>
    private const string HashScript = "0021_hashes.sql";

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

    /// <summary>The scripts that have not run yet, in order.</summary>
    /// <exception cref="NewerDatabaseException">The database has a script that the program does not know.</exception>
    /// <exception cref="ChangedScriptException">A script has run with another text.</exception>
    public IReadOnlyList<(string Name, string Text)> Pending()
    {
        var scripts = ScriptsOf(database.Dialect);
        var run = ReadJournal();
        var known = scripts.Select(script => script.Name).ToHashSet(StringComparer.Ordinal);
        if (run.Keys.Except(known).Max(StringComparer.Ordinal) is { } newer)
        {
            throw new NewerDatabaseException(VersionOf(newer), VersionOf(scripts[^1].Name));
        }

        foreach (var (name, text) in scripts)
        {
            if (run.GetValueOrDefault(name) is { } hash && hash != HashOf(text))
            {
                throw new ChangedScriptException(VersionOf(name));
            }
        }

        return [.. scripts.Where(script => !run.ContainsKey(script.Name))];
    }

    /// <summary>Verifies that every script has run, and changes nothing.</summary>
    /// <exception cref="BusyException">The database is not available, or does not support snapshots.</exception>
    /// <exception cref="MigrationException">The schema is another one.</exception>
    public void RequireUpToDate()
    {
        if (Pending() is { Count: > 0 } pending)
        {
            throw new PendingMigrationException([.. pending.Select(script => VersionOf(script.Name))]);
        }

        Snapshots.Require(database, log, mayChange: false);
    }

    /// <summary>
    /// Runs the pending scripts, each in a transaction of its own. Only one process at a time may do so: see
    /// <see cref="StartupLock"/>.
    /// </summary>
    /// <exception cref="BusyException">The database is not available, full, or damaged.</exception>
    /// <exception cref="MigrationException">
    /// A script failed and changed nothing; those before it have run. Or the schema is another one.
    /// </exception>
    public void Run()
    {
        if (Pending() is { Count: > 0 } pending)
        {
            RunScripts(pending);
        }

        NoteHashes();
        Snapshots.Require(database, log, mayChange: true);
    }

    /// <summary>The pending scripts as one text, for an administrator to read and run; empty when there are none.</summary>
    /// <remarks>Each is in a transaction with its entry in the journal.</remarks>
    public string ScriptPending()
    {
        var pending = Pending();
        return pending.Count == 0
            ? ""
            : string.Join('\n', pending.Select(script => database.Dialect.Scripted(script.Name, script.Text.Trim())));
    }

    private void RunScripts(IReadOnlyList<(string Name, string Text)> scripts)
    {
        var builder = database.Dialect.IsEmbedded
            ? DeployChanges.To.SqliteDatabase(database.ConnectionString)
            : DeployChanges.To.SqlDatabase(database.ConnectionString);
        var result = builder
            .WithScripts(scripts.Select(script => new SqlScript(script.Name, script.Text)))
            .WithVariablesDisabled()
            .WithTransactionPerScript()
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

    /// <summary>Notes the hashes of the scripts that have run, as far as they are not noted yet.</summary>
    private void NoteHashes()
    {
        var run = ReadJournal();
        var texts = ScriptsOf(database.Dialect);
        string[] missing = [.. run.Where(script => script.Value is null).Select(script => script.Key)];
        if (missing.Length == 0)
        {
            return;
        }

        using var connection = database.Open(writes: true);
        foreach (var (name, text) in texts.Where(script => missing.Contains(script.Name, StringComparer.Ordinal)))
        {
            connection.Execute(InsertHash, new { ScriptName = name, Hash = HashOf(text) });
        }
    }

    /// <summary>The hash of a script, whatever its ends of lines are.</summary>
    private static string HashOf(string text) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n"))));

    private static string VersionOf(string script) => Path.GetFileNameWithoutExtension(script);

    /// <summary>
    /// The scripts that have run, with their hashes as far as they are noted. Only this is read at nearly every start.
    /// </summary>
    private Dictionary<string, string?> ReadJournal()
    {
        if (database.File is { } file && !File.Exists(file))
        {
            // Opening it would create it.
            return [];
        }

        try
        {
            using var connection = database.Open(writes: false);
            var run = connection.Query<string>(ScriptsRun).ToArray();
            var hashes = run.Contains(HashScript, StringComparer.Ordinal)
                ? connection
                    .Query<(string Name, string Hash)>(Hashes)
                    .ToDictionary(row => row.Name, row => row.Hash, StringComparer.Ordinal)
                : [];
            return run.Distinct(StringComparer.Ordinal)
                .ToDictionary(name => name, hashes.GetValueOrDefault, StringComparer.Ordinal);
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
