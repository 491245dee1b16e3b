namespace Registry.Api.Startup;

/// <summary>What the program tells the script that started it.</summary>
internal static class ExitCodes
{
    /// <summary>All was done; also where the program served and was asked to stop.</summary>
    public const int Done = 0;

    /// <summary>Rows of an import were refused.</summary>
    public const int RowsRefused = 1;

    /// <summary>The arguments, a setting or the file to import cannot be meant.</summary>
    public const int Misread = 2;

    /// <summary>The database, the address to serve at or a file is out of reach, or the command was broken off.</summary>
    public const int NotDone = 3;
}
