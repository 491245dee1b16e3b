using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Registry.Infrastructure.Database;

/// <summary>
/// The header of the index of an SQLite file's write-ahead log. All processes that have the file open share it in memory, and
/// every commit changes it: whoever reads the same header twice knows, without a system call, that nothing was committed in
/// between.
/// </summary>
/// <remarks>
/// The readers of SQLite decide by the same comparison whether what they have in memory still holds. The header stands twice,
/// 48 bytes each, and is written from the second copy to the first (https://www.sqlite.org/walformat.html, 2.1). Where SQLite
/// shares nothing, a file without such a log for one, there is no index, and the file has to be asked.
/// </remarks>
internal sealed unsafe partial class LogIndex
{
    /// <summary>SQLITE_FCNTL_FILE_POINTER.</summary>
    private const int FilePointer = 7;

    /// <summary>Bytes of the first piece of the index, as SQLite maps it.</summary>
    private const int PieceBytes = 32_768;

    /// <summary>The version of its format that we know, in the first four bytes of the header.</summary>
    private const uint KnownVersion = 3_007_000;

    private readonly sqlite3 _owner;
    private readonly ulong* _mapped;

    private LogIndex(sqlite3 owner, ulong* mapped)
    {
        _owner = owner;
        _mapped = mapped;
    }

    /// <summary>Finds the index of the log that a connection reads, which must have read already.</summary>
    /// <returns>Null where there is none that we know.</returns>
    public static LogIndex? Of(DbConnection connection)
    {
        if (PreparingConnection.HandleOf(connection) is not { } owner || !IsInLog(connection))
        {
            return null;
        }

        File* file = null;
        if (FileControl(owner, "main", FilePointer, &file) != raw.SQLITE_OK || file is null || file->Methods is null)
        {
            return null;
        }

        void* mapped = null;
        var methods = file->Methods;
        return
            methods->Version >= 2
            && methods->MapShared(file, 0, PieceBytes, 0, &mapped) == raw.SQLITE_OK
            && mapped is not null
            && *(uint*)mapped == KnownVersion
            ? new LogIndex(owner, (ulong*)mapped)
            : null;
    }

    /// <summary>Reads the header.</summary>
    /// <returns>False while somebody writes it, and when the connection has been closed.</returns>
    public bool TryRead(out Header header)
    {
        header = default;
        var held = false;
        try
        {
            // The memory is mapped as long as the connection is open, and that is as long as somebody holds it.
            _owner.DangerousAddRef(ref held);
            var same = true;
            for (var at = 0; at < Header.Words; at++)
            {
                header[at] = Volatile.Read(ref _mapped[at]);
            }

            for (var at = 0; at < Header.Words; at++)
            {
                same &= Volatile.Read(ref _mapped[Header.Words + at]) == header[at];
            }

            return same;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
        finally
        {
            if (held)
            {
                _owner.DangerousRelease();
            }
        }
    }

    private static bool IsInLog(DbConnection connection)
    {
        using var mode = connection.CreateCommand();
        mode.CommandText = "PRAGMA journal_mode";
        return (string?)mode.ExecuteScalar() == "wal";
    }

    // The driver has no method of its own for it.
    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_file_control", StringMarshalling = StringMarshalling.Utf8)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial int FileControl(sqlite3 connection, string schema, int operation, File** file);

    /// <summary>What a commit changes: counters, sizes, salts and checksums of the log.</summary>
    [InlineArray(Words)]
    internal struct Header
    {
        /// <summary>How many words of eight bytes it has.</summary>
        public const int Words = 6;

        /// <summary>Where the number of pages stands, counted in words of four bytes.</summary>
        private const int PagesAt = 4;

        private ulong _first;

        /// <summary>How many pages stand in the log.</summary>
        public readonly uint Pages => MemoryMarshal.Cast<ulong, uint>((ReadOnlySpan<ulong>)this)[PagesAt];

        /// <summary>True when both are the same to the last bit.</summary>
        public readonly bool Says(in Header other)
        {
            for (var at = 0; at < Words; at++)
            {
                if (this[at] != other[at])
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>sqlite3_file.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct File
    {
        public Methods* Methods;
    }

    /// <summary>sqlite3_io_methods, as far as it is called here.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Methods
    {
        public int Version;
        public OtherMethods Others;
        public delegate* unmanaged[Cdecl]<File*, int, int, int, void**, int> MapShared;
    }

    /// <summary>From xClose to xDeviceCharacteristics.</summary>
    [InlineArray(12)]
    private struct OtherMethods
    {
        private nint _first;
    }
}
