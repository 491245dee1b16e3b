using CsvHelper;

namespace Registry.Infrastructure.Tables;

/// <summary>
/// Writes records as CSV (RFC 4180, in UTF-8), a row at a time: what is written once the buffer is full does not stay in
/// memory. No cell is a formula to a spreadsheet.
/// </summary>
public sealed class CsvLines : IAsyncDisposable
{
    private static readonly CsvWriterOptions Options = new() { Injection = CsvInjection.None };

    private readonly CsvWriter _writer;
    private readonly CsvShape _shape;

    /// <summary>Writes to the stream, which stays open.</summary>
    public CsvLines(Stream destination, CsvShape shape)
    {
        _writer = CsvWriter.Create(destination, Options, leaveOpen: true);
        _shape = shape;
    }

    /// <summary>Writes the names of the columns.</summary>
    public Task WriteHeaderAsync(CancellationToken cancellationToken) =>
        WriteRowAsync([.. _shape.Names], cancellationToken);

    /// <summary>Writes the rows of a record.</summary>
    /// <param name="record">The record as JSON, or the tombstone of one.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    public async Task WriteAsync(string record, CancellationToken cancellationToken)
    {
        foreach (var row in _shape.Rows(record))
        {
            await WriteRowAsync(row, cancellationToken);
        }
    }

    /// <summary>Passes on what is buffered.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken) => await _writer.FlushAsync(cancellationToken);

    /// <summary>Passes on what is buffered, and ends.</summary>
    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private async Task WriteRowAsync(string?[] cells, CancellationToken cancellationToken)
    {
        for (var column = 0; column < cells.Length; column++)
        {
            cells[column] = CsvText.Guard(cells[column]);
        }

        await _writer.WriteRecordAsync(cells!, cancellationToken);
    }
}
