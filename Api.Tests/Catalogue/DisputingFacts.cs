using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Catalogue;

/// <summary>Where the sources of the catalogue differ, both stand.</summary>
public sealed class DisputingFacts(Engine engine) : CatalogueTest(engine)
{
    [TestCase("cica.bhr", "/standings/0/from", "2010", "2011")]
    [TestCase("cica.khm", "/standings/0/from", "2010", "2011")]
    [TestCase("csto.uzb", "/standings/1/from", "2006-08-16", "2002")]
    [TestCase("cis.ukr", "/standings/1/standing", "associate", "member")]
    [TestCase("cis.geo", "/standings/0/until", "2009-08-17", "2009-08-18")]
    [TestCase("cis.tkm", "/standings/1/standing", "associate", "member")]
    [TestCase("brics.sau", "/standings/0/standing", "applicant", "member")]
    [TestCase("kaz.foreign-minister.mukhtar-tileuberdi", "/from", "2019-09-18", "2019-09-08")]
    public async Task A_known_dispute_is_listed_with_the_claim_that_answers(
        string subject,
        string field,
        string preferred,
        string rival
    )
    {
        var question = $"/v1/claims?disputed=true&subject={subject}&field={field}";

        var answering = await App.ReadAsync($"{question}&preferred=true");
        var rivals = await App.ReadAsync($"{question}&rival=true");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answering.Each(claim => claim["value"]), Is.EqualTo(new[] { preferred }));
            Assert.That(rivals.Each(claim => claim["value"]), Does.Contain(rival));
        }
    }

    [Test]
    public async Task Every_disputed_field_has_one_claim_that_its_record_follows()
    {
        var disputed = await App.ReadAsync("/v1/claims?disputed=true&limit=200");

        var fields = disputed["items"]!
            .AsArray()
            .GroupBy(claim => $"{claim!["subject"]!["id"]} {claim["field"]}")
            .ToArray();
        Assert.That(fields, Has.Length.GreaterThan(15));
        foreach (var field in fields)
        {
            Assert.That(field.Count(claim => (bool)claim!["preferred"]!), Is.EqualTo(1), field.Key);
            Assert.That(field.Count(claim => !(bool)claim!["rival"]!), Is.EqualTo(1), field.Key);
        }
    }

    [Test]
    public async Task The_correlates_of_war_have_Uzbekistan_in_the_organization_from_2002()
    {
        var claims = await App.ReadAsync("/v1/claims?forum=CSTO&source=cow-igo");

        Assert.That(claims.Each(claim => claim["value"]), Is.EqualTo(new[] { "2002" }));
    }

    [Test]
    public async Task A_count_of_members_is_reconciled_with_those_on_record()
    {
        var conference = await App.ReadAsync("/v1/forums/CICA/reconciliation?on=2022-10-12");
        var treaty = await App.ReadAsync("/v1/forums/CSTO/reconciliation?on=2005-01-01");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int?)conference["declared"]!["count"], Is.EqualTo(27));
            Assert.That((int?)conference["difference"], Is.Zero);
            Assert.That((string?)treaty["members"]![0]!["reason"], Is.EqualTo("disputed"));
            Assert.That((string?)treaty["members"]![0]!["member"]!["code"], Is.EqualTo("UZB"));
        }
    }

    [Test]
    public async Task Every_source_of_the_catalogue_is_a_record_that_knows_who_cites_it()
    {
        var sources = await App.ReadAsync("/v1/sources?limit=200");

        Assert.That(sources["items"]!.AsArray(), Has.Count.GreaterThan(100));
        foreach (var id in sources.Each(source => source["id"]))
        {
            var citing = await App.ReadAsync($"/v1/sources/{id}/citations?limit=1");
            Assert.That(citing["items"]!.AsArray(), Has.Count.EqualTo(1), id);
        }
    }
}
