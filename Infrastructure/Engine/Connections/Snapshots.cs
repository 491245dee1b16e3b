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

    private const string ReadVersions = "ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH NO_WAIT";

    private const string ReadersWait = """
        SELECT COUNT(*) FROM sys.databases WHERE name = DB_NAME() AND is_read_committed_snapshot_on = 0
        """;

    /// <summary>
    /// Verifies that snapshot isolation is on and that readers do not wait for writers, and changes both when it may.
    /// </summary>
    /// <exception cref="BusyException">One of them is off, and could not be changed.</exception>
    public static void Require(RegistryDatabase database, ILogger log, bool mayChange)
    {
        if (database.Dialect.IsEmbedded)
        {
            return;
        }

        using var connection = database.Open(writes: true);
        if (!AreAllowed(database, connection))
        {
            Change("Snapshot isolation is not enabled.", Allow);
        }

        if (connection.ExecuteScalar<int>(ReadersWait) > 0)
        {
            Change("READ_COMMITTED_SNAPSHOT is off, so that every reader waits for every writer.", ReadVersions);
        }

        void Change(string reason, string statement)
        {
            var remedy =
                $"{reason} While nobody else is connected, a login with that permission has to run: {statement}";
            if (!mayChange)
            {
                throw new BusyException(new InvalidOperationException(remedy));
            }

            try
            {
                connection.Execute(statement);
                log.LogInformation("{Reason} It was changed: {Statement}", reason, statement);
            }
            catch (SqlException refused)
            {
                throw new BusyException(new InvalidOperationException(remedy, refused));
            }
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
