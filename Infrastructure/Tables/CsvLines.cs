using System.Text;
using CsvHelper;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Tables;

/// <summary>
/// Writes records as CSV (RFC 4180, in UTF-8), row by row, so that memory is bounded by the buffer. No cell is a
/// formula for a spreadsheet.
/// </summary>
public sealed class CsvLines : ITableLines
{
    private static readonly CsvWriterOptions Options = new() { Injection = CsvInjection.None };

    private readonly CsvWriter _writer;
    private readonly CsvShape _shape;
    private readonly Stream _destination;
    private readonly bool _mark;

    /// <summary>Writes to the stream, which stays open.</summary>
    /// <param name="destination">The stream.</param>
    /// <param name="shape">The columns.</param>
    /// <param name="mark">True to begin with the byte order mark, which tells Excel that the file is UTF-8.</param>
    public CsvLines(Stream destination, CsvShape shape, bool mark = false)
    {
        _writer = CsvWriter.Create(destination, Options, leaveOpen: true);
        _shape = shape;
        _destination = destination;
        _mark = mark;
    }

    /// <summary>Writes a table of few records, in memory.</summary>
    public static string TextOf(CsvShape shape, params IEnumerable<string> records)
    {
        using var text = new MemoryStream();
        using (var writer = CsvWriter.Create(text, Options, leaveOpen: true))
        {
            string?[][] rows =
            [
                [.. shape.Names],
                .. records.SelectMany(record => shape.Rows(record)),
            ];
            foreach (var row in rows)
            {
                writer.WriteRecord(row.Select(CsvText.Escape).ToArray()!);
            }
        }

        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    /// <inheritdoc/>
    public async Task WriteHeaderAsync(CancellationToken cancellationToken)
    {
        if (_mark)
        {
            await _destination.WriteAsync(Encoding.UTF8.Preamble.ToArray(), cancellationToken);
        }

        await WriteRowAsync([.. _shape.Names], cancellationToken);
    }

    /// <inheritdoc/>
    public async Task WriteAsync(string record, Func<RecordName, string?>? nameOf, CancellationToken cancellationToken)
    {
        foreach (var row in _shape.Rows(record, nameOf))
        {
            await WriteRowAsync(row, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task FlushAsync(CancellationToken cancellationToken) => await _writer.FlushAsync(cancellationToken);

    /// <inheritdoc/>
    public Task FinishAsync(CancellationToken cancellationToken) => FlushAsync(cancellationToken);

    /// <summary>Flushes the buffer, and ends the file.</summary>
    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private async Task WriteRowAsync(string?[] cells, CancellationToken cancellationToken)
    {
        for (var column = 0; column < cells.Length; column++)
        {
            cells[column] = CsvText.Escape(cells[column]);
        }

        await _writer.WriteRecordAsync(cells!, cancellationToken);
    }
}
