using CsvHelper;

namespace Registry.Infrastructure.Tables;

/// <summary>Reads the rows of a CSV file (RFC 4180), also with other separators than commas.</summary>
public static class CsvRows
{
    /// <summary>The maximum length of a row, in bytes.</summary>
    public const int MaxRowLength = 2 * 1024 * 1024;

    /// <summary>Reads the rows of the file in order, including the header.</summary>
    /// <param name="open">Opens the file: UTF-8 without a byte order mark.</param>
    /// <param name="columns">The possible names of columns in the header, which determine the separator.</param>
    /// <exception cref="CsvUnreadableException">While the rows are read: the file is not CSV from there on.</exception>
    public static IEnumerable<TableRow> Read(Func<Stream> open, IReadOnlyCollection<string> columns)
    {
        var found = CsvSeparator.Find(open, columns);
        using var source = open();
        var before = found.IsDeclared ? PassLine(source) : 0;
        using var reader = CsvReader.Create(
            source,
            new CsvReaderOptions
            {
                Separator = found.Separator,
                HasHeader = false,
                MalformedData = CsvMalformedDataHandling.Throw,
                MaxRecordSize = MaxRowLength,
                TrackLineNumbers = true,
                IncludeValuesInExceptions = false,
            },
            leaveOpen: true
        );
        while (Try(reader.Read))
        {
            yield return new(
                before + reader.LineNumber,
                Try(() => Enumerable.Range(0, reader.FieldCount).Select(reader.GetString).ToArray())
            );
        }
    }

    /// <summary>Reads to the end of the first line.</summary>
    private static int PassLine(Stream source)
    {
        for (var letter = source.ReadByte(); letter is >= 0 and not '\n'; letter = source.ReadByte()) { }

        return 1;
    }

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
