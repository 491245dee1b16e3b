using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Search;

/// <summary>
/// A batch of names costs a bounded number of lookups, whatever the names are: anybody may ask, and not every table has names.
/// </summary>
public sealed class BoundingBatches
{
    private const int Names = 100;
    private const int Longest = 300;

    private readonly WatchedConnections _watched = new();
    private RegistryApp _app = null!;
    private int _statements;

    [OneTimeSetUp]
    public async Task Some_states()
    {
        _watched.Before = _ => Interlocked.Increment(ref _statements);
        _app = await RegistryApp.StartAsync(await TestDatabases.TakeAsync(Engine.Sqlite), _watched);
        foreach (var (code, name) in new[] { ("UZB", "Uzbekistan"), ("MMR", "Myanmar"), ("CHN", "中华人民共和国") })
        {
            await (
                await _app.PostAsync(
                    "/v1/states",
                    new
                    {
                        code,
                        alpha2 = code[..2],
                        names = RegistryApp.NamesOf(name),
                    }
                )
            ).CreatedAsync();
        }
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _app.DisposeAsync();
        await TestDatabases.GiveBackAsync(_app.Database);
    }

    [TestCase("words", 12)]
    [TestCase("two names", 14)]
    [TestCase("characters", 36)]
    [TestCase("two runs of characters", 80)]
    public async Task The_lookups_for_a_name_are_bounded_however_long_it_is(string kind, int most)
    {
        var names = Enumerable.Range(0, Names).Select(number => LongName(kind, number)).ToArray();
        await MatchAsync(["Uzbekistan"]);
        _statements = 0;

        await MatchAsync(names);

        Assert.That((double)_statements / Names, Is.LessThanOrEqualTo(most));
    }

    [Test]
    public async Task A_misspelt_name_is_found_after_any_number_of_long_ones()
    {
        string[] names =
        [
            .. Enumerable.Range(0, Names - 3).Select(number => LongName("words", number)),
            "Uzbekistn",
            "中华人民共和国",
            "Uzbekistn (Myanmar)",
        ];

        var results = await MatchAsync(names);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)results[^3]!["candidates"]![0]!["id"], Is.EqualTo("UZB"));
            Assert.That((string?)results[^2]!["candidates"]![0]!["id"], Is.EqualTo("CHN"));
            Assert.That(results[^1]!["candidates"]!.AsArray(), Is.Not.Empty);
        }
    }

    [Test]
    public async Task A_name_that_is_too_long_is_named()
    {
        using var longest = await PostAsync([new string('a', Longest)]);
        using var longer = await PostAsync(["Uzbekistan", new string('a', Longest + 1)]);

        await longest.OkAsync();
        Assert.That(await longer.FieldsAtFaultAsync(), Is.EqualTo(["queries[1].name"]));
    }

    [TestCase("country")]
    [TestCase("kind")]
    public async Task A_property_that_is_too_long_is_an_error_of_its_query(string property)
    {
        var query = new
        {
            query = "Uzbekistan",
            properties = new[] { new { pid = property, v = new string('a', Longest + 1) } },
        };
        using var answer = await _app.Http.PostAsync(
            "/v1/reconcile",
            new FormUrlEncodedContent([
                new("queries", JsonSerializer.Serialize(new { bad = query, good = new { query = "Uzbekistan" } })),
            ])
        );

        var results = await answer.OkAsync();
        Assert.That((string?)results["bad"]!["error"], Does.StartWith($"{property}: "));
        Assert.That(results["good"]!["result"]!.AsArray(), Is.Not.Empty);
    }

    /// <summary>A name that no other one of the batch shares a lookup with.</summary>
    private static string LongName(string kind, int number) =>
        kind switch
        {
            "words" => Words(number, 20),
            "two names" => $"{Words(number, 11)} ({Words(number + Names, 11)})",
            "characters" => Characters(number, Longest),
            _ => $"{Characters(number, 140)}/{Characters(number + Names, 140)}",
        };

    private static string Words(int number, int count) =>
        string.Join(' ', Enumerable.Range(0, count).Select(word => Word((number * 31) + (word * 7_919))));

    private static string Word(int seed)
    {
        var digits = seed.ToString("D6", CultureInfo.InvariantCulture);
        return string.Concat(digits.Reverse().Zip("aeioua", (digit, vowel) => $"{(char)('b' + digit - '0')}{vowel}"));
    }

    private static string Characters(int number, int count) =>
        string.Concat(
            Enumerable.Range(0, count).Select(place => (char)(0x4e00 + (((number * 331) + (place * 7)) % 20_000)))
        );

    private async Task<JsonArray> MatchAsync(string[] names) =>
        (await (await PostAsync(names)).OkAsync())["results"]!.AsArray();

    private Task<HttpResponseMessage> PostAsync(string[] names) =>
        _app.PostAsync("/v1/match", new { queries = names.Select(name => new { name }) });
}
