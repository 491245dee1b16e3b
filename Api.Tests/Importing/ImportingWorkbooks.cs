using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Registry.Api.Tests.Support;
using Registry.Api.Tests.Tables;

namespace Registry.Api.Tests.Importing;

/// <summary>Workbooks as people keep their lists in, and as the registry gives them.</summary>
public sealed class ImportingWorkbooks(Engine engine) : RegistryTest(engine)
{
    private const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private const string Memberships = "?collection=memberships";

    [SetUp]
    public async Task Establish()
    {
        await App.EstablishForumAsync("PACT");
        foreach (var state in new[] { "AAA", "BBB", "CCC" })
        {
            await App.EstablishStateAsync(state);
        }
    }

    [Test]
    public async Task Dates_numbers_and_truth_values_are_what_they_show()
    {
        var workbook = new MadeWorkbook()
            .Format("14")
            .Format("17")
            .Shared("<t>state</t>")
            .Texts("Notes", "read me")
            .Sheet(
                "Memberships",
                "<row r=\"2\"><c t=\"inlineStr\"><is><t>Forum</t></is></c><c t=\"inlineStr\"><is><t>member.kind</t></is></c>"
                    + "<c t=\"inlineStr\"><is><t>member.code</t></is></c><c t=\"inlineStr\"><is><t>standing</t></is></c>"
                    + "<c t=\"inlineStr\"><is><t>from</t></is></c><c t=\"inlineStr\"><is><t>until</t></is></c>"
                    + "<c t=\"inlineStr\"><is><t>ended</t></is></c></row>"
                    + Row(4, "AAA", "<c s=\"1\"><v>43327</v></c><c/><c/>")
                    + Row(5, "BBB", "<c><v>1992</v></c><c s=\"2\"><v>37681</v></c><c t=\"b\"><v>1</v></c>")
                    + "<row r=\"9\"><c r=\"C9\" t=\"inlineStr\"><is><t> </t></is></c></row>"
            );

        var import = await ImportAsync(workbook.ToArray(), Memberships);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Imports.Counts(import), Is.EqualTo("done: 2 0 0 0"), await ToldAsync(import));
            Assert.That((string?)import["form"], Is.EqualTo("xlsx"));
            Assert.That(await StandingAsync("pact.aaa"), Is.EqualTo("member 2018-08-15 "));
            Assert.That(await StandingAsync("pact.bbb"), Is.EqualTo("member 1992 2003-03"));
            Assert.That((await App.RowsAsync(import)).Select(row => (int?)row!["line"]), Is.EqualTo([4, 5]));
        }
    }

    [Test]
    public async Task What_is_given_comes_back_unchanged()
    {
        await AdmitAsync();

        var import = await ImportAsync(await App.Http.GetByteArrayAsync("/v1/memberships?format=xlsx"), Memberships);

        Assert.That(Imports.Counts(import), Is.EqualTo("done: 0 0 3 0"), await ToldAsync(import));
    }

    [Test]
    public async Task A_cell_that_says_nothing_certain_refuses_its_row()
    {
        var import = await ImportAsync(
            new MadeWorkbook()
                .Sheet(
                    "memberships",
                    "<row r=\"1\"><c t=\"inlineStr\"><is><t>forum</t></is></c><c t=\"inlineStr\"><is><t>member.kind</t></is></c>"
                        + "<c t=\"inlineStr\"><is><t>member.code</t></is></c><c t=\"inlineStr\"><is><t>standing</t></is></c>"
                        + "<c t=\"inlineStr\"><is><t>from</t></is></c></row>"
                        + Row(2, "AAA", "<c r=\"E2\" t=\"e\"><v>#REF!</v></c>")
                )
                .Shared("<t>state</t>")
                .ToArray(),
            $"{Memberships}&partial=true"
        );

        Assert.That(Imports.Counts(import), Is.EqualTo("done: 0 0 0 1"));
        Assert.That(await ToldAsync(import), Does.Contain("The cell E2 has the error #REF!."));
    }

    [Test]
    public async Task A_text_that_was_too_long_for_its_cell_stays_as_it_is()
    {
        await App.EstablishMinisterAsync("jane-doe");
        var links = Enumerable
            .Range(0, 50)
            .Select(number => new { url = $"https://e.example/{number}{new string('x', 900)}" });
        await (await App.PatchAsync("/v1/ministers/jane-doe", new { links })).OkAsync();
        await App.PatchAsync("/v1/ministers/jane-doe", new { sortName = "Before" });
        var file = await App.Http.GetByteArrayAsync("/v1/ministers?format=xlsx");
        var before = await App.ReadAsync("/v1/ministers/jane-doe");

        var import = await ImportAsync(Edited(file, ("Before", "Doe, Jane")), "?collection=ministers");

        var after = await App.ReadAsync("/v1/ministers/jane-doe");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Imports.Counts(import), Is.EqualTo("done: 0 1 0 0"), await ToldAsync(import));
            Assert.That((string?)after["sortName"], Is.EqualTo("Doe, Jane"));
            Assert.That(JsonNode.DeepEquals(after["links"], before["links"]));
        }
    }

    [Test]
    public async Task A_file_that_is_no_workbook_is_refused_with_what_to_do()
    {
        var old = await ImportAsync([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0], Memberships);
        using var nameless = await SendAsync(new MadeWorkbook().Texts("memberships", "id").ToArray(), "");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)old["status"], Is.EqualTo("refused"));
            Assert.That((string?)old["problem"]!["type"], Is.EqualTo("/problems/unreadable-request"));
            Assert.That((string?)old["problem"]!["detail"], Does.Contain("Save it as .xlsx, without a password."));
            Assert.That(await nameless.FieldsAtFaultAsync(), Is.EqualTo(["collection"]));
        }
    }

    /// <summary>A round trip through Excel's habits.</summary>
    [Test]
    public async Task Two_cells_that_were_changed_change_two_members_and_nothing_else()
    {
        await AdmitAsync();
        var file = await App.Http.GetByteArrayAsync("/v1/memberships?format=xlsx");

        var import = await ImportAsync(Edited(file, ("Договор", "Новый договор"), ("2001-05", "2001-06")), Memberships);

        await AssertTwoChangedAsync(import);
    }

    [Test]
    public async Task The_same_is_true_of_csv_that_a_spreadsheet_saved_with_semicolons_in_its_own_encoding()
    {
        await AdmitAsync();
        var given = await App.Http.GetStringAsync("/v1/memberships?format=csv&bom=true");
        var rows = Cells(given.TrimStart('\uFEFF'));
        var saved = string.Concat(
            rows.Select(row => string.Join(';', row.Select(cell => Quoted(AsSaved(cell)))) + "\r\n")
        );
        var edited = saved
            .Replace("Договор", "Новый договор", StringComparison.Ordinal)
            .Replace("2001-05;", "2001-06;", StringComparison.Ordinal);
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

        using var answer = await SendAsync(
            Encoding.GetEncoding("windows-1251").GetBytes(edited),
            Memberships,
            "text/csv; charset=windows-1251"
        );

        Assert.That(saved, Does.Contain(";15.08.2018;").And.Contain("\"[{\"\"citation\"\""));
        await AssertTwoChangedAsync(await answer.CreatedAsync());
    }

    /// <summary>What Excel makes of a cell where days are written 15.08.2018.</summary>
    private static string AsSaved(string cell) =>
        cell == "true" ? "ИСТИНА"
        : DateOnly.TryParseExact(cell, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture)
        : cell;

    private static string Quoted(string cell) =>
        cell.AsSpan().IndexOfAny(";\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>The cells of CSV, read without the library that wrote it.</summary>
    private static List<List<string>> Cells(string csv)
    {
        var rows = new List<List<string>> { new() };
        var cell = new StringBuilder();
        var quoted = false;
        foreach (var sign in csv)
        {
            if (sign == '"')
            {
                quoted = !quoted;
                if (quoted && cell.Length > 0)
                {
                    cell.Append('"');
                }
            }
            else if (quoted || sign is not (',' or '\r' or '\n'))
            {
                cell.Append(sign);
            }
            else if (sign != '\r')
            {
                rows[^1].Add(cell.ToString());
                cell.Clear();
                if (sign == '\n')
                {
                    rows.Add([]);
                }
            }
        }

        return [.. rows.Where(row => row.Count > 0)];
    }

    private static string Row(int number, string state, string rest) =>
        $"<row r=\"{number}\"><c t=\"inlineStr\"><is><t>PACT</t></is></c><c t=\"s\"><v>0</v></c>"
        + $"<c t=\"inlineStr\"><is><t>{state}</t></is></c><c t=\"inlineStr\"><is><t>member</t></is></c>{rest}</row>";

    /// <summary>The workbook with other texts in the cells that have these.</summary>
    private static byte[] Edited(byte[] file, params (string From, string To)[] cells)
    {
        using var copy = new MemoryStream();
        copy.Write(file);
        using (var archive = new ZipArchive(copy, ZipArchiveMode.Update, leaveOpen: true))
        {
            var entry = archive.GetEntry("xl/worksheets/sheet1.xml")!;
            XDocument sheet;
            using (var part = entry.Open())
            {
                sheet = XDocument.Load(part, LoadOptions.PreserveWhitespace);
            }

            foreach (var (from, to) in cells)
            {
                sheet.Descendants().Single(text => !text.HasElements && text.Value == from).Value = to;
            }

            entry.Delete();
            using var changed = archive.CreateEntry("xl/worksheets/sheet1.xml").Open();
            sheet.Save(changed, SaveOptions.DisableFormatting);
        }

        return copy.ToArray();
    }

    private async Task AdmitAsync()
    {
        foreach (
            var (state, from, basis) in new[]
            {
                ("AAA", "1992", "Договор"),
                ("BBB", "2001-05", "Устав"),
                ("CCC", "2018-08-15", "Решение"),
            }
        )
        {
            await (
                await App.PostAsync(
                    "/v1/forums/PACT/memberships",
                    new
                    {
                        member = new { kind = "state", code = state },
                        standing = "member",
                        from,
                        basis,
                        sources = new[] { new { citation = "A; \"B\"", confidence = "high" } },
                    }
                )
            ).CreatedAsync();
        }
    }

    private async Task AssertTwoChangedAsync(JsonNode import)
    {
        var changed = await App.RowsAsync(import, "?result=changed");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Imports.Counts(import), Is.EqualTo("done: 0 2 1 0"), await ToldAsync(import));
            Assert.That(
                changed.SelectMany(row =>
                    row!["changes"]!
                        .AsArray()
                        .Select(change => $"{row["id"]} {change!["path"]}: {change["from"]} > {change["to"]}")
                ),
                Is.EquivalentTo(
                    new[]
                    {
                        "pact.aaa /standings/0/basis: Договор > Новый договор",
                        "pact.bbb /standings/0/from: 2001-05 > 2001-06",
                    }
                )
            );
        }
    }

    private async Task<string> StandingAsync(string membership)
    {
        var standing = (await App.ReadAsync($"/v1/memberships/{membership}"))["standings"]![0]!;
        return $"{standing["standing"]} {standing["from"]} {standing["until"]}";
    }

    private async Task<string> ToldAsync(JsonNode import) =>
        import.ToJsonString(Relaxed) + (await App.RowsAsync(import)).ToJsonString(Relaxed);

    private static readonly System.Text.Json.JsonSerializerOptions Relaxed = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private async Task<JsonNode> ImportAsync(byte[] file, string query)
    {
        using var answer = await SendAsync(file, query);
        return answer.StatusCode == HttpStatusCode.Accepted
            ? await App.EndedAsync(answer.Headers.Location!.OriginalString)
            : await answer.CreatedAsync();
    }

    private async Task<HttpResponseMessage> SendAsync(byte[] file, string query, string mediaType = MediaType)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/imports{query}")
        {
            Content = new ByteArrayContent(file),
        };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        request.Headers.Add("Prefer", "wait=30");
        return await App.Http.SendAsync(request);
    }
}
