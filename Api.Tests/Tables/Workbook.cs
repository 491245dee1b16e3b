using System.IO.Compression;
using System.Xml.Linq;

namespace Registry.Api.Tests.Tables;

/// <summary>A workbook as it lies in the file, read without the libraries that write and read it.</summary>
internal sealed class Workbook
{
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    private readonly Dictionary<string, XDocument> _parts;

    private Workbook(Dictionary<string, XDocument> parts) => _parts = parts;

    /// <summary>The names of the sheets, in order.</summary>
    public IReadOnlyList<string> Sheets =>
        [.. _parts["xl/workbook.xml"].Descendants(Main + "sheet").Select(sheet => (string)sheet.Attribute("name")!)];

    public static Workbook Of(byte[] file)
    {
        using var archive = new ZipArchive(new MemoryStream(file));
        var parts = new Dictionary<string, XDocument>(StringComparer.Ordinal);
        foreach (var entry in archive.Entries)
        {
            using var part = entry.Open();
            parts[entry.FullName] = XDocument.Load(part, LoadOptions.PreserveWhitespace);
        }

        return new(parts);
    }

    /// <summary>The rows of a sheet; a cell is its type (empty for a number) and what stands in it.</summary>
    public IReadOnlyList<(string Type, string Text)[]> Rows(int sheet = 1) =>
        [
            .. Part(sheet)
                .Descendants(Main + "row")
                .Select(row =>
                    row.Elements(Main + "c").Select(cell => ((string?)cell.Attribute("t") ?? "", cell.Value)).ToArray()
                ),
        ];

    /// <summary>How many rows stay where they are while the others move.</summary>
    public int FrozenRows(int sheet = 1) =>
        (int?)
            Part(sheet)
                .Descendants(Main + "pane")
                .Single(pane => (string?)pane.Attribute("state") == "frozen")
                .Attribute("ySplit")
        ?? 0;

    /// <summary>True for a row all of whose cells are bold.</summary>
    public bool IsBold(int row, int sheet = 1)
    {
        var styles = _parts["xl/styles.xml"].Root!;
        var fonts = styles.Element(Main + "fonts")!.Elements().ToArray();
        var formats = styles.Element(Main + "cellXfs")!.Elements().ToArray();
        return Part(sheet)
            .Descendants(Main + "row")
            .ElementAt(row)
            .Elements()
            .All(cell =>
                fonts[(int)formats[(int?)cell.Attribute("s") ?? 0].Attribute("fontId")!].Element(Main + "b") is not null
            );
    }

    private XDocument Part(int sheet) => _parts[$"xl/worksheets/sheet{sheet}.xml"];
}
