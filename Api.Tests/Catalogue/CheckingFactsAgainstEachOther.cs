using Registry.Api.Tests.Support;
using Registry.Infrastructure.Catalogue;

namespace Registry.Api.Tests.Catalogue;

/// <summary>What the catalogue declares in one place is computed from another.</summary>
public sealed class CheckingFactsAgainstEachOther(Engine engine) : CatalogueTest(engine)
{
    private static readonly string[] TwentyForums =
        "UN CICA CSTO OSCE SCO CIS EAEU OTS OIC ECO ASEAN LAS AU EU COE NATO GCC G20 BRICS APEC".Split(' ');

    /// <summary>No source at hand names theirs, and an identifier is not guessed.</summary>
    private static readonly string[] WithoutVerifiedIdentifier = ["CICA", "ECO"];

    [Test]
    public async Task As_many_stand_in_a_forum_as_its_sources_declare()
    {
        var checkedCounts = 0;
        using (Assert.EnterMultipleScope())
        {
            foreach (var row in CatalogueFiles.DeclaredCounts())
            {
                var question =
                    $"/v1/forums/{row.Text("forum")}/members?on={row.Text("on")}&standing={row.Text("standing")}";
                var rows = await App.ReadAsync(question);
                var distinct = rows.Each(standing => standing["member"]!["code"]).Distinct().Count();
                Assert.That($"{question}: {distinct}", Is.EqualTo($"{question}: {row.Text("count")}"));
                checkedCounts++;
            }
        }

        Assert.That(checkedCounts, Is.GreaterThan(60));
    }

    [Test]
    public void Every_source_is_used_and_every_forum_has_a_declared_count()
    {
        var used = CatalogueRow
            .FilesIn("")
            .Where(file => !file.StartsWith("sources/", StringComparison.Ordinal))
            .SelectMany(CatalogueRow.In)
            .Select(row => row.Text("source"))
            .ToHashSet();
        var sources = CatalogueRow
            .FilesIn("sources/")
            .SelectMany(CatalogueRow.In)
            .Select(row => row.Text("id"))
            .ToArray();
        var counted = CatalogueFiles.DeclaredCounts().Select(row => row.Text("forum")).ToHashSet();
        var forums = CatalogueRow.In("forums.csv").Select(row => row.Text("code")).ToArray();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(used, Is.SubsetOf(sources));
            Assert.That(sources, Is.SubsetOf(used));
            Assert.That(forums, Is.SubsetOf(counted));
        }
    }

    [Test]
    public async Task Every_state_has_a_short_name_in_six_languages_or_is_gone()
    {
        var nameless =
            from state in new CatalogueFiles().States()
            where state.Existence?.Until is null
            let languages = state.Names!.Where(name => name.Until is null).Select(name => name.Language).ToHashSet()
            where !languages.IsSupersetOf(["ar", "en", "es", "fr", "ru", "zh"])
            select state.Code;

        Assert.That(nameless, Is.Empty);
        Assert.That((int?)(await App.ReadAsync("/v1/states?count=true&limit=1"))["total"], Is.AtLeast(200));
    }

    [TestCaseSource(nameof(TwentyForums))]
    public async Task Each_of_the_twenty_forums_has_an_english_name_a_stage_and_where_verified_a_wikidata_identifier(
        string code
    )
    {
        var forum = await App.ReadAsync($"/v1/forums/{code}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(forum["names"]!.AsArray().Any(name => (string?)name!["language"] == "en"), Is.True);
            Assert.That(forum["stages"], Is.Not.Null);
            Assert.That(
                forum["identifiers"]?.AsArray().Any(known => (string?)known!["scheme"] == "wikidata") ?? false,
                Is.EqualTo(!WithoutVerifiedIdentifier.Contains(code))
            );
        }
    }

    [TestCase("CICA", 10)]
    [TestCase("CSTO", 7)]
    [TestCase("UN", 6)]
    public async Task A_forum_has_its_bodies(string forum, int least)
    {
        var bodies = await App.ReadAsync($"/v1/forums/{forum}/bodies?count=true");

        Assert.That((int?)bodies["total"], Is.AtLeast(least));
    }
}
