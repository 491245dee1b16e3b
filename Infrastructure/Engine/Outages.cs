using System.Net.Sockets;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace Registry.Infrastructure.Engine;

/// <summary>Distinguishes outages of a database from defects of this program.</summary>
/// <remarks>
/// This is the only place that lists error numbers of the drivers. An outage ends by itself or by the action of an
/// operator: the server is down, starting, failing over, throttling or out of space; the connection broke; a lock timed
/// out. An error that the same statement would cause again, such as a syntax error, is a defect.
/// </remarks>
internal static class Outages
{
    /// <summary>
    /// The severity from which on SQL Server has closed the connection (Transact-SQL, database engine error
    /// severities).
    /// </summary>
    private const byte ConnectionEnded = 20;

    /// <summary>
    /// The error numbers of SQL Server and Azure SQL. The base is the list that SqlClient itself calls transient
    /// (SqlConfigurableRetryFactory); network errors are those of Windows and of Linux.
    /// </summary>
    private static readonly HashSet<int> OfServer =
    [
        // Network: timeout, unknown server, refused, reset, broken, aborted.
        .. (int[])
            [-2, -1, 0, 2, 11, 17, 20, 26, 35, 40, 53, 64, 109, 110, 111, 113, 121, 232, 233, 258, 997, 1225, 1236],
        .. (int[])[10051, 10053, 10054, 10060, 10061, 10065, 11001, 11002, 11004],
        // The server is paused, shutting down or starting, or accepts no logins now.
        .. (int[])
            [596, 6001, 6002, 6004, 6005, 6006, 17142, 17143, 17147, 17148, 17188, 17189, 17197, 17300, 17809, 18401],
        .. (int[])[18451, 18456, 18461],
        // The database is missing, not recovered, being restored, offline, in single-user mode or read-only.
        .. (int[])
            [904, 921, 922, 923, 924, 926, 927, 941, 942, 945, 946, 952, 954, 955, 956, 958, 3906, 4060, 4064, 5064],
        .. (int[])[9001],
        // A replica of an availability group that does not serve, not yet, or no longer.
        .. (int[])[615, 976, 978, 979, 980, 981, 982, 983, 984, 985, 987, 988, 4221, 35205, 35206, 35250, 41131, 41142],
        // Memory, locks, row versions, workers and disk space.
        .. (int[])
            [701, 802, 844, 845, 846, 847, 1101, 1105, 1202, 1203, 1204, 1205, 1211, 1221, 1222, 3952, 3957, 3958],
        .. (int[])[3960, 3961, 3966, 3967, 3989, 8628, 8645, 8651, 9002, 10930, 10936],
        // A page could not be read, or not in time.
        .. (int[])[823, 824, 825, 829, 833],
        // In-memory tables: transaction conflicts and their memory.
        .. (int[])[41300, 41301, 41302, 41305, 41325, 41823, 41839, 41840],
        // Azure SQL: failing over, throttling, at a limit, resuming.
        .. (int[])
            [10928, 10929, 14355, 40020, 40143, 40166, 40197, 40501, 40540, 40544, 40549, 40550, 40551, 40552, 40553],
        .. (int[])[40613, 40615, 40627, 40648, 40671, 40675, 40806, 40918, 42108, 42109, 45168, 45169, 49510, 49918],
        .. (int[])[49919, 49920, 49975, 49977, 49983],
    ];

    /// <summary>The outages of a server that are usually over within a second.</summary>
    private static readonly HashSet<int> Transient =
    [
        // The victim of a deadlock, a lock timeout, conflicts of row versions and of in-memory tables.
        .. (int[])[1204, 1205, 1222, 3960, 3961, 41301, 41302, 41305, 41325, 41839],
        // The connection was refused, reset, broken or ended.
        .. (int[])[0, 20, 64, 121, 233, 596, 997, 10053, 10054, 10060, 10061],
        // The database or its replica is failing over.
        .. (int[])[615, 926, 976, 978, 979, 982, 983, 987, 4060, 4221, 6005, 17142, 41131, 41142],
        // Azure SQL: failing over, throttling, at a limit, resuming.
        .. (int[])[10928, 10929, 10930, 10936, 40143, 40166, 40197, 40501, 40540, 40613, 42108, 42109, 49918, 49919],
        .. (int[])[49920],
    ];

    /// <summary>Errors that come after a timeout: the time of the caller is used up.</summary>
    private static readonly HashSet<int> Waited = [-2, 258];

    /// <summary>
    /// True for an error of a database that is not available now, also when another exception wraps it.
    /// </summary>
    /// <param name="error">The exception.</param>
    /// <param name="caller">
    /// The token of the caller: a cancellation without it came from the driver. Null when the work has its own token.
    /// </param>
    public static bool Has(Exception error, CancellationToken? caller = null) =>
        Within(error).Any(each => IsOutage(each, caller));

    /// <summary>True for an outage of a server that is usually over within a second, so that another attempt is worth its cost.</summary>
    public static bool IsTransient(Exception error) =>
        Within(error)
            .Any(each =>
                each is SocketException
                || each is SqlException server
                    && !Numbers(server).Any(Waited.Contains)
                    && (server.Class >= ConnectionEnded || Numbers(server).Any(Transient.Contains))
            );

    /// <summary>True when the cause of an outage is a full disk or a quota.</summary>
    public static bool IsFull(Exception error) =>
        Within(error)
            .Any(each =>
                each
                    // FULL; IOERR_SHMSIZE is the code when the index of the log cannot grow.
                    is SqliteException { SqliteErrorCode: 13 }
                        or SqliteException { SqliteExtendedErrorCode: 4874 }
                || each is SqlException server && Numbers(server).Any(number => number is 1101 or 1105 or 9002 or 40544)
            );

    /// <summary>True when SQLite ended a statement because it was told to.</summary>
    // INTERRUPT.
    public static bool IsInterruption(Exception error) =>
        Within(error).Any(each => each is SqliteException { SqliteErrorCode: 9 });

    /// <summary>Gets the damage that an error found in the file, or null when it found none.</summary>
    /// <remarks>A server checks its own pages, and its operators watch the server.</remarks>
    public static Exception? DamageIn(Exception error) =>
        // CORRUPT, NOTADB.
        Within(error).FirstOrDefault(each => each is SqliteException { SqliteErrorCode: 11 or 26 });

    private static bool IsOutage(Exception error, CancellationToken? caller) =>
        error switch
        {
            // PERM, BUSY, LOCKED, NOMEM, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, PROTOCOL, NOTADB.
            SqliteException { SqliteErrorCode: 3 or 5 or 6 or 7 or 8 or 10 or 11 or 13 or 14 or 15 or 26 } => true,
            SqlException server => server.Class >= ConnectionEnded || Numbers(server).Any(OfServer.Contains),
            // Exceptions of the drivers for connections that break at an unexpected place.
            SocketException or IOException or ObjectDisposedException or TimeoutException => true,
            OperationCanceledException => caller is { IsCancellationRequested: false },
            _ => false,
        };

    /// <summary>Lists the exception and its inner exceptions: Dapper, DbUp and tasks wrap what they catch.</summary>
    private static IEnumerable<Exception> Within(Exception error)
    {
        yield return error;
        var inner = error is AggregateException several ? several.InnerExceptions : [error.InnerException!];
        foreach (var each in inner.Where(each => each is not null).SelectMany(Within))
        {
            yield return each;
        }
    }

    /// <summary>A server reports several errors at once, and the relevant one is not always first.</summary>
    private static IEnumerable<int> Numbers(SqlException error) =>
        error.Errors.Cast<SqlError>().Select(each => each.Number).Append(error.Number);
}
