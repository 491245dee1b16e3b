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

    /// <summary>
    /// That a file can be made unwritable to root too, and to those who have it open: the only way to take a file away from
    /// a program that runs.
    /// </summary>
    public static async Task RequireImmutableFilesAsync(string folder)
    {
        RequireMounts();
        var path = Path.Combine(folder, "probe");
        await using (var probe = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite, 0))
        {
            var complaint = await RunAsync("chattr", "+i", path);
            try
            {
                await probe.WriteAsync(new byte[1]);
                complaint ??= "It is written to all the same.";
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                // That is what the test is about.
            }

            await RunAsync("chattr", "-i", path);
            if (complaint is not null)
            {
                Assert.Ignore($"The file system of {folder} knows no immutable files: {complaint}");
            }
        }

        File.Delete(path);
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
