using Registry.Api.Tests.Support;
using static Registry.Api.Tests.Search.SearchScenes;

namespace Registry.Api.Tests.Search;

/// <summary>What comes first, and how much of it.</summary>
public sealed class RankingHits(Engine engine) : RegistryTest(engine)
{
    [Test]
    public async Task The_whole_name_comes_before_an_acronym_before_all_words_before_beginnings()
    {
        await App.EstablishForumAsync("AA", Named("Ton club of friends"));
        await App.EstablishForumAsync("BB", Named("Tonic"));
        await App.EstablishForumAsync("CC", Named("Conference"), Named("TON", kind: "acronym"));
        await App.EstablishForumAsync("DD", Named("Ton"));
        await App.EstablishForumAsync("TON", Named("Another"));

        Assert.That(
            await App.FoundAsync("ton"),
            Is.EqualTo(new[] { "forums/DD", "forums/CC", "forums/TON", "forums/AA", "forums/BB" })
        );
    }

    [Test]
    public async Task Present_names_come_before_former_ones_and_short_ones_before_long_ones()
    {
        await App.EstablishStateAsync("AAA", Named("Republic of Zed", until: "1990"), Named("Aaa", from: "1991"));
        await App.EstablishStateAsync("BBB", Named("Great Republic of Zed and more"));
        await App.EstablishStateAsync("CCC", Named("Great Republic of Zed"));

        var answer = await App.SearchAsync("zed republic");

        Assert.That(answer.Each(hit => hit["id"]), Is.EqualTo(new[] { "CCC", "BBB", "AAA" }));
        Assert.That(
            answer["items"]!.AsArray().Select(hit => (double)hit!["score"]!),
            Is.Ordered.Descending.And.All.InRange(0, 1)
        );
    }

    [Test]
    public async Task A_record_with_several_fitting_names_is_one_hit_by_the_best_of_them()
    {
        await App.EstablishStateAsync(
            "KAZ",
            Named("Republic of Kazakhstan"),
            Named("Kazakhstan", kind: "short"),
            Named("Kazakhstan", "fr", "short")
        );

        var hit = (await App.SearchAsync("kazakhstan"))["items"]!.AsArray().Single()!;

        Assert.That((string?)hit["matched"]!["text"], Is.EqualTo("Kazakhstan"));
        Assert.That((string?)hit["matched"]!["language"], Is.EqualTo("en"));
        Assert.That((double)hit["score"]!, Is.EqualTo(1));
    }

    [Test]
    public async Task Hits_alike_come_in_one_order_and_no_more_than_asked_for()
    {
        foreach (var code in new[] { "EE", "BB", "DD", "AA", "CC" })
        {
            await App.EstablishForumAsync(code, Named("Same name"));
        }

        Assert.That(
            await App.FoundAsync("same", "&limit=3"),
            Is.EqualTo(new[] { "forums/AA", "forums/BB", "forums/CC" })
        );
    }

    [TestCase("zed")]
    [TestCase("ze")]
    [TestCase("zed union")]
    [TestCase("union of zed")]
    [TestCase("zedland")]
    public async Task However_few_hits_are_asked_for_they_are_the_best_of_all(string question)
    {
        // The fewer are asked for, the sooner the reading of names may stop. There are fewer forums than the most hits, so that
        // for these every name is read.
        string[] texts =
        [
            "Zed",
            "Zed union",
            "Union of all that lies around Zed",
            "Zedonia of the union",
            "Zed-land",
            "The old union of Zedonians",
            "Zedlanders",
            "Z.e.d. union of the coast",
        ];
        for (var number = 0; number < 40; number++)
        {
            // Most short names are given up: what comes last by its length may come first.
            await App.EstablishForumAsync(
                $"F{number:00}",
                [
                    .. new[] { 3, 5, 7 }.Select(step =>
                        Named(
                            $"{texts[number * step % 8]} {new string('a', (number + step) % 7)}b",
                            "en fr es".Split(' ')[step % 3],
                            until: texts[number * step % 8].Length < 20 && number % 13 > 0 ? "1999" : null
                        )
                    ),
                ]
            );
        }

        var all = await HitsAsync(50);

        Assert.That(all, Has.Count.GreaterThan(10).And.Count.LessThan(50));
        foreach (var limit in new[] { 1, 2, 5, 10 })
        {
            Assert.That(await HitsAsync(limit), Is.EqualTo(all.Take(limit)), $"limit {limit}");
        }

        async Task<IReadOnlyList<string?>> HitsAsync(int limit) =>
            (await App.SearchAsync(question, $"&limit={limit}")).Each(hit => hit.ToJsonString());
    }

    [Test]
    public async Task A_name_of_common_words_is_found_among_very_many_of_them()
    {
        // More names with each of the words than are read of one.
        await App.EstablishStateAsync(
            "XAA",
            [.. Enumerable.Range(0, 190).Select(n => Named($"Union of States {n:000}", kind: "former"))]
        );
        await App.EstablishStateAsync(
            "XBB",
            [.. Enumerable.Range(0, 190).Select(n => Named($"States Union {n:000} and beyond", kind: "former"))]
        );
        await App.EstablishStateAsync(
            "XCC",
            [.. Enumerable.Range(0, 190).Select(n => Named($"Union {n:000} of very united States", kind: "former"))]
        );
        await App.EstablishStateAsync("XDD", Named("Union of States and of zebras in the end of all the world"));

        Assert.That((await App.FoundAsync("union of states and of zebras"))[0], Is.EqualTo("states/XDD"));
        Assert.That((await App.FoundAsync("union of states and"))[0], Is.EqualTo("states/XDD"));
        Assert.That(await App.FoundAsync("zebras union"), Is.EqualTo(new[] { "states/XDD" }));
        Assert.That(await App.FoundAsync("states union"), Is.Not.Empty);
    }
}

/// <summary>What comes first among the facts that the program brings along.</summary>
public sealed class RankingTheCatalogue(Engine engine) : CatalogueTest(engine)
{
    [TestCase("United States", "USA")]
    [TestCase("United Kingdom", "GBR")]
    [TestCase("South Korea", "KOR")]
    [TestCase("North Korea", "PRK")]
    [TestCase("Vietnam", "VNM")]
    [TestCase("Russia", "RUS")]
    [TestCase("Россия", "RUS")]
    [TestCase("Corée du Sud", "KOR")]
    [TestCase("Turkey", "TUR")]
    [TestCase("Vatican", "VAT")]
    [TestCase("朝鲜", "PRK")]
    public async Task A_state_is_found_first_by_its_everyday_name(string question, string code)
    {
        Assert.That((await App.FoundAsync(question, "&types=states"))[0], Is.EqualTo($"states/{code}"));
        Assert.That((await App.FoundAsync(question))[0], Is.EqualTo($"states/{code}"));
    }

    [TestCase("USA", "United States of America")]
    [TestCase("KOR", "Republic of Korea")]
    [TestCase("TUR", "Türkiye")]
    [TestCase("BOL", "Bolivia (Plurinational State of)")]
    public async Task An_everyday_name_is_not_the_one_that_lists_show(string code, string name) =>
        Assert.That((string?)(await App.ReadAsync($"/v1/states/{code}"))["name"], Is.EqualTo(name));

    [TestCase("lavrof", "ministers/")]
    [TestCase("Kazakhstn", "states/KAZ")]
    public async Task A_misspelt_question_is_answered_with_what_may_be_meant(string question, string begins)
    {
        var first = (await App.SearchAsync(question))["suggestions"]![0]!;

        Assert.That($"{first["type"]}/{first["id"]}", Does.StartWith(begins));
    }
}
