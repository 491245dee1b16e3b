using System.Diagnostics;
using Registry.Bench.Servers;

namespace Registry.Bench.Load;

/// <summary>A long answer that is read to its end, and what the server needed for it.</summary>
/// <param name="Cpu">The CPU time of the server.</param>
/// <param name="FirstByte">How long the first byte took, in milliseconds.</param>
/// <param name="MoreMemory">How much more anonymous memory the server held at most than before, in MiB.</param>
/// <param name="Lines">How many lines there were.</param>
internal sealed record Download(TimeSpan Cpu, double FirstByte, double MoreMemory, int Lines)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    /// <summary>Asks and reads.</summary>
    /// <param name="server">Whom.</param>
    /// <param name="path">What.</param>
    /// <param name="bytesASecond">No faster than this.</param>
    /// <exception cref="InvalidOperationException">It was answered otherwise than with 200.</exception>
    public static async Task<Download> ReadAsync(Server server, string path, int bytesASecond = int.MaxValue)
    {
        using var connection = await Connection.OpenAsync(server.Address);
        var before = server.AnonymousMemory;
        var most = before;
        using var done = new CancellationTokenSource();
        var watching = Task.Run(WatchAsync);
        var (lines, bytes) = (0, 0L);
        var cpu = server.Cpu;
        var started = Stopwatch.GetTimestamp();
        var answer = await connection.SendAsync(Request.Get(path), TakeAsync);
        var spent = server.Cpu - cpu;
        await done.CancelAsync();
        await watching;
        return answer.Status == 200
            ? new Download(
                spent,
                Stopwatch.GetElapsedTime(started, answer.FirstByteAt).TotalMilliseconds,
                (most - before) / 1024.0,
                lines
            )
            : throw new InvalidOperationException($"{server.Address}{path} answered {answer.Status}.");

        async ValueTask TakeAsync(ReadOnlyMemory<byte> piece)
        {
            bytes += piece.Length;
            lines += piece.Span.Count((byte)'\n');
            var ahead = ((double)bytes / bytesASecond) - Stopwatch.GetElapsedTime(started).TotalSeconds;
            if (ahead > 0.01)
            {
                await Task.Delay(TimeSpan.FromSeconds(ahead));
            }
        }

        async Task WatchAsync()
        {
            while (!done.IsCancellationRequested)
            {
                most = Math.Max(most, server.AnonymousMemory);
                await Task.Delay(Look);
            }
        }
    }
}
