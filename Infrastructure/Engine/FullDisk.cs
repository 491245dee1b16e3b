using Registry.Domain;

namespace Registry.Infrastructure.Engine;

/// <summary>Recognizes a full disk in an error of a file beside the database.</summary>
public static class FullDisk
{
    /// <summary>ENOSPC: no space left on the device.</summary>
    private const int NoSpace = 28;

    /// <summary>EDQUOT: the disk quota of the user is used up.</summary>
    private const int QuotaUsedUp = 122;

    /// <summary>ERROR_HANDLE_DISK_FULL of Windows.</summary>
    private const int HandleDiskFull = unchecked((int)0x80070027);

    /// <summary>ERROR_DISK_FULL of Windows.</summary>
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    /// <summary>The refusal for an error of a full disk; null for any other error.</summary>
    public static StorageFullException? In(Exception error) =>
        error is IOException { HResult: NoSpace or QuotaUsedUp or HandleDiskFull or WindowsDiskFull }
            ? new StorageFullException(error)
            : null;
}
