using System.Text;
using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Tables;
using Registry.Infrastructure.Tables.Xlsx;

namespace Registry.Api.Tests.Tables;

/// <summary>Lists as files that Excel opens.</summary>
public sealed class WritingWorkbooks(Engine engine) : CatalogueTest(engine)
{
    private const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    [TestCase("states", "states")]
    [TestCase("forums/CICA/members", "members")]
    [TestCase("memberships?forum=CICA,CSTO", "memberships")]
    [TestCase("meetings?fields=id,starts,chair", "meetings")]
    [TestCase("appointments", "appointments")]
    public async Task A_workbook_has_the_cells_of_csv(string list, string name)
    {
        var separator = list.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        var csv = Cells(await App.Http.GetStringAsync($"/v1/{list}{separator}format=csv"));
        using var answer = await App.GetAsync($"/v1/{list}{separator}format=xlsx");

        var workbook = Workbook.Of(await answer.Content.ReadAsByteArrayAsync());

        var rows = workbook.Rows().Select(row => row.Select(InCsv).ToArray()).ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo(MediaType));
            Assert.That(answer.Content.Headers.ContentDisposition!.FileName, Is.EqualTo($"{name}.xlsx"));
            Assert.That(workbook.Sheets, Is.EqualTo([name]));
            Assert.That(workbook.FrozenRows(), Is.EqualTo(1));
            Assert.That(workbook.IsBold(0));
            Assert.That(workbook.IsBold(1), Is.False);
            Assert.That(rows, Is.EqualTo(csv).And.Length.GreaterThan(5));
        }
    }

    [Test]
    public async Task Codes_and_dates_are_texts_and_whole_numbers_are_numbers()
    {
        var states = await RowsAsync("/v1/states?format=xlsx&fields=code,alpha2,m49,existence,version");
        var afghanistan = states.Single(row => row[0].Text == "AFG");
        var namibia = states.Single(row => row[0].Text == "NAM");
        var burma = states.Single(row => row[0].Text == "DDR");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(afghanistan, Does.Contain(("inlineStr", "004")));
            Assert.That(namibia, Does.Contain(("inlineStr", "NA")));
            Assert.That(burma, Does.Contain(("inlineStr", "1990-10-02")));
            Assert.That(burma, Does.Contain(("b", "1")), "It has ended.");
            Assert.That(afghanistan[^1], Is.EqualTo(("", "1")), "Its version is a number.");
        }
    }

    [Test]
    public async Task It_is_given_to_whoever_accepts_it()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/forums");
        request.Headers.TryAddWithoutValidation("Accept", MediaType);

        using var answer = await App.Http.SendAsync(request);

        Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo(MediaType));
        Assert.That(Workbook.Of(await answer.Content.ReadAsByteArrayAsync()).Sheets, Is.EqualTo(["forums"]));
    }

    [Test]
    public async Task What_does_not_fit_on_a_sheet_goes_on_in_the_next()
    {
        var workbook = await WrittenAsync(
            Enumerable.Range(1, 5).Select(number => Source($"source-{number}", "Title")),
            maxRows: 3
        );

        using (Assert.EnterMultipleScope())
        {
            Assert.That(workbook.Sheets, Is.EqualTo(["sources", "sources-2", "sources-3"]));
            Assert.That(
                Enumerable
                    .Range(1, 3)
                    .Select(sheet => string.Join(' ', workbook.Rows(sheet).Select(row => row[0].Text))),
                Is.EqualTo(["id source-1 source-2", "id source-3 source-4", "id source-5"])
            );
        }
    }

    [TestCase("one\r\ntwo\tthree", "one_x000D_\ntwo\tthree")]
    [TestCase("\u000B", "_x000B_")]
    [TestCase("_x0041_", "_x005F_x0041_")]
    [TestCase(" blanks ", " blanks ")]
    [TestCase("<&>\"'", "<&>\"'")]
    [TestCase("Ц 中 😀", "Ц 中 😀")]
    [TestCase("=1+1", "'=1+1")]
    public async Task A_text_is_in_the_file_as_Excel_understands_it(string text, string cell)
    {
        var rows = (await WrittenAsync([Source("one", text)])).Rows();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows[1][Array.IndexOf([.. rows[0].Select(name => name.Text)], "title")].Text, Is.EqualTo(cell));
            Assert.That(XlsxText.Read(cell).TrimStart('\''), Is.EqualTo(text));
        }
    }

    [Test]
    public async Task A_text_that_is_too_long_for_a_cell_is_not_cut()
    {
        var rows = (
            await WrittenAsync([Source("fits", new string('x', 32_767)), Source("long", new string('x', 32_768))])
        ).Rows();
        var title = Array.IndexOf([.. rows[0].Select(name => name.Text)], "title");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows[1][title].Text, Has.Length.EqualTo(32_767).And.StartsWith("x"));
            Assert.That(rows[2][title].Text, Does.StartWith("#TOO-LONG: 32768 characters"));
        }
    }

    private static JsonObject Source(string id, string title) => new() { ["id"] = id, ["title"] = title };

    private static async Task<Workbook> WrittenAsync(IEnumerable<JsonObject> sources, int maxRows = XlsxLines.MaxRows)
    {
        using var file = new MemoryStream();
        await using (var lines = new XlsxLines(file, CsvShape.Of("sources"), "sources", maxRows))
        {
            await lines.WriteHeaderAsync(default);
            foreach (var source in sources)
            {
                await lines.WriteAsync(source.ToJsonString(RegistryJson.Options), null, default);
            }

            await lines.FinishAsync(default);
        }

        return Workbook.Of(file.ToArray());
    }

    private static string InCsv((string Type, string Text) cell) =>
        cell.Type == "b" ? (cell.Text == "1" ? "true" : "false") : cell.Text;

    private static string[][] Cells(string csv) =>
        [.. CsvRows.Read(() => new MemoryStream(Encoding.UTF8.GetBytes(csv)), []).Select(row => row.Cells.ToArray())];

    private async Task<IReadOnlyList<(string Type, string Text)[]>> RowsAsync(string path) =>
        Workbook.Of(await App.Http.GetByteArrayAsync(path)).Rows();
}
