using System.Data.Common;
using Dapper;
using Microsoft.Extensions.Logging;
using Registry.Domain;

namespace Registry.Infrastructure.Engine.Startup;

/// <summary>Lets one process at a time migrate and fill a database, so that several can start at once.</summary>
/// <remarks>
/// For an SQLite file, the lock is a locked file, which the operating system releases when a process dies. On SQL
/// Server it is an application lock of a session, which the server releases when the connection ends. The statements of a start
/// have time limits, so that the process with the lock makes progress or fails: the others wait for it without a limit.
/// </remarks>
public sealed class StartupLock : IAsyncDisposable
{
    private const string TakeApplicationLock = """
        DECLARE @Answer INT, @Name NVARCHAR(255);
        SET @Name = CONCAT('registry-startup ', DB_NAME());
        EXEC @Answer = sp_getapplock @Resource = @Name, @LockMode = 'Exclusive', @LockOwner = 'Session', @LockTimeout = 10000;
        SELECT @Answer;
        """;

    private const string FreeApplicationLock = """
        DECLARE @Name NVARCHAR(255);
        SET @Name = CONCAT('registry-startup ', DB_NAME());
        EXEC sp_releaseapplock @Resource = @Name, @LockOwner = 'Session';
        """;

    /// <summary>EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION of Windows.</summary>
    private static readonly int[] Held = [11, 35, unchecked((int)0x80070020), unchecked((int)0x80070021)];

    /// <summary>The answer of sp_getapplock that another session has the lock.</summary>
    private const int NotInTime = -1;

    /// <summary>The time after which the log tells that the start waits, again and again.</summary>
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(10);

    private readonly IAsyncDisposable _held;

    private StartupLock(IAsyncDisposable held) => _held = held;

    /// <summary>Waits for the lock, as long as another process holds it.</summary>
    /// <exception cref="BusyException">
    /// The file cannot be locked, or the server is not available.
    /// </exception>
    public static async Task<StartupLock> TakeAsync(
        RegistryDatabase database,
        TimeProvider clock,
        ILogger log,
        CancellationToken cancellationToken
    ) =>
        new(
            database.File is { } file
                ? await LockFileAsync(file, clock, log, cancellationToken)
                : await LockServerAsync(database, log, cancellationToken)
        );

    /// <summary>Releases the lock.</summary>
    public ValueTask DisposeAsync() => _held.DisposeAsync();

    private static async Task<FileStream> LockFileAsync(
        string file,
        TimeProvider clock,
        ILogger log,
        CancellationToken cancellationToken
    )
    {
        var path = Path.GetFullPath(file);
        MakeFolderOf(path);
        var told = clock.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream($"{path}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException error) when (Held.Contains(error.HResult))
            {
                if (clock.GetElapsedTime(told) >= Round)
                {
                    told = clock.GetTimestamp();
                    Tell(log);
                }

                await Task.Delay(TimeSpan.FromMilliseconds(50), clock, cancellationToken);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new BusyException(error);
            }
        }
    }

    private static void Tell(ILogger log) =>
        log.LogInformation("Another process is starting on this database; this one waits for it.");

    private static void MakeFolderOf(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BusyException(error);
        }

        if (Directory.Exists(path))
        {
            throw new BusyException(new IOException($"{path} is a folder."));
        }
    }

    private static async Task<ServerLock> LockServerAsync(
        RegistryDatabase database,
        ILogger log,
        CancellationToken cancellationToken
    )
    {
        DbConnection? connection = null;
        try
        {
            connection = await database.OpenAsync(writes: true, cancellationToken);
            while (true)
            {
                var answer = await connection.ExecuteScalarAsync<int>(TakeApplicationLock);
                if (answer >= 0)
                {
                    return new ServerLock(connection);
                }

                if (answer != NotInTime)
                {
                    throw new BusyException(
                        new InvalidOperationException($"The lock for the start could not be taken ({answer}).")
                    );
                }

                cancellationToken.ThrowIfCancellationRequested();
                Tell(log);
            }
        }
        catch (Exception error)
        {
            if (connection is not null)
            {
                await connection.DisposeAsync();
            }

            // Whatever the driver reports at this point, the database is not available.
            if (error is DbException)
            {
                throw new BusyException(error);
            }

            throw;
        }
    }

    private sealed class ServerLock(DbConnection connection) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            try
            {
                // A connection in the pool keeps its locks until it is used again.
                await connection.ExecuteAsync(FreeApplicationLock);
            }
            catch (Exception error) when (error is DbException or InvalidOperationException)
            {
                // The session has ended, and its locks with it.
            }
            finally
            {
                await connection.DisposeAsync();
            }
        }
    }
}
