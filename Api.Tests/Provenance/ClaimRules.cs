using System.Text.Json;
using Registry.Api.Tests.Support;
using Registry.Domain;
using Registry.Domain.Provenance;

namespace Registry.Api.Tests.Provenance;

public sealed class ClaimRules
{
    [Test]
    public void Values_that_mean_the_same_are_the_same()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Value("""{"b":1,"a":[true]}"""), Is.EqualTo(Value("""{ "a": [true], "b": 1 }""")));
            Assert.That(Value("\"\\u0041\""), Is.EqualTo(Value("\"A\"")));
            Assert.That(Value("null"), Is.EqualTo(ClaimedValue.None));
            Assert.That(Value("[1,2]"), Is.Not.EqualTo(Value("[2,1]")));
        }
    }

    [TestCase("from")]
    [TestCase("")]
    [TestCase("/a~")]
    [TestCase("/a~2")]
    public void A_field_is_a_pointer(string pointer) =>
        Assert.That(() => new ClaimedField(pointer), Refused.At("field"));

    [Test]
    public void A_pointer_is_read_step_by_step() =>
        Assert.That(new ClaimedField("/a~1b/m~0n/0").Steps, Is.EqualTo(new[] { "a/b", "m~n", "0" }));

    [Test]
    public void A_preference_ends_where_the_record_says_something_else()
    {
        var claim = Claim("1999");
        claim.Compare(Value("\"1999\""));
        claim.Prefer("It is so.");

        var changed = claim.Compare(Value("\"2000\""));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(changed, Is.True);
            Assert.That(claim.Standing, Is.EqualTo(new ClaimStanding(false, null, true)));
        }
    }

    [Test]
    public void A_rival_is_not_preferred()
    {
        var claim = Claim("1999");
        claim.Compare(ClaimedValue.None);

        Assert.That(() => claim.Prefer(null), Refused.By("claim-does-not-fit"));
    }

    [Test]
    public void A_citation_needs_words_or_a_source()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => new Citation(null, null, Confidence.Low), Refused.At("citation"));
            Assert.That(() => new Citation(null, null, Confidence.Low, new Slug("paper")), Throws.Nothing);
        }
    }

    private static ClaimedValue Value(string json) => ClaimedValue.Of(JsonSerializer.Deserialize<JsonElement>(json));

    private static Claim Claim(string year) =>
        new(
            new Slug("claim"),
            new ClaimFacts
            {
                Subject = new ClaimSubject("forums", "PACT"),
                Field = new ClaimedField("/founded"),
                Value = Value($"\"{year}\""),
                Source = new Slug("paper"),
                Confidence = Confidence.Medium,
            },
            ClaimStanding.New
        );
}
