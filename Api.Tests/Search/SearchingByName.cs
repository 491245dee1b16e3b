using Registry.Api.Tests.Support;
using static Registry.Api.Tests.Search.SearchScenes;

namespace Registry.Api.Tests.Search;

/// <summary>What is found by which words.</summary>
public sealed class SearchingByName(Engine engine) : RegistryTest(engine)
{
    [TestCase("Côte d’Ivoire", "COTE D'IVOIRE")]
    [TestCase("Côte d’Ivoire", "cote divoire")]
    [TestCase("Côte d’Ivoire", "ivoire")]
    [TestCase("Türkiye", "turkiye")]
    [TestCase("Łódź Group", "lodz group")]
    [TestCase("Åland Straße Ðæ", "aland strasse dae")]
    [TestCase("IRAQI Kurdistan", "ıraqi")]
    [TestCase("Guinea-Bissau", "guineabissau")]
    [TestCase("Guinea-Bissau", "guinea bissau")]
    [TestCase("Interparliamentary Assembly", "assembly interparl")]
    [TestCase("Organization of Turkic States", "turkic states organization")]
    [TestCase("Organization of Turkic States", "tur")]
    [TestCase("Организация Объединённых Наций", "организация объединенных наций")]
    [TestCase("Союз независимой Йоты", "ЙОТ")]
    [TestCase("Қазақстан Республикасы", "қазақ")]
    [TestCase("الأُمَم المتحدة", "الامم المتحدة")]
    [TestCase("האו״ם ישראל", "ישראל")]
    [TestCase("哈萨克斯坦共和国", "哈萨克斯坦")]
    [TestCase("哈萨克斯坦共和国", "共和国")]
    [TestCase("哈萨克斯坦共和国", "国")]
    [TestCase("哈萨克斯坦共和国", "克")]
    [TestCase("イタリア共和国", "イタリア")]
    [TestCase("대한민국", "대한")]
    [TestCase("ＣＩＣＡ Forum", "cica")]
    [TestCase("U.N. Fund", "un fund")]
    [TestCase("Мар'яна Їжак", "Марʼяна")]
    [TestCase("Мар'яна Їжак", "Мар‘яна їжак")]
    [TestCase("Мар'яна Їжак", "маряна їжак")]
    [TestCase("Маряна Їжак", "Мар’яна Їжак")]
    [TestCase("Oʻzbekiston", "O'zbekiston")]
    [TestCase("Oʻzbekiston", "ozbekiston")]
    [TestCase("กระทรวงทดสอบแห่งชาติ", "ทดสอบ")]
    [TestCase("ກະຊວງການຕ່າງປະເທດ", "ຕ່າງປະເທດ")]
    [TestCase("ក្រសួងការបរទេស", "បរទេស")]
    [TestCase("Đorđe Test", "Djordje Test")]
    [TestCase("Đorđe Test", "dorde")]
    [TestCase("Djordje Test", "Đorđe")]
    [TestCase("Jürgen Møller", "juergen moeller")]
    [TestCase("Juergen Moeller", "Jürgen Møller")]
    [TestCase("Strauß Group", "strauss")]
    [TestCase("Łukasz Group", "lukasz")]
    [TestCase("Þór Group", "thor")]
    [TestCase("ILHAM Əliyev", "ilham aliyev")]
    [TestCase("İlham Group", "ılham")]
    [TestCase("Алёна Group", "алена")]
    [TestCase("عبد الرحمن الاختبار", "عبدالرحمن الاختبار")]
    [TestCase("عبدالرحمن الاختبار", "عبد الرحمن")]
    [TestCase("عبد الفتاح السيسي", "سيسي")]
    [TestCase("أبو ظبي", "ابوظبي")]
    [TestCase("Abdel Fattah el-Sisi", "al-Sisi")]
    [TestCase("Abdel Fattah el-Sisi", "Alsisi")]
    [TestCase("Al Thani Group", "El-Thani")]
    public async Task A_name_is_found_however_it_is_written(string name, string question)
    {
        await App.EstablishForumAsync("XX", Named(name));
        await App.EstablishForumAsync("YY", Named("Something else"));

        Assert.That(await App.FoundAsync(question), Is.EqualTo(new[] { "forums/XX" }));
    }

    [TestCase("Союз независимой Йоты", "иоты")]
    [TestCase("哈萨克斯坦共和国", "国共")]
    [TestCase("Organization of Turkic States", "turkic union")]
    [TestCase("Organization of Turkic States", "ganization")]
    public async Task A_name_without_all_the_words_is_not_found(string name, string question)
    {
        await App.EstablishForumAsync("XX", Named(name));

        Assert.That(await App.FoundAsync(question), Is.Empty);
    }

    [TestCase("Sergey Lavrov", "lavrof")]
    [TestCase("Sergey Lavrov", "Sergei Lawrow")]
    [TestCase("Kazakhstan", "Kazakstan")]
    public async Task What_nothing_has_is_answered_with_what_is_like_it(string name, string question)
    {
        await App.EstablishForumAsync("XX", Named(name));

        var answer = await App.SearchAsync(question);
        var other = await App.SearchAsync(question, "&types=states");
        var found = await App.SearchAsync(name);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer["items"]!.AsArray(), Is.Empty);
            Assert.That((string?)answer["suggestions"]![0]!["id"], Is.EqualTo("XX"));
            Assert.That((double)answer["suggestions"]![0]!["score"]!, Is.InRange(0.3, 0.99));
            Assert.That(other["suggestions"], Is.Null, "There are no states.");
            Assert.That(found["suggestions"], Is.Null, "There is a hit.");
        }
    }

    [Test]
    public async Task A_hit_says_which_record_by_which_name_and_where_it_is()
    {
        await App.EstablishForumAsync(
            "CICA",
            Named("Conference on Interaction"),
            Named("СВМДА", language: "ru", kind: "acronym")
        );

        var hit = (await App.SearchAsync("свмда"))["items"]!.AsArray().Single()!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)hit["type"], Is.EqualTo("forums"));
            Assert.That((string?)hit["id"], Is.EqualTo("CICA"));
            Assert.That((string?)hit["name"], Is.EqualTo("Conference on Interaction"));
            Assert.That(
                hit["matched"]!.ToJsonString(
                    new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
                ),
                Is.EqualTo("""{"text":"СВМДА","language":"ru","kind":"acronym"}""")
            );
            Assert.That(hit["former"], Is.Null);
            Assert.That((double)hit["score"]!, Is.InRange(0, 1));
            Assert.That((string?)hit["path"], Is.EqualTo("/v1/forums/CICA"));
        }
    }

    [Test]
    public async Task A_former_name_is_found_and_said_to_be_one()
    {
        await App.EstablishStateAsync(
            "MKD",
            Named("North Macedonia", kind: "short", from: "2019-02-12"),
            Named("former Yugoslav Republic of Macedonia", kind: "short", until: "2019-02-11"),
            Named("Land of Old", kind: "former")
        );

        foreach (var (question, former) in new[] { ("north macedonia", false), ("yugoslav", true), ("of old", true) })
        {
            var hit = (await App.SearchAsync(question))["items"]!.AsArray().Single()!;
            Assert.That((bool?)hit["former"] ?? false, Is.EqualTo(former), question);
            Assert.That((string?)hit["name"], Is.EqualTo("North Macedonia"));
        }
    }

    [Test]
    public async Task Codes_and_identifiers_are_found_whole_and_by_their_beginning()
    {
        await (
            await App.PostAsync(
                "/v1/states",
                new
                {
                    code = "KAZ",
                    names = new[] { Named("Qazaq") },
                    alpha2 = "KZ",
                    m49 = "398",
                    identifiers = new[] { new { scheme = "wikidata", value = "Q232" } },
                }
            )
        ).CreatedAsync();

        foreach (var question in new[] { "kaz", "KZ", "398", "q232", "Q23" })
        {
            Assert.That(await App.FoundAsync(question), Is.EqualTo(new[] { "states/KAZ" }), question);
        }
    }

    [Test]
    public async Task Everything_that_has_a_name_is_found()
    {
        await App.EstablishStateAsync("KAZ", Named("Zebra land"));
        await App.EstablishForumAsync("ZZ", Named("Zebra pact"));
        await (
            await App.PostAsync(
                "/v1/forums/ZZ/bodies",
                new
                {
                    code = "herd",
                    kind = "council",
                    names = new[] { Named("Zebra council") },
                }
            )
        ).CreatedAsync();
        await (await App.PostAsync("/v1/ministers", new { names = RegistryApp.TextsOf("Zebra Zorro") })).CreatedAsync();
        await (
            await App.PostAsync(
                "/v1/posts",
                new
                {
                    kind = "other",
                    of = new { kind = "state", code = "KAZ" },
                    titles = RegistryApp.TextsOf("Zebra keeper"),
                }
            )
        ).CreatedAsync();
        var meeting = await (
            await App.PostAsync(
                "/v1/meetings",
                new
                {
                    titles = RegistryApp.TextsOf("Zebra summit"),
                    forum = "ZZ",
                    kind = "summit",
                    status = "held",
                    starts = "2020-01-01",
                }
            )
        ).CreatedAsync();
        await (
            await App.PostAsync(
                "/v1/documents",
                new
                {
                    titles = RegistryApp.TextsOf("Zebra charter"),
                    symbol = "ZZ/RES/7",
                    kind = "charter",
                    forum = "ZZ",
                    steps = new[] { new { status = "planned", on = "2020" } },
                }
            )
        ).CreatedAsync();
        await (
            await App.PostAsync(
                $"/v1/meetings/{meeting["id"]}/outcomes",
                new { verb = "noted", texts = RegistryApp.TextsOf("Zebra matters were noted.") }
            )
        ).CreatedAsync();
        await (await App.PostAsync("/v1/sources", new { title = "Zebra gazette", kind = "press" })).CreatedAsync();

        var hits = (await App.SearchAsync("zebra"))["items"]!.AsArray();

        string[] types =
        [
            "states",
            "forums",
            "bodies",
            "ministers",
            "posts",
            "meetings",
            "documents",
            "outcomes",
            "sources",
        ];
        Assert.That(hits.Select(hit => (string?)hit!["type"]), Is.EquivalentTo(types));
        foreach (var hit in hits)
        {
            Assert.That((string?)hit!["name"], Does.StartWith("Zebra"));
            await App.ReadAsync((string)hit["path"]!);
        }

        Assert.That(await App.FoundAsync("zz/res/7"), Is.EqualTo(new[] { "documents/zz.zebra-charter" }));
        Assert.That(
            await App.FoundAsync("zebra", "&types=states,bodies"),
            Is.EquivalentTo(new[] { "states/KAZ", "bodies/ZZ/herd" })
        );
    }
}
