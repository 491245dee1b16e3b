using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Importing;

/// <summary>Tables as spreadsheets and people write them.</summary>
public sealed class ReadingForeignTables(Engine engine) : RegistryTest(engine)
{
    private const string Memberships = "?collection=memberships";

    [SetUp]
    public async Task EstablishAsync()
    {
        await App.EstablishForumAsync("TST");
        foreach (
            var (code, alpha2, name) in new[] { ("BTN", "BT", "Bhutan"), ("LAO", "LA", "Laos"), ("NPL", "NP", "Nepal") }
        )
        {
            await App.ImportAsync(
                Imports.Line(
                    "states",
                    new
                    {
                        code,
                        alpha2,
                        names = RegistryApp.NamesOf(name, "short"),
                    }
                )
            );
        }
    }

    [TestCase("forum;member.kind;member.code;standing;from\r\nTST;state;BTN;observer;2026-10\r\n")]
    [TestCase("forum\tmember.kind\tmember.code\tstanding\tfrom\r\nTST\tstate\tBTN\tobserver\t2026-10\r\n")]
    [TestCase("sep=;\r\nforum;member.kind;member.code;standing;from\r\nTST;state;BTN;observer;2026-10\r\n")]
    [TestCase("sep=|\nforum|member.kind|member.code|standing|from\nTST|state|BTN|observer|2026-10\n")]
    [TestCase(
        "\"forum\";\"member.kind\";\"member.code\";\"standing\";\"from\"\n\"TST\";\"state\";\"BTN\";\"observer\";\"2026-10\""
    )]
    [TestCase("forum,member.kind,member.code,standing,from\r\nTST,state,BTN,observer,2026-10\r\n,,,,\r\n,,,,,,,\r\n")]
    [TestCase(",,,,\r\n\r\nforum,member.kind,member.code,standing,from\r\n\r\nTST,state,BTN,observer,2026-10\r\n")]
    [TestCase("forum,member.kind,member.code,standing,from,,\r\nTST,state,BTN,observer,2026-10,,\r\n")]
    [TestCase(" Forum , MEMBER.kind,Member.Code,Standing,\uFEFFFrom\r\n tst , State ,btn, Observer ,2026-10\r\n")]
    [TestCase("\uFEFFforum,member.kind,member.code,standing,from\r\nTST,state,BTN,observer,2026-10\r\n")]
    [TestCase("forum,member.code,standing,from\r\nTST,BTN,observer,2026-10\r\n")]
    [TestCase("forum,member.code,standing,from\r\nTST,BT,observer,2026-10\r\n")]
    [TestCase("member.code,member.kind,forum,standing,from\r\nBTN,,TST,observer,2026-10\r\n")]
    public async Task The_same_table_in_many_forms_says_the_same(string file)
    {
        var import = await App.ImportAsync(file, Imports.Csv, Memberships);

        Assert.That(Imports.Counts(import), Is.EqualTo("done: 1 0 0 0"), await ToldAsync(import));
        var membership = await App.ReadAsync("/v1/memberships/tst.btn");
        Assert.That(
            membership["standings"]!.ToJsonString(),
            Is.EqualTo("""[{"standing":"observer","from":"2026-10"}]""")
        );
    }

    [Test]
    public async Task Words_are_read_in_any_case()
    {
        var import = await App.ImportAsync(
            "Forum,Member.Kind,Member.Code,Standing,From,Until,Ended,Ending\r\n"
                + "TST,State,btn,Observer,2001,2003,True,Not renewed\r\nTST,STATE,Lao,OBSERVER,2001,,TRUE,\r\n",
            Imports.Csv,
            Memberships
        );

        Assert.That(Imports.Counts(import), Is.EqualTo("done: 2 0 0 0"), await ToldAsync(import));
        var standing = (await App.ReadAsync("/v1/memberships/tst.btn"))["standings"]![0]!;
        Assert.That(
            $"{standing["standing"]} {standing["ended"]} {standing["ending"]}",
            Is.EqualTo("observer true not-renewed")
        );
    }

    [Test]
    public async Task A_line_break_in_a_cell_is_read_as_a_blank_and_told()
    {
        var import = await App.ImportAsync(
            "forum,member.code,standing,from,basis\r\nTST,BTN,observer,2026-10,\"First line\nsecond line\"\r\n",
            Imports.Csv,
            Memberships
        );

        Assert.That(Imports.Counts(import), Is.EqualTo("done: 1 0 0 0"), await ToldAsync(import));
        Assert.That(await BasisAsync("btn"), Is.EqualTo("First line second line"));
        Assert.That(await ReadingsAsync(import), Is.EqualTo(new[] { "2 basis First line second line" }));
    }

    [Test]
    public async Task Dates_are_read_and_told()
    {
        var import = await App.ImportAsync(
            "forum,member.code,standing,from\r\nTST,BTN,observer,26.10.2026\r\nTST,LAO,observer,26 October 2026\r\n",
            Imports.Csv,
            Memberships
        );

        Assert.That(Imports.Counts(import), Is.EqualTo("done: 2 0 0 0"), await ToldAsync(import));
        Assert.That(await FromAsync("btn"), Is.EqualTo("2026-10-26"));
        Assert.That(await ReadingsAsync(import), Is.EqualTo(new[] { "2 from 2026-10-26", "3 from 2026-10-26" }));
    }

    [TestCase("26.10.2026", "2022-04-03")]
    [TestCase("10/26/2026", "2022-03-04")]
    public async Task Other_dates_of_the_column_tell_which_comes_first(string other, string from)
    {
        var import = await App.ImportAsync(
            $"forum,member.code,standing,from\r\nTST,BTN,observer,03.04.2022\r\nTST,LAO,observer,{other}\r\n",
            Imports.Csv,
            Memberships
        );

        Assert.That(Imports.Counts(import), Is.EqualTo("done: 2 0 0 0"), await ToldAsync(import));
        Assert.That(await FromAsync("btn"), Is.EqualTo(from));
    }

    [TestCase("2020-01-01")]
    [TestCase("04/03/2022")]
    [TestCase("26.10.2026\r\nTST,NPL,observer,10/26/2026")]
    public async Task An_ambiguous_date_is_refused_with_both_readings(string other)
    {
        var import = await App.ImportAsync(
            $"forum,member.code,standing,from\r\nTST,BTN,observer,03.04.2022\r\nTST,LAO,observer,{other}\r\n",
            Imports.Csv,
            Memberships
        );

        Assert.That((string?)import["status"], Is.EqualTo("refused"));
        var sentence = (string?)(await App.RowsAsync(import, "?result=refused"))[0]!["problem"]!["errors"]!["from"]![0];
        Assert.That(sentence, Does.Contain("2022-04-03").And.Contain("2022-03-04"));
    }

    [Test]
    public async Task A_name_is_read_as_the_code_it_leaves_no_doubt_of()
    {
        var import = await App.ImportAsync(
            "forum,member.kind,member.code,standing,from\r\nTST,state,Nepal,observer,2026-10\r\n",
            Imports.Csv,
            Memberships
        );

        Assert.That(Imports.Counts(import), Is.EqualTo("done: 1 0 0 0"), await ToldAsync(import));
        Assert.That(await FromAsync("npl"), Is.EqualTo("2026-10"));
        Assert.That(await ReadingsAsync(import), Is.EqualTo(new[] { "2 member.code NPL" }));
    }

    [Test]
    public async Task A_name_of_two_states_is_refused_with_the_candidates()
    {
        foreach (var code in new[] { "COG", "COD" })
        {
            await App.ImportAsync(Imports.Line("states", new { code, names = RegistryApp.NamesOf("Congo", "short") }));
        }

        var import = await App.ImportAsync(
            "forum,member.code,standing,from\r\nTST,Congo,observer,2026-10\r\nTST,Atlantis,observer,2026\r\n",
            Imports.Csv,
            Memberships
        );

        var rows = await App.RowsAsync(import, "?result=refused");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Imports.Counts(import), Is.EqualTo("refused: 0 0 0 2"));
            Assert.That(
                (string?)rows[0]!["problem"]!["errors"]!["member.code"]![0],
                Does.Contain("COG").And.Contain("COD")
            );
        }
    }

    [Test]
    public async Task What_stands_below_no_heading_is_refused()
    {
        var import = await App.ImportAsync(
            "forum,member.code,standing,from,\r\nTST,BTN,observer,2026,x\r\n",
            Imports.Csv,
            Memberships
        );

        Assert.That(
            (await App.RowsAsync(import)).Single()!["problem"]!["errors"]!.AsObject().Select(error => error.Key),
            Is.EqualTo(new[] { "cell 5" })
        );
    }

    [Test]
    public async Task A_membership_of_which_a_row_is_refused_is_refused_whole()
    {
        var import = await App.ImportAsync(
            "forum,member.code,standing,from,until\r\nTST,BTN,observer,2001,2003\r\nTST,LAO,observer,2001,2003\r\n"
                + "TST,BTN,member,03.04.2022,\r\n",
            Imports.Csv,
            $"{Memberships}&partial=true"
        );

        Assert.That(Imports.Counts(import), Is.EqualTo("done: 1 0 0 2"), await ToldAsync(import));
        using var answer = await App.Http.GetAsync("/v1/memberships/tst.btn");
        Assert.That((int)answer.StatusCode, Is.EqualTo(404));
    }

    private async Task<string?> FromAsync(string state) =>
        (string?)(await App.ReadAsync($"/v1/memberships/tst.{state}"))["standings"]![0]!["from"];

    private async Task<string?> BasisAsync(string state) =>
        (string?)(await App.ReadAsync($"/v1/memberships/tst.{state}"))["standings"]![0]!["basis"];

    private async Task<IEnumerable<string>> ReadingsAsync(JsonNode import) =>
        (await App.RowsAsync(import)).SelectMany(row =>
            row!["readAs"]!.AsArray().Select(read => $"{read!["line"]} {read["column"]} {read["value"]}")
        );

    private async Task<string> ToldAsync(JsonNode import) =>
        import.ToJsonString() + (await App.RowsAsync(import)).ToJsonString();
}
