using Registry.Infrastructure.Verification;

namespace Registry.Infrastructure.Backups;

/// <summary>A backup or a restoration was refused; every file is as it was.</summary>
public sealed class BackupRefusedException(string message) : Exception(message);

/// <summary>A file was copied and found damaged, so that it does not take the place that it was meant for.</summary>
/// <param name="message">The damaged file, and what became of it.</param>
/// <param name="verification">What is wrong with it.</param>
public sealed class BackupDamagedException(string message, VerificationResult verification) : Exception(message)
{
    /// <summary>What is wrong with the file.</summary>
    public VerificationResult Verification { get; } = verification;
}
