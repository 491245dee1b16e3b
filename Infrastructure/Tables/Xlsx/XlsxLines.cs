using System.Globalization;
using Registry.Infrastructure.Records.Reading;
using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace Registry.Infrastructure.Tables.Xlsx;

/// <summary>
/// Writes records as a workbook of Office Open XML (ISO/IEC 29500) with the columns and cells of CSV, row by row. Only
/// whole numbers and booleans are not texts, so that no code loses its zeros and no year becomes a day.
/// </summary>
/// <remarks>
/// A sheet has at most <see cref="MaxRows"/> rows; further rows are in further sheets, each with the header. A text
/// that exceeds the limit of a cell is not cut: it is replaced by its length (<see cref="XlsxText.TooLong"/>).
/// </remarks>
public sealed class XlsxLines : ITableLines
{
    /// <summary>The maximum number of rows of a sheet, including the header.</summary>
    public const int MaxRows = 1_048_576;

    private const int MaxSheetNameLength = 31;

    private static readonly SpreadCheetahOptions Options = new()
    {
        PreserveStringWhitespace = true,
        CompressionLevel = SpreadCheetahCompressionLevel.Fastest,
    };

    // The archive is written synchronously, which the response stream does not allow: so it is buffered in memory.
    private readonly MemoryStream _written = new();
    private readonly Stream _destination;
    private readonly CsvShape _shape;
    private readonly string _sheet;
    private readonly int _maxRows;
    private Spreadsheet? _workbook;
    private StyleId? _bold;
    private int _sheets;
    private int _rows;

    /// <summary>Writes to the stream, which stays open.</summary>
    /// <param name="destination">The stream.</param>
    /// <param name="shape">The columns.</param>
    /// <param name="sheet">The name of the sheet.</param>
    /// <param name="maxRows">The maximum number of rows of a sheet, including the header.</param>
    public XlsxLines(Stream destination, CsvShape shape, string sheet, int maxRows = MaxRows)
    {
        _destination = destination;
        _shape = shape;
        _sheet = sheet.Length > MaxSheetNameLength ? sheet[..MaxSheetNameLength] : sheet;
        _maxRows = maxRows;
    }

    /// <inheritdoc/>
    public async Task WriteHeaderAsync(CancellationToken cancellationToken)
    {
        if (_workbook is null)
        {
            _workbook = await Spreadsheet.CreateNewAsync(new ForwardStream(_written), Options, cancellationToken);
            _bold = _workbook.AddStyle(new Style { Font = { Bold = true } });
        }

        _sheets++;
        _rows = 1;
        await _workbook.StartWorksheetAsync(
            _sheets == 1 ? _sheet : ContinuedName(_sheet, _sheets),
            new WorksheetOptions { FrozenRows = 1 },
            cancellationToken
        );
        await _workbook.AddHeaderRowAsync([.. _shape.Names], _bold, cancellationToken);
    }

    /// <summary>Gets the name of a further sheet.</summary>
    /// <param name="sheet">The name of the first sheet.</param>
    /// <param name="number">The number of the sheet, from 2.</param>
    public static string ContinuedName(string sheet, int number)
    {
        var ending = string.Create(CultureInfo.InvariantCulture, $"-{number}");
        return sheet[..Math.Min(sheet.Length, MaxSheetNameLength - ending.Length)] + ending;
    }

    /// <inheritdoc/>
    public async Task WriteAsync(string record, Func<RecordName, string?>? nameOf, CancellationToken cancellationToken)
    {
        foreach (var row in _shape.Rows(record, nameOf))
        {
            if (_rows == _maxRows)
            {
                await WriteHeaderAsync(cancellationToken);
            }

            var cells = new DataCell[row.Length];
            for (var column = 0; column < row.Length; column++)
            {
                cells[column] = CellOf(_shape.Columns[column], row[column]);
            }

            _rows++;
            await _workbook!.AddRowAsync(cells, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _destination.WriteAsync(_written.GetBuffer().AsMemory(0, (int)_written.Length), cancellationToken);
        _written.SetLength(0);
    }

    /// <inheritdoc/>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        await _workbook!.FinishAsync(cancellationToken);
        await FlushAsync(cancellationToken);
    }

    /// <summary>Releases the resources. An unfinished workbook stays incomplete.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_workbook is not null)
        {
            await _workbook.DisposeAsync();
        }

        await _written.DisposeAsync();
    }

    private static DataCell CellOf(CsvColumn column, string? cell) =>
        cell is null ? default
        : column is { Form: CsvForm.Number, Explanation: null }
        && long.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? new DataCell(number)
        : column is { Form: CsvForm.Truth } && bool.TryParse(cell, out var truth) ? new DataCell(truth)
        : new DataCell(XlsxText.Write(CsvText.Escape(cell)!));

    /// <summary>
    /// A stream that passes everything on and cannot seek, so that the archive is written in one pass.
    /// </summary>
    private sealed class ForwardStream(Stream inner) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() { }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

        public override void Write(ReadOnlySpan<byte> buffer) => inner.Write(buffer);

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            inner.WriteAsync(buffer, offset, count, cancellationToken);

        public override ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer,
            CancellationToken cancellationToken = default
        ) => inner.WriteAsync(buffer, cancellationToken);
    }
}
