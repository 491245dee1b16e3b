using System.Diagnostics;

namespace Registry.Bench.Terminal;

/// <summary>Shows how far the measurements have come: a bar on a terminal, elsewhere a line now and then.</summary>
internal sealed class Progress(int parts)
{
    private const int BarWidth = 24;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly bool _drawn = !Console.IsErrorRedirected;
    private readonly Stopwatch _running = Stopwatch.StartNew();
    private readonly Lock _writing = new();
    private TimeSpan _told = TimeSpan.MinValue;
    private string _part = "";
    private int _begun;
    private int _shown;

    /// <summary>Says which part is measured from here on.</summary>
    public void Begin(string part)
    {
        (_part, _begun) = (part, _begun + 1);
        _told = TimeSpan.MinValue;
        Tell("");
    }

    /// <summary>Says what is being done.</summary>
    public void Tell(string what)
    {
        lock (_writing)
        {
            var line = string.Join(": ", new[] { _part, what }.Where(text => text.Length > 0));
            if (_drawn)
            {
                var full = BarWidth * Math.Max(0, _begun - 1) / Math.Max(1, parts);
                var width = Math.Clamp(Console.BufferWidth, 40, 200) - 1;
                var text = $"[{new string('#', full)}{new string('.', BarWidth - full)}] {line}";
                text = text.Length > width ? text[..width] : text;
                Console.Error.Write($"\r{text.PadRight(Math.Max(_shown, text.Length))}");
                _shown = text.Length;
            }
            else if (_told == TimeSpan.MinValue || _running.Elapsed - _told > Pause)
            {
                _told = _running.Elapsed;
                Console.Error.WriteLine($"{_running.Elapsed:mm\\:ss} {line}");
            }
        }
    }

    /// <summary>Takes the bar away.</summary>
    public void End()
    {
        lock (_writing)
        {
            if (_drawn && _shown > 0)
            {
                Console.Error.Write($"\r{new string(' ', _shown)}\r");
                _shown = 0;
            }
        }
    }
}
