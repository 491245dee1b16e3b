using System.Diagnostics;

namespace Registry.Api.Tests.Faults;

/// <summary>What a test needs of the machine that it runs on; without it, it is visibly skipped.</summary>
internal static class Machine
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static void RequireUnix()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("Windows has no signal that asks a process to stop.");
        }
    }

    public static void RequireLinux()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Ignore("Only Linux has /proc to count with.");
        }
    }

    /// <summary>Mounting takes root on Linux.</summary>
    public static void RequireMounts()
    {
        if (!OperatingSystem.IsLinux() || !string.Equals(Environment.UserName, "root", StringComparison.Ordinal))
        {
            Assert.Ignore("To mount a small file system takes root on Linux.");
        }
    }

    /// <summary>Runs a command of the system.</summary>
    /// <returns>What it said, where it failed; null where it succeeded.</returns>
    public static async Task<string?> RunAsync(string command, params string[] arguments)
    {
        using var process = new Process
        {
            StartInfo = new(command, arguments) { RedirectStandardError = true, UseShellExecute = false },
        };
        process.Start();
        var complaint = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode == 0 ? null : $"{command} {string.Join(' ', arguments)}: {complaint.Trim()}";
    }
}
