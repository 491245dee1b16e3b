using System.Net;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Tables;

/// <summary>What stands beside codes and dates, for those who read a table without the registry.</summary>
public sealed class ExplainingCells(Engine engine) : RegistryTest(engine)
{
    private const string Memberships = "/v1/memberships?format=csv";

    [SetUp]
    public async Task Establish()
    {
        await App.EstablishForumAsync("TST");
        await App.EstablishStateAsync("AAA");
        await (await App.AdmitAsync("TST", "AAA", "1992")).CreatedAsync();
    }

    [Test]
    public async Task A_year_is_shown_as_the_days_that_it_can_mean() =>
        Assert.That(
            await App.Http.GetStringAsync($"{Memberships}&fields=member,from"),
            Is.EqualTo(
                "member.kind,member.code,member.name,from,from.earliest,from.latest\r\n"
                    + "state,AAA,State AAA,1992,1992-01-01,1992-12-31\r\n"
            )
        );

    [Test]
    public async Task Codes_have_the_names_of_the_instant_that_is_asked_for()
    {
        var recorded = (await App.ReadAsync("/v1/memberships/tst.aaa"))["recordedAt"];
        await (
            await App.PatchAsync("/v1/states/AAA", new { names = RegistryApp.NamesOf("New Name", "short") })
        ).OkAsync();
        const string Asked = $"{Memberships}&fields=forum.name,member.name";

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                await App.Http.GetStringAsync(Asked),
                Is.EqualTo("forum.name,member.name\r\nForum TST,New Name\r\n")
            );
            Assert.That(
                await App.Http.GetStringAsync($"{Asked}&knownAt={recorded}"),
                Is.EqualTo("forum.name,member.name\r\nForum TST,State AAA\r\n")
            );
        }
    }

    [Test]
    public async Task A_row_of_a_deleted_record_explains_nothing()
    {
        var recorded = (await App.ReadAsync("/v1/states/AAA"))["recordedAt"];
        using var gone = await App.DeleteAsync("/v1/memberships/tst.aaa");
        Assert.That(gone.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));

        Assert.That(
            await App.Http.GetStringAsync(
                $"{Memberships}&changedSince={recorded}&deleted=true&fields=id,forum,member,from,deleted"
            ),
            Does.EndWith("\r\ntst.aaa,,,,,,,,,true\r\n")
        );
    }

    [Test]
    public async Task More_codes_than_are_looked_up_at_once_all_have_their_names()
    {
        var codes = Enumerable
            .Range(0, 60)
            .Select(number => $"B{(char)('A' + (number / 26))}{(char)('A' + (number % 26))}");
        foreach (var code in codes)
        {
            await App.EstablishStateAsync(code);
            await (await App.AdmitAsync("TST", code, "2000-05")).CreatedAsync();
        }

        var rows = (await App.Http.GetStringAsync($"{Memberships}&fields=member.code,member.name")).Split("\r\n")[
            1..^1
        ];

        Assert.That(rows.Select(row => row[4..]), Is.EqualTo(rows.Select(row => $"State {row[..3]}")));
        Assert.That(rows, Has.Length.EqualTo(61));
    }

    [TestCase("bom=true&format=csv", "EF-BB-BF-69-64-2C")]
    [TestCase("bom=false&format=csv", "69-64-2C-66-6F-72")]
    public async Task A_mark_is_before_the_table_where_it_is_asked_for(string query, string beginning)
    {
        var file = await App.Http.GetByteArrayAsync($"/v1/memberships?{query}");

        Assert.That(BitConverter.ToString(file[..6]), Is.EqualTo(beginning));
    }

    [TestCase("")]
    [TestCase("&format=json")]
    [TestCase("&format=ndjson")]
    [TestCase("&format=xlsx")]
    public async Task A_mark_goes_with_csv_alone(string format)
    {
        using var answer = await App.GetAsync($"/v1/memberships?bom=true{format}");

        Assert.That(await answer.FieldsAtFaultAsync(), Is.EqualTo(["bom"]));
    }

    [TestCase("fields=from.earliest")]
    [TestCase("fields=id,member.code&format=json")]
    [TestCase("fields=id,from.first&format=csv")]
    [TestCase("fields=membe&format=csv")]
    public async Task Columns_are_chosen_only_where_there_are_any(string query)
    {
        using var answer = await App.GetAsync($"/v1/memberships?{query}");

        Assert.That(await answer.FieldsAtFaultAsync(), Is.EqualTo(["fields"]));
    }
}
