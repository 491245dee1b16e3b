using Dapper;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.Logging;
using Registry.Domain;
using Registry.Infrastructure.Engine.Startup;

namespace Registry.Infrastructure.Engine.Connections;

/// <summary>Ensures that a server supports snapshots, on which reads of several statements rely.</summary>
internal static class Snapshots
{
    /// <summary>Snapshot isolation transaction failed because snapshot isolation is not allowed in this database.</summary>
    private const int NotAllowed = 3952;

    private const string Allow = "ALTER DATABASE CURRENT SET ALLOW_SNAPSHOT_ISOLATION ON";

    private const string ReadersWait = """
        SELECT COUNT(*) FROM sys.databases WHERE name = DB_NAME() AND is_read_committed_snapshot_on = 0
        """;

    /// <summary>Enables snapshot isolation when it is off, and warns when readers wait for writers.</summary>
    /// <exception cref="BusyException">It is off, and the login may not enable it.</exception>
    public static void Require(RegistryDatabase database, ILogger log)
    {
        if (database.Dialect.IsEmbedded)
        {
            return;
        }

        using var connection = database.Open(writes: true);
        if (!AreAllowed(database, connection))
        {
            try
            {
                connection.Execute(Allow);
            }
            catch (SqlException refused)
            {
                throw new BusyException(
                    new InvalidOperationException(
                        $"Snapshot isolation is not enabled. A login with that permission has to run: {Allow}",
                        refused
                    )
                );
            }
        }

        if (connection.ExecuteScalar<int>(ReadersWait) > 0)
        {
            log.LogWarning(
                "READ_COMMITTED_SNAPSHOT is off, so that every reader waits for every writer. While nobody else is "
                    + "connected, run: ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON"
            );
        }
    }

    private static bool AreAllowed(RegistryDatabase database, System.Data.Common.DbConnection connection)
    {
        try
        {
            connection.Execute(database.Dialect.BeginReading);
            connection.ExecuteScalar<long>(Migrator.Probe);
            return true;
        }
        catch (SqlException refused) when (refused.Number == NotAllowed)
        {
            return false;
        }
        finally
        {
            connection.Execute(database.Dialect.EndReading);
        }
    }
}
