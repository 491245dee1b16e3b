using System.Globalization;
using System.Text;
using System.Xml;

namespace Registry.Infrastructure.Tables.Xlsx;

/// <summary>A row of a workbook that is not empty.</summary>
/// <param name="Number">The number in the sheet, from 1; the numbering continues in further sheets.</param>
/// <param name="Cells">The cells as texts, from the first column on; empty texts for empty cells.</param>
/// <param name="Problem">The reason why the row is refused, or null.</param>
public sealed record XlsxRow(long Number, IReadOnlyList<string> Cells, string? Problem);

/// <summary>
/// Reads the table in a workbook (Office Open XML, ISO/IEC 29500), row by row. Only the shared strings are held in
/// memory, up to <see cref="MaxSharedCharacters"/> characters.
/// </summary>
/// <remarks>
/// A cell has the same text as in CSV: whole numbers without a decimal point, dates in ISO form with the precision of
/// their format, booleans as true and false, formulas as their last computed value.
/// </remarks>
/// <exception cref="XlsxUnreadableException">Every member: the file is not a workbook, or not accepted.</exception>
public sealed class XlsxRows : IDisposable
{
    /// <summary>The maximum number of characters of all shared strings.</summary>
    public const int MaxSharedCharacters = 64 * 1024 * 1024;

    private const int MaxColumns = 16_384;
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string StrictRelations = "http://purl.oclc.org/ooxml/officeDocument/relationships";

    private readonly XlsxParts _parts;
    private readonly XlsxDates _dates = new();
    private readonly List<string> _shared = [];
    private readonly List<(string Name, string Path)> _sheets = [];

    /// <summary>Opens the workbook, which stays open.</summary>
    /// <param name="file">The file; it is seekable.</param>
    /// <param name="maxBytes">The maximum size of an unpacked sheet, in bytes.</param>
    public XlsxRows(Stream file, long maxBytes)
    {
        _parts = new XlsxParts(file, maxBytes);
        try
        {
            ReadWorkbook();
        }
        catch
        {
            _parts.Dispose();
            throw;
        }
    }

    /// <summary>The names of the sheets, in order.</summary>
    public IReadOnlyList<string> Sheets => [.. _sheets.Select(sheet => sheet.Name)];

    /// <summary>
    /// Reads the rows of the sheet with this name and of its further sheets, with only the first header; when the sheet
    /// does not exist, those of the first sheet that is not empty.
    /// </summary>
    public IEnumerable<XlsxRow> Rows(string name)
    {
        var first = _sheets.FindIndex(sheet => IsNamed(sheet.Name, name));
        if (first < 0)
        {
            return _sheets.Select(sheet => RowsOf(sheet.Path)).FirstOrDefault(rows => rows.Any()) ?? [];
        }

        var rows = RowsOf(_sheets[first].Path);
        for (
            var number = 2;
            _sheets.FindIndex(sheet => IsNamed(sheet.Name, XlsxLines.ContinuedName(name, number))) is >= 0 and var next;
            number++
        )
        {
            rows = Continued(rows, RowsOf(_sheets[next].Path));
        }

        return rows;
    }

    /// <inheritdoc/>
    public void Dispose() => _parts.Dispose();

    private static bool IsNamed(string sheet, string name) =>
        string.Equals(sheet.Trim(), name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the rows of a table, and those of its further sheets without their header.</summary>
    private static IEnumerable<XlsxRow> Continued(IEnumerable<XlsxRow> rows, IEnumerable<XlsxRow> others)
    {
        var last = 0L;
        IReadOnlyList<string>? header = null;
        foreach (var row in rows)
        {
            header ??= row.Cells;
            last = row.Number;
            yield return row;
        }

        var begun = false;
        foreach (var row in others)
        {
            if (!begun && header is not null && !header.SequenceEqual(row.Cells))
            {
                throw new XlsxUnreadableException("A further sheet needs the same header.");
            }

            if (begun)
            {
                yield return row with
                {
                    Number = last + row.Number,
                };
            }

            begun = true;
        }
    }

    private void ReadWorkbook() =>
        Try(() =>
        {
            var workbook = "xl/workbook.xml";
            foreach (var (_, type, target) in RelationsIn("_rels/.rels", ""))
            {
                workbook = type == "officeDocument" ? target : workbook;
            }

            if (_parts.Open(workbook) is not { } book)
            {
                throw new XlsxUnreadableException(
                    "It is not a workbook (.xlsx). Open it in a spreadsheet, and save it as .xlsx."
                );
            }

            var slash = workbook.LastIndexOf('/') + 1;
            var relations = RelationsIn($"{workbook[..slash]}_rels/{workbook[slash..]}.rels", workbook[..slash])
                .ToArray();
            using (book)
            {
                while (book.Read())
                {
                    if (book is { NodeType: XmlNodeType.Element, LocalName: "workbookPr" })
                    {
                        _dates.From1904 = book.GetAttribute("date1904") is "1" or "true";
                    }
                    else if (book is { NodeType: XmlNodeType.Element, LocalName: "sheet" })
                    {
                        var id = book.GetAttribute("id", Relations) ?? book.GetAttribute("id", StrictRelations);
                        var (_, type, target) = relations.FirstOrDefault(relation => relation.Id == id);
                        if (type == "worksheet" && _parts.Has(target))
                        {
                            _sheets.Add((book.GetAttribute("name") ?? "", target));
                        }
                    }
                }
            }

            foreach (var (_, type, target) in relations)
            {
                using var part = type is "styles" or "sharedStrings" ? _parts.Open(target) : null;
                if (part is not null && type == "styles")
                {
                    _dates.ReadStyles(part);
                }
                else if (part is not null)
                {
                    ReadShared(part);
                }
            }

            return true;
        });

    /// <summary>The relationships of a part: the last word of the type, and the path of the target.</summary>
    private IEnumerable<(string Id, string Type, string Target)> RelationsIn(string path, string folder)
    {
        using var part = _parts.Open(path);
        while (part?.Read() == true)
        {
            if (
                part is { NodeType: XmlNodeType.Element, LocalName: "Relationship" }
                && part.GetAttribute("Target") is { } target
            )
            {
                yield return (
                    part.GetAttribute("Id") ?? "",
                    (part.GetAttribute("Type") ?? "").Split('/')[^1],
                    target.StartsWith('/') ? target[1..] : folder + target
                );
            }
        }
    }

    private void ReadShared(XmlReader part)
    {
        var letters = 0L;
        while (part.Read())
        {
            if (part is { NodeType: XmlNodeType.Element, LocalName: "si" })
            {
                var text = TextIn(part);
                letters += text.Length + 16;
                if (letters > MaxSharedCharacters)
                {
                    throw new XlsxUnreadableException("The workbook has more text than the limit. Send it as CSV.");
                }

                _shared.Add(text);
            }
        }
    }

    private IEnumerable<XlsxRow> RowsOf(string path)
    {
        using var sheet = Try(() => _parts.Open(path)!);
        var number = 0L;
        var first = 0L;
        while (Try(sheet.Read))
        {
            if (sheet is { NodeType: XmlNodeType.Element, LocalName: "row" })
            {
                var row = Try(() => RowIn(sheet, number));
                number = row.Number;
                if (row.Problem is not null || row.Cells.Any(cell => cell.Length > 0))
                {
                    first = first == 0 ? number : first;
                    yield return row;
                }
            }
            else if (
                sheet is { NodeType: XmlNodeType.Element, LocalName: "mergeCell" }
                && sheet.GetAttribute("ref") is { } merged
                && first > 0
                && RowOf(merged.Split(':')[^1]) >= first
            )
            {
                // The merged cells except the first are empty in the file, and an empty cell would remove a value of
                // the record.
                throw new XlsxUnreadableException(
                    $"The cells {merged} are merged, so their values are ambiguous. Split them."
                );
            }
        }
    }

    private XlsxRow RowIn(XmlReader sheet, long before)
    {
        var number =
            sheet.GetAttribute("r") is { } given && long.TryParse(given, CultureInfo.InvariantCulture, out var read)
                ? read
                : before + 1;
        if (number <= before || number > XlsxLines.MaxRows)
        {
            throw new XlsxUnreadableException($"The row numbers of a sheet have to increase: {before}, {number}.");
        }

        var cells = new List<string>();
        string? problem = null;
        if (sheet.IsEmptyElement)
        {
            return new(number, cells, null);
        }

        var depth = sheet.Depth;
        while (sheet.Read() && sheet.Depth > depth)
        {
            if (sheet is not { NodeType: XmlNodeType.Element, LocalName: "c" })
            {
                continue;
            }

            var column = sheet.GetAttribute("r") is { } reference ? ColumnOf(reference) : cells.Count + 1;
            if (column <= cells.Count || column > MaxColumns)
            {
                throw new XlsxUnreadableException($"The cells of row {number} are not in order.");
            }

            while (cells.Count < column - 1)
            {
                cells.Add("");
            }

            var (text, wrong) = CellIn(sheet);
            cells.Add(text);
            problem ??= wrong is null ? null : $"The cell {NameOf(column)}{number} {wrong}";
        }

        return new(number, cells, problem);
    }

    private (string Text, string? Problem) CellIn(XmlReader sheet)
    {
        var type = sheet.GetAttribute("t") ?? "n";
        _ = int.TryParse(sheet.GetAttribute("s"), CultureInfo.InvariantCulture, out var style);
        string? value = null;
        var isFormula = false;
        if (!sheet.IsEmptyElement)
        {
            var depth = sheet.Depth;
            while (sheet.Read() && sheet.Depth > depth)
            {
                if (sheet.NodeType == XmlNodeType.Element)
                {
                    isFormula |= sheet.LocalName == "f";
                    value = sheet.LocalName is "v" or "is" ? TextIn(sheet) : value;
                }
            }
        }

        return value is null or "" && isFormula && type != "str"
            ? ("", "has a formula without a value. Open the workbook in a spreadsheet, and save it.")
            : type switch
            {
                "s" => int.TryParse(value, CultureInfo.InvariantCulture, out var place)
                && place >= 0
                && place < _shared.Count
                    ? (_shared[place], null)
                    : ("", value is null ? null : "names a text that there is not."),
                "inlineStr" or "str" => (value ?? "", null),
                "b" => (
                    value is null ? ""
                    : value is "1" or "true" ? "true"
                    : "false",
                    null
                ),
                "e" => ("", $"has the error {value}."),
                "d" => (DayOf(value ?? ""), null),
                _ => (NumberOf(value ?? "", style), null),
            };
    }

    private string NumberOf(string value, int style) =>
        !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        || !double.IsFinite(number)
            ? value
            : _dates.TextOf(number, style)
                // Fifteen digits are the precision of spreadsheets: 0.1 and 0.2 are 0.3.
                ?? (
                    Math.Abs(number) < 1e15
                        ? ((decimal)number).ToString("0.###############", CultureInfo.InvariantCulture)
                        : value
                );

    /// <summary>Formats a date in ISO form, without a time at midnight.</summary>
    private static string DayOf(string value) =>
        value.IndexOf("T00:00:00", StringComparison.Ordinal) is > 0 and var time ? value[..time] : value;

    /// <summary>Reads the text of an element, without phonetic guides (furigana).</summary>
    private static string TextIn(XmlReader part)
    {
        if (part.IsEmptyElement)
        {
            return "";
        }

        var text = new StringBuilder();
        var depth = part.Depth;
        var reading = int.MaxValue;
        var shown = part.LocalName == "v";
        while (part.Read() && part.Depth > depth)
        {
            switch (part.NodeType)
            {
                case XmlNodeType.Element when part.Depth <= reading:
                    reading = part.LocalName == "rPh" && !part.IsEmptyElement ? part.Depth : int.MaxValue;
                    shown = part.LocalName == "t";
                    break;
                case XmlNodeType.Text
                or XmlNodeType.Whitespace
                or XmlNodeType.SignificantWhitespace when shown && part.Depth <= reading:
                    text.Append(part.Value);
                    if (text.Length > 8 * XlsxText.MaxLength)
                    {
                        throw new XlsxUnreadableException("A cell has more text than the limit.");
                    }

                    break;
                case XmlNodeType.EndElement:
                    shown = false;
                    break;
                default:
                    break;
            }
        }

        return XlsxText.Read(text.ToString());
    }

    private static int ColumnOf(string reference)
    {
        var column = 0;
        foreach (var letter in reference.TakeWhile(char.IsAsciiLetterUpper))
        {
            column = Math.Min((column * 26) + (letter - 'A' + 1), MaxColumns + 1);
        }

        return column;
    }

    private static long RowOf(string reference) =>
        long.TryParse(
            reference.TrimStart('$').TrimStart([.. Enumerable.Range('A', 26).Select(letter => (char)letter)]),
            CultureInfo.InvariantCulture,
            out var row
        )
            ? row
            : long.MaxValue;

    private static string NameOf(int column)
    {
        var name = "";
        for (; column > 0; column = (column - 1) / 26)
        {
            name = (char)('A' + ((column - 1) % 26)) + name;
        }

        return name;
    }

    private static T Try<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (XmlException broken)
        {
            throw new XlsxUnreadableException(
                $"The workbook is damaged: line {broken.LineNumber}, place {broken.LinePosition} of a part.",
                broken
            );
        }
    }
}
