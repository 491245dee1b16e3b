using CsvHelper;

namespace Registry.Infrastructure.Tables;

/// <summary>Reads the rows of a CSV file (RFC 4180, in UTF-8) one after the other.</summary>
/// <exception cref="CsvUnreadableException">Every member: the file is not CSV from there on.</exception>
public sealed class CsvRows : IDisposable
{
    /// <summary>The longest row, in bytes.</summary>
    public const int LongestRow = 2 * 1024 * 1024;

    private static readonly CsvReaderOptions Options = new()
    {
        Separator = ',',
        HasHeader = true,
        MalformedData = CsvMalformedDataHandling.Throw,
        MaxRecordSize = LongestRow,
        TrackLineNumbers = true,
        IncludeValuesInExceptions = false,
    };

    private readonly CsvReader _reader;

    /// <summary>Reads from the stream, which stays open, and begins with the header.</summary>
    public CsvRows(Stream source)
    {
        _reader = CsvReader.Create(source, Options, leaveOpen: true);
        Header = Try(() => _reader.Headers.ToArray());
    }

    /// <summary>The names of the columns.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>The line of the file that the present row begins in, from 1; the header is in the first.</summary>
    public long Line => _reader.LineNumber;

    /// <summary>Goes to the next row; false at the end of the file.</summary>
    public bool Read() => Try(_reader.Read);

    /// <summary>The cells of the present row.</summary>
    public IReadOnlyList<string> Cells() =>
        Try(() => Enumerable.Range(0, _reader.FieldCount).Select(_reader.GetString).ToArray());

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    private static T Try<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (CsvFormatException broken)
        {
            throw new CsvUnreadableException(broken.Message, broken);
        }
    }
}

/// <summary>The file is not CSV.</summary>
public sealed class CsvUnreadableException(string message, Exception cause) : Exception(message, cause);
