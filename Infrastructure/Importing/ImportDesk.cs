using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Registry.Domain;
using Registry.Infrastructure.Engine;

namespace Registry.Infrastructure.Importing;

/// <summary>Receives imports and runs them one after the other, in the process that received them.</summary>
/// <remarks>Their files are on its disk. When the process ends before they do, they are interrupted.</remarks>
public sealed class ImportDesk(
    RegistryDatabase database,
    ImportStore imports,
    RecordImporter importer,
    ImportSettings settings,
    TimeProvider clock,
    ILogger<ImportDesk> log
)
{
    private const string LockName = "lock";

    /// <summary>The name of the worker in metrics.</summary>
    private const string Worker = "imports";

    /// <summary>
    /// The interval of the heartbeat, which also checks whether another process has cancelled the import.
    /// </summary>
    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(2);

    /// <summary>The time without a heartbeat after which another process counts as dead.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);

    private readonly Channel<RunningImport> _waiting = Channel.CreateUnbounded<RunningImport>();
    private readonly ConcurrentDictionary<string, RunningImport> _running = new(StringComparer.Ordinal);

    /// <summary>The maximum size of a file, in bytes.</summary>
    public long MaxBytes => settings.MaxBytes;

    private string Folder =>
        settings.Folder
        ?? (
            database.File is { Length: > 0 } file
                ? $"{Path.GetFullPath(file)}.imports"
                : Path.Combine(Path.GetTempPath(), $"registry-imports-{Name(database.ConnectionString)}")
        );

    /// <summary>Stores a file and queues its import.</summary>
    /// <exception cref="RuleBrokenException">An import with that id exists.</exception>
    public async Task<RunningImport> ReceiveAsync(ImportOrder order, Stream body, CancellationToken cancellationToken)
    {
        var import = await TakeAsync(
            order,
            async folder =>
            {
                var file = Path.Combine(folder, "file");
                await using var copy = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None);
                await body.CopyToAsync(copy, cancellationToken);
                return file;
            },
            cancellationToken
        );
        await _waiting.Writer.WriteAsync(import, CancellationToken.None);
        return import;
    }

    /// <summary>Runs the import of a file on this machine.</summary>
    /// <exception cref="RuleBrokenException">An import with that id exists.</exception>
    public async Task<(RunningImport Import, Task Run)> RunAsync(
        ImportOrder order,
        string file,
        CancellationToken cancellationToken
    )
    {
        var import = await TakeAsync(order, _ => Task.FromResult(file), cancellationToken);
        return (import, RunAsync(import, cancellationToken));
    }

    /// <summary>Runs the received imports until the process ends.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        await Background.RunAsync(Worker, "The running of imports", RunReceivedAsync, clock, log, stopping);
        foreach (var import in _running.Values)
        {
            await InterruptAsync(import);
        }
    }

    /// <summary>Gets the import, with its progress when this process runs it.</summary>
    /// <exception cref="NotFoundException">The import does not exist.</exception>
    public async Task<Import> GetAsync(string id, CancellationToken cancellationToken) =>
        _running.TryGetValue(id, out var running) ? running.Now : await imports.GetAsync(id, cancellationToken);

    /// <summary>Cancels an import at its next row.</summary>
    /// <exception cref="NotFoundException">The import does not exist.</exception>
    /// <exception cref="RuleBrokenException">The import has ended.</exception>
    public async Task CancelAsync(string id, CancellationToken cancellationToken)
    {
        if (_running.TryGetValue(id, out var running))
        {
            running.Cancel();
            return;
        }

        if ((await imports.GetAsync(id, cancellationToken)).HasEnded)
        {
            throw new RuleBrokenException("import-ended", $"The import '{id}' has ended.");
        }

        await imports.AskToCancelAsync(id, cancellationToken);
    }

    /// <summary>Marks the imports that the end of a process interrupted, and deletes their files.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        // The lock of a file shows whether a process of this machine still holds it; for other machines, the heartbeat
        // does.
        var broken = database.Dialect.IsEmbedded
            ? (await imports.UnfinishedAsync(cancellationToken)).Where(import => !IsHeld(import.Id))
            : (await imports.SilentAsync(Silence, cancellationToken)).Where(import => !IsHeld(import.Id));
        foreach (var import in broken)
        {
            await imports.InterruptAsync(import.Id, cancellationToken);
            Clear(FolderOf(import.Id));
        }
    }

    private async Task<RunningImport> TakeAsync(
        ImportOrder order,
        Func<string, Task<string>> lay,
        CancellationToken cancellationToken
    )
    {
        var id = order.Id ?? Guid.CreateVersion7(clock.GetUtcNow()).ToString();
        if (await imports.FindAsync(id, cancellationToken) is not null)
        {
            throw new RuleBrokenException("already-exists", $"There is an import '{id}' already.");
        }

        var folder = FolderOf(id);
        Directory.CreateDirectory(folder);
        FileStream? held = null;
        try
        {
            held = new FileStream(
                Path.Combine(folder, LockName),
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None
            );
            var file = await lay(folder);
            var import = new RunningImport(
                await imports.AddAsync(id, order, cancellationToken),
                order,
                file,
                folder,
                held
            );
            _running[id] = import;
            return import;
        }
        catch
        {
            if (held is not null)
            {
                await held.DisposeAsync();
                Clear(folder);
            }

            throw;
        }
    }

    private async Task RunReceivedAsync(CancellationToken stopping)
    {
        await foreach (var import in _waiting.Reader.ReadAllAsync(stopping))
        {
            try
            {
                await RunAsync(import, stopping);
            }
#pragma warning disable CA1031 // Whatever it is, those that wait are run.
            catch (Exception failure) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
            {
                Background.CountFailure(Worker);
                log.LogError(failure, "The import {Import} was interrupted.", import.Id);
                await InterruptAsync(import);
            }
        }
    }

    private async Task RunAsync(RunningImport import, CancellationToken stopping)
    {
        // Its pieces take rows from a queue, so they cannot be repeated after a transient fault.
        Background.Enter();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var watching = RunHeartbeatAsync(import, over.Token);
        ImportMeasures.Running.Add(1);
        try
        {
            await importer.RunAsync(import, stopping);
        }
        finally
        {
            ImportMeasures.Running.Add(-1);
            await over.CancelAsync();
            await watching;
        }

        Leave(import);
    }

    /// <summary>Marks an import as interrupted, as far as the database is available, and releases its files.</summary>
    private async Task InterruptAsync(RunningImport import)
    {
        try
        {
            await imports.InterruptAsync(import.Id, CancellationToken.None);
        }
#pragma warning disable CA1031 // Whatever it is: the next start settles it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogError(failure, "The end of the import {Import} could not be stored.", import.Id);
        }

        Leave(import);
    }

    private async Task RunHeartbeatAsync(RunningImport import, CancellationToken over)
    {
        using var timer = new PeriodicTimer(HeartbeatInterval);
        try
        {
            while (await timer.WaitForNextTickAsync(over))
            {
                await SendHeartbeatAsync(import);
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The import has ended.
        }
    }

    private async Task SendHeartbeatAsync(RunningImport import)
    {
        try
        {
            if (await imports.IsCancelRequestedAsync(import.Id))
            {
                import.Cancel();
            }

            // A database with a single writer has no room for a heartbeat; the lock of the file replaces it.
            if (!database.Dialect.IsEmbedded)
            {
                await imports.BeatAsync(import.Id);
            }
        }
#pragma warning disable CA1031 // Nobody hears of the import for a while; it goes on.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogWarning(failure, "The heartbeat of the import {Import} failed.", import.Id);
        }
    }

    private void Leave(RunningImport import)
    {
        _running.TryRemove(import.Id, out _);
        import.End();
        import.Dispose();
        Clear(import.Folder);
    }

    private bool IsHeld(string id)
    {
        if (_running.ContainsKey(id))
        {
            return true;
        }

        try
        {
            using var held = new FileStream(
                Path.Combine(FolderOf(id), LockName),
                FileMode.Open,
                FileAccess.ReadWrite,
                FileShare.None
            );
            return false;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private string FolderOf(string id) => Path.Combine(Folder, id);

    private static void Clear(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // The next clean-up deletes it.
        }
    }

    private static string Name(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))[..6]);
}
