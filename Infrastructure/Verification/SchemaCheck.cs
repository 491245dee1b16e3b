using Registry.Infrastructure.Engine.Dialects;
using Registry.Infrastructure.Engine.Startup;

namespace Registry.Infrastructure.Verification;

/// <summary>Compares the schema of a database with that of the program, by the scripts that have migrated it.</summary>
/// <param name="IsCurrent">True when the program can verify the contents.</param>
/// <param name="Findings">The findings.</param>
/// <param name="Note">Why the contents are not verified, or null.</param>
internal sealed record SchemaCheck(bool IsCurrent, IReadOnlyList<string> Findings, string? Note)
{
    private const string Journal = "SchemaVersions";

    /// <exception cref="NewerDatabaseException">A newer version of the program has migrated the database.</exception>
    public static async Task<SchemaCheck> RunAsync(SqlDialect dialect, SnapshotReader reading)
    {
        if (
            dialect.IsEmbedded
            && (await reading.TextsAsync(Migrator.TablesOfFile, int.MaxValue)).Contains(Journal) is false
        )
        {
            return new(false, [$"{Journal}: there is no such table, so this is no database of a registry."], null);
        }

        var run = await reading.TextsAsync(Migrator.ScriptsRun, int.MaxValue);
        string[] known = [.. Migrator.ScriptsOf(dialect).Select(script => script.Name)];
        if (run.Except(known).Max(StringComparer.Ordinal) is { } newer)
        {
            throw new NewerDatabaseException(VersionOf(newer), VersionOf(known[^1]));
        }

        var last = run.Max(StringComparer.Ordinal);
        string[] missing =
        [
            .. known
                .TakeWhile(script => StringComparer.Ordinal.Compare(script, last) < 0)
                .Except(run)
                .Select(script => $"{Journal}: {VersionOf(script)} is missing, and later scripts have run."),
        ];
        return missing.Length > 0 ? new(false, missing, null)
            : last == known[^1] ? new(true, [], null)
            : new(
                false,
                [],
                $"The database has the schema {(last is null ? "of no version" : VersionOf(last))}, and this version of the program "
                    + $"has {VersionOf(known[^1])}: it is migrated when the program starts on it, and its records can be verified then."
            );
    }

    private static string VersionOf(string script) => Path.GetFileNameWithoutExtension(script);
}
