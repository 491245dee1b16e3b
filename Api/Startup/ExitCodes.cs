namespace Registry.Api.Startup;

/// <summary>The exit codes of the program.</summary>
internal static class ExitCodes
{
    /// <summary>Success; also after serving until a stop was requested.</summary>
    public const int Done = 0;

    /// <summary>Rows of an import were refused.</summary>
    public const int RowsRefused = 1;

    /// <summary>The arguments, a setting or the file to import are invalid.</summary>
    public const int Misread = 2;

    /// <summary>
    /// The database, the address to serve at or a file is not available, the command was interrupted, or serving stopped although
    /// nobody asked for it.
    /// </summary>
    public const int NotDone = 3;

    /// <summary>The database or a backup is damaged.</summary>
    public const int Damaged = 4;

    /// <summary>Migrations of the database are pending.</summary>
    public const int Pending = 5;
}
