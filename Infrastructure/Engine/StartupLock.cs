using System.Data.Common;
using Dapper;
using Registry.Domain;

namespace Registry.Infrastructure.Engine;

/// <summary>
/// Lets one process at a time migrate and fill a database, so that several may be started at once.
/// Beside an SQLite file it is a locked file, which the system frees when a process dies; on SQL Server an
/// application lock of a session, which the server frees when the connection ends.
/// </summary>
public sealed class StartupLock : IAsyncDisposable
{
    private const string TakeApplicationLock = """
        DECLARE @Answer INT, @Name NVARCHAR(255);
        SET @Name = CONCAT('registry-startup ', DB_NAME());
        EXEC @Answer = sp_getapplock @Resource = @Name, @LockMode = 'Exclusive', @LockOwner = 'Session', @LockTimeout = 60000;
        SELECT @Answer;
        """;

    private const string FreeApplicationLock = """
        DECLARE @Name NVARCHAR(255);
        SET @Name = CONCAT('registry-startup ', DB_NAME());
        EXEC sp_releaseapplock @Resource = @Name, @LockOwner = 'Session';
        """;

    /// <summary>ENOSPC and EROFS where they are numbers of the system, ERROR_DISK_FULL and ERROR_WRITE_PROTECT on Windows.</summary>
    private static readonly int[] Unwritable = [28, 30, unchecked((int)0x80070070), unchecked((int)0x80070013)];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly IAsyncDisposable _held;

    private StartupLock(IAsyncDisposable held) => _held = held;

    /// <summary>Waits up to a minute for its turn.</summary>
    /// <exception cref="TimeoutException">Another process held the lock all the while.</exception>
    /// <exception cref="BusyException">Nothing can be written beside the file, or the server is out of reach.</exception>
    public static async Task<StartupLock> TakeAsync(
        RegistryDatabase database,
        TimeProvider clock,
        CancellationToken cancellationToken
    ) =>
        new(
            database.File is { } file
                ? await LockFileAsync(file, clock, cancellationToken)
                : await LockServerAsync(database, cancellationToken)
        );

    /// <summary>Lets the next process in.</summary>
    public ValueTask DisposeAsync() => _held.DisposeAsync();

    private static async Task<FileStream> LockFileAsync(
        string file,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var path = Path.GetFullPath(file);
        MakeFolderOf(path);
        var started = clock.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream($"{path}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (Exception error) when (error is UnauthorizedAccessException || Unwritable.Contains(error.HResult))
            {
                throw new BusyException(error);
            }
            catch (IOException) when (clock.GetElapsedTime(started) < Patience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), clock, cancellationToken);
            }
            catch (IOException error)
            {
                throw new TimeoutException($"Another process has been starting on {path} for a minute.", error);
            }
        }
    }

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
        CancellationToken cancellationToken
    )
    {
        DbConnection? connection = null;
        try
        {
            connection = await database.OpenAsync(writes: true, cancellationToken);
            if (await connection.ExecuteScalarAsync<int>(TakeApplicationLock, commandTimeout: 90) < 0)
            {
                throw new TimeoutException("Another process has been starting on this database for a minute.");
            }

            return new ServerLock(connection);
        }
        catch (Exception error)
        {
            if (connection is not null)
            {
                await connection.DisposeAsync();
            }

            // Whatever the driver says before anything was asked of the registry: it is out of reach.
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
            // A connection that goes back to the pool keeps its locks until somebody uses it again.
            await connection.ExecuteAsync(FreeApplicationLock);
            await connection.DisposeAsync();
        }
    }
}
