namespace Registry.Infrastructure.Engine.Startup;

/// <summary>The schema of the database is not the one of the program, and could not be brought up to date.</summary>
public class MigrationException : Exception
{
    /// <param name="script">The name of the script that failed, which changed nothing; null when it is unknown.</param>
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

/// <summary>A script has run on the database with another text than the one of this program.</summary>
/// <param name="script">The name of the script.</param>
public sealed class ChangedScriptException(string script)
    : MigrationException(
        $"The script {script} has run on this database with another text than this version of the program has, so the "
            + "schema may differ. Use the version that ran it, or restore a backup."
    );

/// <summary>Scripts have not run yet, and this process is not to run them (<c>Database:Migrate=false</c>).</summary>
/// <param name="pending">The names of the scripts.</param>
public sealed class PendingMigrationException(IReadOnlyList<string> pending)
    : MigrationException(
        $"The database lacks {string.Join(", ", pending)}. Run the command migrate with a login that may change the schema."
    );
