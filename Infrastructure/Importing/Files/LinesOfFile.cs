namespace Registry.Infrastructure.Importing.Files;

/// <summary>Reads a file line by line, in memory bounded by the maximum length of a line.</summary>
internal sealed class LinesOfFile(Stream file)
{
    /// <summary>The maximum length of a line, in bytes.</summary>
    public const int MaxLength = 2 * 1024 * 1024;

    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private bool _over;

    /// <summary>The number of the current line, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>The current line without its line break; valid until the next one is read.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>True when the line exceeds the maximum length; it is then skipped.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Reads the next line; false at the end of the file.</summary>
    public bool Read()
    {
        IsTooLong = false;
        for (var searched = 0; ; )
        {
            var found = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (found >= 0)
            {
                return Give(searched + found, 1);
            }

            searched = _end - _start;
            if (_over)
            {
                return searched > 0 && Give(searched, 0);
            }

            if (searched > MaxLength)
            {
                IsTooLong = true;
                (_start, _end, searched) = (0, 0, 0);
            }

            Fill();
        }
    }

    private bool Give(int length, int ending)
    {
        Number++;
        Line = IsTooLong ? default : _buffer.AsMemory(_start, length);
        _start += length + ending;
        return true;
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        }

        var read = file.Read(_buffer, _end, _buffer.Length - _end);
        _over = read == 0;
        _end += read;
    }
}
