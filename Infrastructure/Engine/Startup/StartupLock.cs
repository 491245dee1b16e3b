using System.Data.Common;
using Dapper;
using Registry.Domain;

namespace Registry.Infrastructure.Engine.Startup;

/// <summary>Lets one process at a time migrate and fill a database, so that several can start at once.</summary>
/// <remarks>
/// For an SQLite file, the lock is a locked file, which the operating system releases when a process dies. On SQL
/// Server it is an application lock of a session, which the server releases when the connection ends.
/// </remarks>
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

    /// <summary>
    /// ENOSPC and EROFS as numbers of the operating system, ERROR_DISK_FULL and ERROR_WRITE_PROTECT on Windows.
    /// </summary>
    private static readonly int[] Unwritable = [28, 30, unchecked((int)0x80070070), unchecked((int)0x80070013)];

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);
    private readonly IAsyncDisposable _held;

    private StartupLock(IAsyncDisposable held) => _held = held;

    /// <summary>Waits up to a minute for the lock.</summary>
    /// <exception cref="TimeoutException">Another process held the lock for the whole minute.</exception>
    /// <exception cref="BusyException">
    /// The folder of the file is not writable, or the server is not available.
    /// </exception>
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

    /// <summary>Releases the lock.</summary>
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
            catch (IOException) when (clock.GetElapsedTime(started) < Timeout)
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
            // A connection in the pool keeps its locks until it is used again.
            await connection.ExecuteAsync(FreeApplicationLock);
            await connection.DisposeAsync();
        }
    }
}
