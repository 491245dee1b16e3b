using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Registry.Api.Tests.Tables;

/// <summary>A workbook as other programs write it, made part by part.</summary>
internal sealed class MadeWorkbook
{
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private readonly Dictionary<string, string> _parts = new(StringComparer.Ordinal);
    private readonly List<string> _sheets = [];
    private readonly List<string> _shared = [];
    private readonly List<string> _formats = [];
    private string _properties = "";

    /// <summary>Days are counted from 1904.</summary>
    public MadeWorkbook From1904()
    {
        _properties = """<workbookPr date1904="1"/>""";
        return this;
    }

    /// <summary>A style with this format; its number is the place among the styles, from 1.</summary>
    public MadeWorkbook Format(string code)
    {
        _formats.Add(code);
        return this;
    }

    /// <summary>A text that cells share.</summary>
    public MadeWorkbook Shared(string item)
    {
        _shared.Add(item);
        return this;
    }

    /// <summary>A sheet with these rows as XML, and what follows them.</summary>
    public MadeWorkbook Sheet(string name, string rows, string behind = "")
    {
        _sheets.Add(name);
        return Part(
            $"xl/worksheets/sheet{_sheets.Count}.xml",
            $"<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData>{behind}</worksheet>"
        );
    }

    /// <summary>A sheet whose cells are the words of each row, as inline texts.</summary>
    public MadeWorkbook Texts(string name, params string[] rows) =>
        Sheet(
            name,
            string.Concat(
                rows.Select(row =>
                    $"<row>{string.Concat(row.Split(' ').Select(cell => $"<c t=\"inlineStr\"><is><t>{cell}</t></is></c>"))}</row>"
                )
            )
        );

    public MadeWorkbook Part(string path, string xml)
    {
        _parts[path] = xml;
        return this;
    }

    public byte[] ToArray()
    {
        var sheets = string.Concat(
            _sheets.Select(
                (sheet, place) =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"<sheet name=\"{sheet}\" sheetId=\"{place + 1}\" r:id=\"rId{place + 1}\"/>"
                    )
            )
        );
        var relations = string.Concat(
            _sheets.Select(
                (_, place) =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"<Relationship Id=\"rId{place + 1}\" Type=\"{Relations}/worksheet\" Target=\"worksheets/sheet{place + 1}.xml\"/>"
                    )
            )
        );
        _parts.TryAdd(
            "_rels/.rels",
            $"<Relationships><Relationship Id=\"rId1\" Type=\"{Relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
        );
        _parts.TryAdd(
            "xl/workbook.xml",
            $"<workbook xmlns:r=\"{Relations}\">{_properties}<sheets>{sheets}</sheets></workbook>"
        );
        _parts.TryAdd(
            "xl/_rels/workbook.xml.rels",
            $"<Relationships>{relations}<Relationship Id=\"s\" Type=\"{Relations}/styles\" Target=\"styles.xml\"/><Relationship Id=\"t\" Type=\"{Relations}/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/></Relationships>"
        );
        _parts.TryAdd(
            "xl/styles.xml",
            $"<styleSheet><numFmts>{Each(_formats, (format, place) => $"<numFmt numFmtId=\"{165 + place}\" formatCode=\"{format}\"/>")}</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/>{Each(_formats, (format, place) => $"<xf numFmtId=\"{(int.TryParse(format, CultureInfo.InvariantCulture, out var known) ? known : 165 + place)}\"/>")}</cellXfs></styleSheet>"
        );
        _parts.TryAdd(
            "xl/sharedStrings.xml",
            $"<sst>{string.Concat(_shared.Select(item => $"<si>{item}</si>"))}</sst>"
        );
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, xml) in _parts)
            {
                using var part = archive.CreateEntry(path, CompressionLevel.Fastest).Open();
                part.Write(Encoding.UTF8.GetBytes(xml));
            }
        }

        return file.ToArray();
    }

    private static string Each(IEnumerable<string> items, Func<string, int, string> text) =>
        string.Concat(items.Select(text));
}
