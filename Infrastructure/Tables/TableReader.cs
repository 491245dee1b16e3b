using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Registry.Domain;
using Registry.Domain.Provenance;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Tables.Xlsx;

namespace Registry.Infrastructure.Tables;

/// <summary>
/// Reads the rows of a table, of any file format, as records of a collection. Alternative notations of people and
/// spreadsheets are accepted when they are unambiguous.
/// </summary>
public sealed partial class TableReader
{
    private readonly CsvShape _shape;
    private readonly IReadOnlyCollection<CsvColumn> _read;
    private readonly Func<IEnumerable<TableRow>> _rows;
    private readonly Func<CodeQuestion, ValueTask<CodeAnswer>>? _find;
    private Dictionary<CsvColumn, HashSet<DateOrder>>? _orders;

    /// <summary>Reads a table.</summary>
    /// <param name="shape">The columns.</param>
    /// <param name="rows">Reads the rows from the first one on; it may be called twice.</param>
    /// <param name="find">Finds the record of a cell, or null to take the cells unchanged.</param>
    public TableReader(
        CsvShape shape,
        Func<IEnumerable<TableRow>> rows,
        Func<CodeQuestion, ValueTask<CodeAnswer>>? find = null
    )
    {
        (_shape, _rows, _find) = (shape, rows, find);
        Header = shape.Bind(_rows().FirstOrDefault(row => !row.IsBlank).Cells ?? []);

        // An explanatory column has no value of its own.
        _read = [.. Header.Columns.OfType<CsvColumn>().Where(column => column.Explanation is null)];
    }

    /// <summary>Reads the header of the table.</summary>
    public CsvHeader Header { get; }

    /// <summary>Reads the rows with content below the header, in order.</summary>
    public async IAsyncEnumerable<ReadRow> RowsAsync()
    {
        foreach (var row in Body())
        {
            yield return await ReadAsync(row);
        }
    }

    private IEnumerable<TableRow> Body() => _rows().Where(row => !row.IsBlank).Skip(1);

    private async ValueTask<ReadRow> ReadAsync(TableRow row)
    {
        var reading = new RowReading(row.Line);
        if (row.Problem is not null)
        {
            reading.Refuse("row", row.Problem);
        }

        var cells = CellsOf(row, reading);
        foreach (var column in _read)
        {
            if (cells.GetValueOrDefault(column) is { } cell)
            {
                if (XlsxText.IsTooLong(cell))
                {
                    // The text was too long for a workbook, so the row has no value for it.
                    continue;
                }

                var value = await ValueAsync(column, cell, cells, reading);
                if (value is not null || column.Type == typeof(ClaimedValue))
                {
                    reading.Put(column, value);
                }
            }
            else if (column.Name != CsvShape.Deleted && column.Type != typeof(ClaimedValue))
            {
                reading.Put(column, null);
            }
        }

        if (reading.Item.Count > 0)
        {
            reading.Record[_shape.Items!] = new JsonArray(reading.Item);
        }

        return new(row.Line, reading.Record, reading.Readings, reading.Errors);
    }

    /// <summary>Gets the cells with content, without their escapes.</summary>
    private Dictionary<CsvColumn, string> CellsOf(TableRow row, RowReading reading)
    {
        var cells = new Dictionary<CsvColumn, string>();
        for (var place = 0; place < row.Cells.Count; place++)
        {
            if (string.IsNullOrWhiteSpace(row.Cells[place]))
            {
                continue;
            }

            if (place < Header.Columns.Count && Header.Columns[place] is { } column)
            {
                cells[column] = CsvText.Unescape(row.Cells[place]);
            }
            else
            {
                reading.Refuse(
                    string.Create(CultureInfo.InvariantCulture, $"cell {place + 1}"),
                    $"It has no heading; the header has {_read.Count} columns."
                );
            }
        }

        return cells;
    }

    private async ValueTask<JsonNode?> ValueAsync(
        CsvColumn column,
        string cell,
        Dictionary<CsvColumn, string> cells,
        RowReading reading
    )
    {
        var trimmed = cell.Trim();
        switch (column.Form)
        {
            case CsvForm.Number:
                return int.TryParse(
                    trimmed,
                    NumberStyles.AllowLeadingSign,
                    CultureInfo.InvariantCulture,
                    out var number
                )
                    ? number
                    : cell;
            case CsvForm.Truth:
                return TruthOf(trimmed) is not { } truth ? cell
                    : column.Name == CsvShape.Deleted ? Deleted(truth, reading)
                    : truth;
            case CsvForm.Json:
                return JsonOf(column, cell, reading);
            case CsvForm.Words:
                return await WordsAsync(column, trimmed, cells, reading);
        }

        var type = Nullable.GetUnderlyingType(column.Type) ?? column.Type;
        return Words.IsList(type) ? WordOf(type, trimmed)
            : type == typeof(PartialDate) ? DateOf(column, trimmed, reading)
            : type != typeof(string) ? trimmed
            : await TextAsync(column, cell, cells, reading);
    }

    private static JsonNode? Deleted(bool deleted, RowReading reading)
    {
        if (deleted)
        {
            reading.Refuse(CsvShape.Deleted, "The row is a deleted record; an import cannot delete records.");
        }

        return null;
    }

    private static bool? TruthOf(string cell) =>
        cell.ToUpperInvariant() switch
        {
            "TRUE" or "VRAI" or "VERDADERO" or "ИСТИНА" or "صحيح" => true,
            "FALSE" or "FAUX" or "FALSO" or "ЛОЖЬ" or "خطأ" => false,
            _ => null,
        };

    /// <summary>
    /// Gets the word of the list, whatever its spelling; any other text is left for the validation to refuse.
    /// </summary>
    private static string WordOf(Type list, string cell)
    {
        var spelled = WordBreaks().Replace(cell, "-");
        return Words.All(list).FirstOrDefault(word => word.Equals(spelled, StringComparison.OrdinalIgnoreCase)) ?? cell;
    }

    private static JsonNode? JsonOf(CsvColumn column, string cell, RowReading reading)
    {
        try
        {
            var node = JsonNode.Parse(
                cell,
                documentOptions: new JsonDocumentOptions { MaxDepth = 32, AllowDuplicateProperties = false }
            );
            if (!JsonText.IsBroken(System.Text.Encoding.UTF8.GetBytes(cell)))
            {
                return node;
            }
        }
        catch (JsonException)
        {
            // The message below names it.
        }

        reading.Refuse(column.Name, "It is valid JSON, as in the record.");
        return null;
    }

    private async ValueTask<JsonNode?> WordsAsync(
        CsvColumn column,
        string cell,
        Dictionary<CsvColumn, string> cells,
        RowReading reading
    )
    {
        var words = new JsonArray();
        var item = column.Type.GetGenericArguments()[0];
        foreach (
            var word in cell.Split(
                CsvColumn.Between,
                StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
            )
        )
        {
            words.Add(
                Words.IsList(item)
                    ? JsonValue.Create(WordOf(item, word))
                    : await CodeAsync(column, word, cells, reading)
            );
        }

        return words;
    }

    private async ValueTask<JsonNode?> TextAsync(
        CsvColumn column,
        string cell,
        Dictionary<CsvColumn, string> cells,
        RowReading reading
    )
    {
        if (PlaceOf(column) is not null)
        {
            return await CodeAsync(column, cell.Trim(), cells, reading);
        }

        if (column.Path is ["m49"] && FewDigits().IsMatch(cell.Trim()))
        {
            var padded = cell.Trim().PadLeft(3, '0');
            reading.Report(column.Name, cell, padded, "zeros before a number, which spreadsheets leave out");
            return padded;
        }

        if (!LineBreaks().IsMatch(cell))
        {
            return cell;
        }

        // The texts of a record are single lines.
        var line = LineBreaks().Replace(cell, " ").Trim();
        reading.Report(column.Name, cell, line, "line breaks as blanks");
        return line;
    }

    private JsonNode? DateOf(CsvColumn column, string cell, RowReading reading)
    {
        if (PartialDate.TryParse(cell, out _) || WrittenDate.Read(cell) is not { } written)
        {
            return cell;
        }

        if (written.Date is { } date)
        {
            reading.Report(column.Name, cell, date.ToString(), written.How);
            return date.ToString();
        }

        var orders = OrdersOf(column);
        if (orders.Count == 1)
        {
            var dayFirst = orders.Contains(DateOrder.DayFirst);
            var read = (dayFirst ? written.DayFirst : written.MonthFirst)!.ToString();
            var first = dayFirst ? "the day first" : "the month first";
            reading.Report(column.Name, cell, read, $"{first}, like other dates of the column");
            return read;
        }

        reading.Refuse(
            column.Name,
            $"'{cell}' is {written.DayFirst} or {written.MonthFirst}, and "
                + (
                    orders.Count == 0
                        ? "no other date of the column tells which: write YYYY-MM-DD."
                        : "other dates of the column have the day first and the month first: write YYYY-MM-DD."
                )
        );
        return null;
    }

    /// <summary>Finds the order of the unambiguous dates of the column; the whole table is read once for it.</summary>
    private HashSet<DateOrder> OrdersOf(CsvColumn asked)
    {
        if (_orders is null)
        {
            var dates = Header
                .Columns.Index()
                .Where(place =>
                    place.Item is { Form: CsvForm.Text, Explanation: null } column && column.Type == typeof(PartialDate)
                )
                .ToArray();
            _orders = dates.ToDictionary(place => place.Item!, _ => new HashSet<DateOrder>());
            foreach (var row in Body())
            {
                foreach (var (place, column) in dates)
                {
                    if (place < row.Cells.Count && WrittenDate.Read(row.Cells[place]) is { Order: { } order })
                    {
                        _orders[column!].Add(order);
                    }
                }
            }
        }

        return _orders[asked];
    }

    [GeneratedRegex(@"[ \t]*[\r\n\t\v\f\u0085\u2028\u2029]+[ \t]*")]
    private static partial Regex LineBreaks();

    [GeneratedRegex(@"^[0-9]{1,2}\z")]
    private static partial Regex FewDigits();

    [GeneratedRegex(@"[\s_-]+")]
    private static partial Regex WordBreaks();

    /// <summary>The values of a row.</summary>
    private sealed class RowReading(long line)
    {
        private const int MaxValueLength = 200;

        private readonly List<CellReading> _readings = [];
        private readonly Dictionary<string, string[]> _errors = new(StringComparer.Ordinal);

        public JsonObject Record { get; } = [];

        public JsonObject Item { get; } = [];

        public IReadOnlyList<CellReading> Readings => _readings;

        public IReadOnlyDictionary<string, string[]> Errors => _errors;

        public void Put(CsvColumn column, JsonNode? value) => Put(column, column.Path, value);

        public void Put(CsvColumn column, IReadOnlyList<string> path, JsonNode? value)
        {
            var whole = column.InItem ? Item : Record;
            foreach (var step in path.SkipLast(1))
            {
                if (whole[step] is not JsonObject part)
                {
                    whole[step] = part = [];
                }

                whole = part;
            }

            // An empty cell for the kind does not undo the kind that the code of another column determines.
            if (value is not null || whole[path[^1]] is null)
            {
                whole[path[^1]] = value;
            }
        }

        public void Report(string column, string cell, string value, string reason) =>
            _readings.Add(
                new()
                {
                    Line = line,
                    Column = column,
                    Cell = Short(cell),
                    Value = Short(value),
                    Reason = reason,
                }
            );

        public void Refuse(string column, string sentence) => _errors.TryAdd(column, [sentence]);

        private static string Short(string text) =>
            text.Length <= MaxValueLength ? text : string.Concat(text.AsSpan(0, MaxValueLength), "…");
    }
}
