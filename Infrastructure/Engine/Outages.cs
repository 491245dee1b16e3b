using System.Net.Sockets;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace Registry.Infrastructure.Engine;

/// <summary>
/// Tells errors of a database that cannot serve now from defects of this program: the one place where error numbers of the
/// drivers are listed.
/// </summary>
/// <remarks>
/// What passes by itself, or by the hand of an operator, is an outage: the server is down, starting, failing over, throttling
/// or out of room; the connection broke; a lock was not had in time. What would come again however often the same statement
/// is sent, such as a statement that does not parse, is a defect.
/// </remarks>
internal static class Outages
{
    /// <summary>From this severity on, SQL Server has ended the connection (Transact-SQL, database engine error severities).</summary>
    private const byte ConnectionEnded = 20;

    /// <summary>
    /// Error numbers of SQL Server and Azure SQL. The list that SqlClient itself calls transient
    /// (SqlConfigurableRetryFactory) is the base; numbers of the network are those of Windows and of Linux.
    /// </summary>
    private static readonly HashSet<int> OfServer =
    [
        // The way there: timeout, no such server, refused, reset, broken, cut off.
        .. (int[])
            [-2, -1, 0, 2, 11, 17, 20, 26, 35, 40, 53, 64, 109, 110, 111, 113, 121, 232, 233, 258, 997, 1225, 1236],
        .. (int[])[10051, 10053, 10054, 10060, 10061, 10065, 11001, 11002, 11004],
        // The server pauses, shuts down, starts, or takes no login now.
        .. (int[])
            [596, 6001, 6002, 6004, 6005, 6006, 17142, 17143, 17147, 17148, 17188, 17189, 17197, 17300, 17809, 18401],
        .. (int[])[18451, 18456, 18461],
        // The database is not there, not recovered, being restored, offline, in single use or read only.
        .. (int[])
            [904, 921, 922, 923, 924, 926, 927, 941, 942, 945, 946, 952, 954, 955, 956, 958, 3906, 4060, 4064, 5064],
        .. (int[])[9001],
        // A replica of an availability group that does not serve, or not yet, or not any more.
        .. (int[])[615, 976, 978, 979, 980, 981, 982, 983, 984, 985, 987, 988, 4221, 35205, 35206, 35250, 41131, 41142],
        // Memory, locks, versions, workers and room.
        .. (int[])
            [701, 802, 844, 845, 846, 847, 1101, 1105, 1202, 1203, 1204, 1205, 1211, 1221, 1222, 3952, 3957, 3958],
        .. (int[])[3960, 3961, 3966, 3967, 3989, 8628, 8645, 8651, 9002, 10930, 10936],
        // A page could not be read, or not be read in time.
        .. (int[])[823, 824, 825, 829, 833],
        // Tables in memory: conflicts of transactions, and their room.
        .. (int[])[41300, 41301, 41302, 41305, 41325, 41823, 41839, 41840],
        // Azure SQL: failing over, throttling, at a limit, waking up.
        .. (int[])
            [10928, 10929, 14355, 40020, 40143, 40166, 40197, 40501, 40540, 40544, 40549, 40550, 40551, 40552, 40553],
        .. (int[])[40613, 40615, 40627, 40648, 40671, 40675, 40806, 40918, 42108, 42109, 45168, 45169, 49510, 49918],
        .. (int[])[49919, 49920, 49975, 49977, 49983],
    ];

    /// <summary>True for an error that the database made because it cannot serve now, also where another one is around it.</summary>
    /// <param name="error">What was thrown.</param>
    /// <param name="caller">
    /// The token by which the caller gives up: where somebody else called the work off, it was the driver. Null where the work
    /// has its own.
    /// </param>
    public static bool Has(Exception error, CancellationToken? caller = null) =>
        Within(error).Any(each => IsOutage(each, caller));

    /// <summary>True where an outage comes of a disk, or a share of one, that has no room left.</summary>
    public static bool IsFull(Exception error) =>
        Within(error)
            .Any(each =>
                each
                    // FULL; IOERR_SHMSIZE is what it is called where the index of the log cannot grow.
                    is SqliteException { SqliteErrorCode: 13 }
                        or SqliteException { SqliteExtendedErrorCode: 4874 }
                || each is SqlException server && Numbers(server).Any(number => number is 1101 or 1105 or 9002 or 40544)
            );

    /// <summary>The damage that an error found in the file itself; null where it found none.</summary>
    /// <remarks>A server keeps watch over its own pages, and its operators over the server.</remarks>
    public static Exception? DamageIn(Exception error) =>
        // CORRUPT, NOTADB.
        Within(error).FirstOrDefault(each => each is SqliteException { SqliteErrorCode: 11 or 26 });

    private static bool IsOutage(Exception error, CancellationToken? caller) =>
        error switch
        {
            // PERM, BUSY, LOCKED, NOMEM, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, PROTOCOL, NOTADB.
            SqliteException { SqliteErrorCode: 3 or 5 or 6 or 7 or 8 or 10 or 11 or 13 or 14 or 15 or 26 } => true,
            SqlException server => server.Class >= ConnectionEnded || Numbers(server).Any(OfServer.Contains),
            // What drivers throw where a connection breaks at a place that they did not expect it to.
            SocketException or IOException or ObjectDisposedException or TimeoutException => true,
            OperationCanceledException => caller is { IsCancellationRequested: false },
            _ => false,
        };

    /// <summary>The error and those that it was made of: Dapper, DbUp and tasks put their own around what they catch.</summary>
    private static IEnumerable<Exception> Within(Exception error)
    {
        yield return error;
        var inner = error is AggregateException several ? several.InnerExceptions : [error.InnerException!];
        foreach (var each in inner.Where(each => each is not null).SelectMany(Within))
        {
            yield return each;
        }
    }

    /// <summary>A server says more than one thing at once, and not always the telling one first.</summary>
    private static IEnumerable<int> Numbers(SqlException error) =>
        error.Errors.Cast<SqlError>().Select(each => each.Number).Append(error.Number);
}
