using System.IO.Compression;
using System.Text;
using Registry.Infrastructure.Tables.Xlsx;

namespace Registry.Api.Tests.Tables;

/// <summary>Workbooks of many programs, read as the texts that their cells would be in CSV.</summary>
public sealed class ReadingWorkbooks
{
    private const long MaxBytes = 64 * 1024 * 1024;

    [TestCase("General", "1992", "1992")]
    [TestCase("General", "1.992E3", "1992")]
    [TestCase("General", "5.0", "5")]
    [TestCase("General", "-5.25", "-5.25")]
    [TestCase("General", "0.30000000000000004", "0.3")]
    [TestCase("0.00", "1992", "1992")]
    [TestCase("#,##0\\ &quot;days&quot;", "12", "12")]
    [TestCase("[Red]0", "7", "7")]
    [TestCase("14", "33604", "1992-01-01")]
    [TestCase("14", "0", "0")]
    [TestCase("14", "1", "1900-01-01")]
    [TestCase("14", "59", "1900-02-28")]
    [TestCase("14", "60", "60")]
    [TestCase("14", "61", "1900-03-01")]
    [TestCase("14", "-1", "-1")]
    [TestCase("14", "2958465", "9999-12-31")]
    [TestCase("14", "2958466", "2958466")]
    [TestCase("dd.mm.yyyy", "43327", "2018-08-15")]
    [TestCase("[$-409]d\\-mmm\\-yyyy;@", "43327", "2018-08-15")]
    [TestCase("17", "33725", "1992-05")]
    [TestCase("mmm\\ yyyy", "33725", "1992-05")]
    [TestCase("yyyy", "33604", "1992")]
    [TestCase("yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;", "43327", "2018-08-15")]
    [TestCase("20", "0.4375", "10:30")]
    [TestCase("h:mm AM/PM", "0.43749999999", "10:30")]
    [TestCase("mm:ss", "0.000011574", "00:00:01")]
    [TestCase("22", "43327.5", "2018-08-15T12:00:00")]
    [TestCase("22", "43327", "2018-08-15")]
    [TestCase("General", "NaN", "NaN")]
    public void A_number_is_what_its_cell_shows(string format, string value, string text) =>
        Assert.That(
            Only(new MadeWorkbook().Format(format).Sheet("a", $"<row><c s=\"1\"><v>{value}</v></c></row>")),
            Is.EqualTo(text)
        );

    [Test]
    public void Days_may_be_counted_from_1904() =>
        Assert.That(
            Only(new MadeWorkbook().From1904().Format("14").Sheet("a", "<row><c s=\"1\"><v>0</v></c></row>")),
            Is.EqualTo("1904-01-01")
        );

    [TestCase("<c t=\"b\"><v>1</v></c>", "true")]
    [TestCase("<c t=\"b\"><v>0</v></c>", "false")]
    [TestCase("<c t=\"d\"><v>2018-08-15T00:00:00</v></c>", "2018-08-15")]
    [TestCase("<c t=\"str\"><f>A1</f><v>KAZ</v></c>", "KAZ")]
    [TestCase("<c><f>1+1</f><v>2</v></c>", "2")]
    [TestCase("<c t=\"s\"><v>0</v></c>", "rich text")]
    [TestCase("<c t=\"s\"><v>1</v></c>", "漢字")]
    [TestCase("<c t=\"s\"><v>2</v></c>", " a\u000B_x0041_ ")]
    [TestCase("<c t=\"inlineStr\"><is><r><t>in</t></r><r><t>line</t></r></is></c>", "inline")]
    [TestCase("<c t=\"inlineStr\"><is><t>004</t></is></c>", "004")]
    [TestCase("<c t=\"inlineStr\"><is><t>one&#10;two</t></is></c>", "one\ntwo")]
    public void A_cell_is_the_text_that_it_would_be_in_csv(string cell, string text) =>
        Assert.That(
            Only(
                new MadeWorkbook()
                    .Shared("<r><rPr><b/></rPr><t xml:space=\"preserve\">rich </t></r><r><t>text</t></r>")
                    .Shared("<t>漢字</t><rPh sb=\"0\" eb=\"2\"><t>かんじ</t></rPh>")
                    .Shared("<t xml:space=\"preserve\"> a_x000B__x005F_x0041_ </t>")
                    .Sheet("a", $"<row>{cell}</row>")
            ),
            Is.EqualTo(text)
        );

    [TestCase("<c r=\"B2\" t=\"e\"><v>#N/A</v></c>", "The cell B2 has the error #N/A.")]
    [TestCase("<c r=\"AA2\"><f>NOW()</f></c>", "The cell AA2 has a formula without a value.")]
    [TestCase("<c r=\"A2\" t=\"s\"><v>7</v></c>", "The cell A2 names a text that there is not.")]
    public void A_cell_that_says_nothing_certain_is_named(string cell, string problem) =>
        Assert.That(
            Read(new MadeWorkbook().Sheet("a", $"<row r=\"2\">{cell}</row>")).Single().Problem,
            Does.StartWith(problem)
        );

    [Test]
    public void Blank_rows_and_columns_keep_the_places_of_the_others()
    {
        var rows = Read(
            new MadeWorkbook().Sheet(
                "a",
                "<row r=\"3\"><c r=\"B3\"><v>1</v></c><c r=\"D3\"><v>2</v></c></row><row r=\"4\"><c r=\"A4\" s=\"1\"/></row>"
                    + "<row r=\"7\"><c r=\"A7\"><v>3</v></c></row>"
            )
        );

        Assert.That(
            rows.Select(row => $"{row.Number}:{string.Join(',', row.Cells)}"),
            Is.EqualTo(new[] { "3:,1,,2", "7:3" })
        );
    }

    [Test]
    public void The_sheet_with_the_name_is_read_and_else_the_first_that_is_not_empty()
    {
        var workbook = new MadeWorkbook()
            .Texts("Notes", "hello")
            .Texts("empty")
            .Texts(" Memberships ", "id", "one")
            .ToArray();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Words(workbook, "memberships"), Is.EqualTo("id one"));
            Assert.That(Words(workbook, "states"), Is.EqualTo("hello"));
            Assert.That(
                Words(new MadeWorkbook().Texts("empty").Texts("full", "x").ToArray(), "states"),
                Is.EqualTo("x")
            );
            Assert.That(Words(new MadeWorkbook().Texts("empty").ToArray(), "states"), Is.Empty);
        }
    }

    [Test]
    public void A_table_goes_on_in_further_sheets()
    {
        var rows = Read(
            new MadeWorkbook()
                .Texts("states-3", "code", "five")
                .Texts("states", "code", "one", "two")
                .Texts("states-2", "code", "three", "four"),
            "states"
        );

        Assert.That(
            rows.Select(row => $"{row.Number} {row.Cells[0]}"),
            Is.EqualTo(new[] { "1 code", "2 one", "3 two", "5 three", "6 four", "8 five" })
        );
    }

    [Test]
    public void Other_columns_in_a_further_sheet_are_refused() =>
        Refuses(
            new MadeWorkbook().Texts("states", "code", "one").Texts("states-2", "id", "two").ToArray(),
            "same header"
        );

    [Test]
    public void Cells_that_are_merged_are_refused_since_it_is_not_said_what_stands_in_each() =>
        Refuses(
            new MadeWorkbook()
                .Sheet(
                    "states",
                    "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"2\"><c r=\"A2\"><v>2</v></c></row>",
                    "<mergeCells><mergeCell ref=\"A2:A4\"/></mergeCells>"
                )
                .ToArray(),
            "A2:A4"
        );

    [Test]
    public void What_is_no_workbook_is_told_what_it_is()
    {
        var whole = new MadeWorkbook().Texts("states", "code").ToArray();
        var other = new MadeWorkbook().Part("xl/workbook.xml", "<no").ToArray();

        using (Assert.EnterMultipleScope())
        {
            Refuses([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0], "without a password");
            Refuses("code,names\r\n"u8.ToArray(), "not a workbook");
            Refuses([], "not a workbook");
            Refuses(whole[..^40], "damaged");
            Refuses(whole[..200], "damaged");
            Refuses(other, "damaged");
            Refuses(Archive("content.xml", "<office/>"), "not a workbook");
            Refuses(
                new MadeWorkbook()
                    .Texts("states", "code")
                    .Part("xl/sharedStrings.xml", "<!DOCTYPE sst [<!ENTITY a \"b\">]><sst>&a;</sst>")
                    .ToArray(),
                "no spreadsheet writes"
            );
        }
    }

    [Test]
    public void A_damaged_part_is_refused()
    {
        var file = new MadeWorkbook()
            .Texts("states", [.. Enumerable.Range(0, 2000).Select(number => $"{Guid.NewGuid()}{number}")])
            .ToArray();
        for (var place = 400; place < 3000; place++)
        {
            file[place] ^= 0x55;
        }

        Refuses(file, "");
    }

    /// <summary>A file of some kilobytes that would be gigabytes: each kind of it ends before it takes room.</summary>
    [TestCase("<row r=\"1\"><c t=\"inlineStr\"><is><t>", "x", "</t></is></c></row>", 20_000_000)]
    [TestCase("<row r=\"1\"><c t=\"", "x", "\"/></row>", 20_000_000)]
    [TestCase("<row r=\"1\"><c t=\"", "x>", "\"/></row>", 20_000_000)]
    [TestCase("<row r=\"1\"><c t=\"inlineStr\"><is>", "<r><t>xxxxxxxxx</t></r>", "</is></c></row>", 20_000_000)]
    [TestCase("<!--", "<>", "-->", 20_000_000)]
    [TestCase("", "<row/>", "", 400_000_000)]
    public void A_bomb_is_refused_before_it_takes_memory(string before, string repeated, string after, long most)
    {
        var text = string.Concat(Enumerable.Repeat(repeated, 100_000_000 / repeated.Length));
        var file = new MadeWorkbook().Sheet("states", before + text + after).ToArray();
        var taken = GC.GetAllocatedBytesForCurrentThread();

        Refuses(file, "");

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - taken, Is.LessThan(most));
        Assert.That(file, Has.Length.LessThan(2_000_000));
    }

    [TestCase("<row r=\"2000000000\"><c><v>1</v></c></row>")]
    [TestCase("<row r=\"1\"><c r=\"ZZZZZZ1\"><v>1</v></c></row>")]
    [TestCase("<row r=\"5\"><c><v>1</v></c></row><row r=\"4\"><c><v>1</v></c></row>")]
    [TestCase("<row r=\"1\"><c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>1</v></c></row>")]
    public void A_place_that_no_sheet_has_is_refused(string rows) =>
        Refuses(new MadeWorkbook().Sheet("states", rows).ToArray(), "");

    private static void Refuses(byte[] file, string words) =>
        Assert.That(() => Words(file, "states"), Throws.TypeOf<XlsxUnreadableException>().With.Message.Contains(words));

    private static byte[] Archive(string path, string text)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var part = archive.CreateEntry(path).Open();
            part.Write(Encoding.UTF8.GetBytes(text));
        }

        return file.ToArray();
    }

    private static string Only(MadeWorkbook workbook) => Read(workbook).Single().Cells.Single();

    private static string Words(byte[] file, string name) =>
        string.Join(' ', Read(file, name).SelectMany(row => row.Cells));

    private static List<XlsxRow> Read(MadeWorkbook workbook, string name = "a") => Read(workbook.ToArray(), name);

    private static List<XlsxRow> Read(byte[] file, string name)
    {
        using var stream = new MemoryStream(file);
        using var workbook = new XlsxRows(stream, MaxBytes);
        return [.. workbook.Rows(name)];
    }
}
