using System.Globalization;
using Registry.Api.Tests.Contract;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Http;

/// <summary>The parameters on, from and until of every operation that has them, with a day, a month or a year.</summary>
public sealed class AskingForMonths(Engine engine) : CatalogueTest(engine)
{
    private const string Month = "2022-09";

    private static readonly string[] Names = ["on", "from", "until"];

    [Test]
    public async Task The_contract_shows_the_three_forms()
    {
        foreach (var (operation, name) in await DatedAsync())
        {
            // In the schema, as Swagger UI fills what it finds beside it into the parameter.
            var parameter = operation.Parameters("query")[name];
            Assert.That(parameter["examples"], Is.Null, $"{operation} {name}");
            Assert.That(
                parameter["schema"]!["examples"]!.AsArray().Select(example => (string?)example),
                Is.EqualTo(new[] { "1992-05-15", "1992-05", "1992" }),
                $"{operation} {name}"
            );
        }
    }

    [TestCase("2022-13")]
    [TestCase("2022-00")]
    [TestCase("2022-9")]
    [TestCase("0000")]
    [TestCase("22")]
    [TestCase("2022-02-30")]
    [TestCase("2022-09/2022-10")]
    public async Task What_is_no_date_is_refused_with_the_forms_it_may_have(string text)
    {
        foreach (var (operation, name) in await DatedAsync())
        {
            using var answer = await App.GetAsync(operation.With($"{name}={text}"));
            var problem = await answer.ProblemAsync(System.Net.HttpStatusCode.BadRequest, "invalid-request");
            Assert.That(
                (string?)problem["errors"]![name]![0],
                Is.EqualTo("It is a date of the calendar as YYYY, YYYY-MM or YYYY-MM-DD."),
                $"{operation} {name}"
            );
        }
    }

    [Test]
    public async Task A_month_is_asked_for_as_its_days()
    {
        var lists = (await DatedAsync())
            .Where(dated => dated.Name == "on" && dated.Operation.IsList)
            // What is asked for is told as it stood at the end.
            .Where(dated => dated.Operation.Id != "listFollowUps")
            .Select(dated => dated.Operation)
            .ToArray();
        Assert.That(lists, Has.Length.AtLeast(10));

        var failures = new List<string>();
        foreach (var list in lists)
        {
            var days = new List<Dictionary<string, bool?>>();
            for (var day = new DateOnly(2022, 9, 1); day.Month == 9; day = day.AddDays(1))
            {
                days.Add(await ItemsAsync(list, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
            }

            var month = await ItemsAsync(list, Month);
            if (!month.Keys.Order().SequenceEqual(days.SelectMany(day => day.Keys).Distinct().Order()))
            {
                failures.Add($"{list}: the items of the month are not those of its days");
            }

            failures.AddRange(
                month
                    .Where(item =>
                        item.Value is { } certain && certain != days.All(day => day.GetValueOrDefault(item.Key) == true)
                    )
                    .Select(item => $"{list}: certain is {item.Value} of {item.Key}")
            );
        }

        Assert.That(failures, Is.Empty, string.Join('\n', failures));
    }

    [Test]
    public async Task A_year_counts_from_its_first_day_to_its_last()
    {
        var lists = (await DatedAsync())
            .Where(dated => dated.Name == "from" && dated.Operation.IsList)
            .Select(dated => dated.Operation)
            .ToArray();
        Assert.That(lists, Has.Length.AtLeast(8));

        foreach (var list in lists)
        {
            var (all, before, after) = (
                await TotalAsync(list, ""),
                await TotalAsync(list, "until=2021"),
                await TotalAsync(list, "from=2022")
            );

            using (Assert.EnterMultipleScope())
            {
                Assert.That(
                    await TotalAsync(list, "from=2022&until=2022"),
                    Is.EqualTo(await TotalAsync(list, "from=2022-01-01&until=2022-12-31")),
                    $"{list}"
                );
                Assert.That(before, Is.EqualTo(await TotalAsync(list, "until=2021-12-31")), $"{list}");
                Assert.That(after, Is.EqualTo(await TotalAsync(list, "from=2022-01-01")), $"{list}");

                // What goes on for years lies on both sides, and one list has no other item.
                Assert.That(all == 1 || (before < all && after < all), $"{list}: {before} and {after} of {all}");
            }
        }

        async Task<int> TotalAsync(Operation list, string dates) =>
            (int)(await App.ReadAsync(list.With($"{dates}&count=true".TrimStart('&'))))["total"]!;
    }

    [Test]
    public async Task A_range_of_dates_goes_forwards()
    {
        foreach (var (operation, _) in (await DatedAsync()).Where(dated => dated.Name == "until"))
        {
            using var backwards = await App.GetAsync(operation.With("from=2022-09&until=2022-08"));
            Assert.That(await backwards.FieldsAtFaultAsync(), Is.EqualTo(new[] { "until" }), $"{operation}");
            await App.ReadAsync(operation.With("from=2022-09-30&until=2022-09"));
            await App.ReadAsync(operation.With("from=2022&until=2022-01"));
        }
    }

    [TestCase("/v1/forums/CICA/members?on=2022-10&standing=member", 28)]
    [TestCase("/v1/forums/CICA/members?on=2022-09&standing=member", 27)]
    [TestCase("/v1/forums/CICA/members?on=2022&standing=member", 28)]
    [TestCase("/v1/forums/CICA/members?on=2021&standing=member", 27)]
    public async Task Who_came_in_the_month_is_among_the_members_of_the_month(string path, int members)
    {
        var page = await App.ReadAsync($"{path}&count=true");
        var uncertain = page["items"]!.AsArray().Where(item => !(bool)item!["certain"]!);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)page["total"]!, Is.EqualTo(members));
            Assert.That(
                uncertain.Select(item => (string?)item!["member"]!["code"]),
                Is.EqualTo(members == 28 ? ["KWT"] : Array.Empty<string>())
            );
        }
    }

    [Test]
    public async Task Documents_of_a_year_took_a_step_in_it()
    {
        var found = await App.ReadAsync("/v1/documents?from=2022&until=2022&limit=200");
        var all = await App.ReadAsync("/v1/documents?limit=200");
        var expected = all["items"]!
            .AsArray()
            .Where(document =>
                document!["steps"]!
                    .AsArray()
                    .Any(step => ((string)step!["on"]!).StartsWith("2022", StringComparison.Ordinal))
            )
            .Select(document => (string?)document!["id"])
            .ToArray();

        Assert.That(found.Each(document => document["id"]), Is.EqualTo(expected).And.Not.Empty);
        Assert.That(all["items"]!.AsArray(), Has.Count.GreaterThan(expected.Length));
    }

    [Test]
    public async Task What_is_asked_for_is_told_as_it_stood_at_the_end_of_the_month()
    {
        var month = await App.ReadAsync("/v1/follow-ups?on=2022-10");
        var last = await App.ReadAsync("/v1/follow-ups?on=2022-10-31");
        var first = await App.ReadAsync("/v1/follow-ups?on=2022-10-01");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(month.Each(item => item["status"]), Is.EqualTo(last.Each(item => item["status"])));
            Assert.That((string?)last["items"]![0]!["status"], Is.EqualTo("done"));
            Assert.That((bool?)last["items"]![0]!["certain"], Is.True);
            Assert.That((string?)first["items"]![0]!["status"], Is.EqualTo("open"));
            Assert.That((bool?)first["items"]![0]!["certain"], Is.True);
            Assert.That((bool?)month["items"]![0]!["certain"], Is.False);
        }
    }

    /// <summary>The items of a list on a date, without what depends on the day, and whether each is certain.</summary>
    private async Task<Dictionary<string, bool?>> ItemsAsync(Operation list, string date)
    {
        var items = new Dictionary<string, bool?>(StringComparer.Ordinal);
        for (var next = list.With($"on={date}&limit=200"); next is not null; )
        {
            var page = await App.ReadAsync(next);
            foreach (var item in page["items"]!.AsArray())
            {
                var certain = (bool?)item!["certain"];
                item.AsObject().Remove("certain");
                item.AsObject().Remove("title");
                items.Add(item.ToJsonString(), certain);
            }

            next = (string?)page["next"];
        }

        return items;
    }

    private async Task<IReadOnlyList<(Operation Operation, string Name)>> DatedAsync()
    {
        (Operation Operation, string Name)[] dated =
        [
            .. from operation in Operation.Of(await App.ReadAsync("/openapi/v1.json"))
            where operation.IsRead
            from name in operation.Parameters("query").Keys
            where Names.Contains(name)
            select (operation, name),
        ];
        Assert.That(dated, Has.Length.AtLeast(25));
        return dated;
    }
}
