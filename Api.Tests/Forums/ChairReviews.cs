using Registry.Api.Tests.Support;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Domain.States;
using static Registry.Api.Tests.Support.Times;

namespace Registry.Api.Tests.Forums;

public sealed class ChairReviews
{
    private static readonly string[] OneAndTwo = ["one", "two"];

    [Test]
    public void Where_nobody_ever_chaired_nothing_is_missing()
    {
        Assert.That(Review(), Is.Empty);
    }

    [TestCase("1999/2002", "2003/..")]
    [TestCase("1999/2001-12-31", "2002-01-01/..")]
    [TestCase("../2001", "2002-01/..")]
    public void Who_follows_directly_leaves_no_gap(string one, string two)
    {
        Assert.That(Review(one, two), Is.Empty);
    }

    [TestCase("1999/2001", "2003/..", "2002-01-01", "2002-12-31")]
    [TestCase("1999/2001-05", "2001-07-02/..", "2001-06-01", "2001-07-01")]
    [TestCase("../2001-05-01", "2001-05-03/..", "2001-05-02", "2001-05-02")]
    public void Days_on_which_nobody_can_have_chaired_are_a_gap(string one, string two, string from, string until)
    {
        AssertFound(Review(one, two), ChairFindingKind.Gap, from, until, OneAndTwo);
    }

    [TestCase("1999/2001", "2002/..")]
    [TestCase("1999/2001", "2001/..")]
    [TestCase("1999/2001-03-01", "2001/..")]
    [TestCase("1999/ended", "2010/..")]
    [TestCase("1999/2000", "../..")]
    public void What_may_be_a_matter_of_imprecise_dates_is_no_gap(string one, string two)
    {
        Assert.That(Review(one, two).Where(finding => finding.Kind == ChairFindingKind.Gap), Is.Empty);
    }

    [TestCase("1999/2002-12-31", "2002-06-01/..", "2002-06-01", "2002-12-31")]
    [TestCase("1999/..", "2002-06-01/2003-05-31", "2002-06-01", "2003-05-31")]
    [TestCase("1999/2003", "2002/..", "2002-12-31", "2003-01-01")]
    [TestCase("1999/..", "2002-06-01/2002-06-01", "2002-06-01", "2002-06-01")]
    [TestCase("2002-06-01/..", "2002-06-01/2002-06-01", "2002-06-01", "2002-06-01")]
    public void Days_on_which_two_certainly_chair_are_an_overlap(string one, string two, string from, string until)
    {
        var found = Review(one, two).Single(finding => finding.Kind == ChairFindingKind.Overlap);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(found.From, Is.EqualTo(Day(from)));
            Assert.That(found.Until, Is.EqualTo(Day(until)));
            Assert.That(found.Chairmanships, Is.EquivalentTo(OneAndTwo));
        }
    }

    [Test]
    public void Two_who_both_go_on_overlap_until_further_notice()
    {
        AssertFound(Review("1999/..", "2002-06-01/.."), ChairFindingKind.Overlap, "2002-06-01", null, OneAndTwo);
    }

    [TestCase("1999/2002-06-01", "2002-06-01/..")]
    [TestCase("1999/2002-06-01", "2002-06/..")]
    [TestCase("1999/2002", "2002/..")]
    [TestCase("2002-06-01/..", "1999/2002-06-01")]
    public void Who_hands_over_on_the_first_day_of_the_next_does_not_overlap(string one, string two)
    {
        Assert.That(Review(one, two), Is.Empty);
    }

    [Test]
    public void Somebody_chairs_until_today()
    {
        AssertFound(Review("1999/2024"), ChairFindingKind.Gap, "2025-01-01", null, ["one"]);
    }

    [TestCase("1999/2026")]
    [TestCase("1999/2026-06-30")]
    [TestCase("1999/2031")]
    [TestCase("1999/ended")]
    [TestCase("1999/..")]
    public void Who_may_chair_today_leaves_no_gap(string one)
    {
        Assert.That(Review(one), Is.Empty);
    }

    [Test]
    public void Nobody_chairs_what_has_ceased_to_be()
    {
        Assert.That(Of("1990/2010-12-31", "1999/2010-12-31"), Is.Empty);
    }

    [Test]
    public void The_gap_at_the_end_of_a_life_ends_with_it()
    {
        AssertFound(Of("1990/2010-06-15", "1999/2005"), ChairFindingKind.Gap, "2006-01-01", "2010-06-15", ["one"]);
    }

    [TestCase("1990/2010", "1999/2010-03-31")]
    [TestCase("1990/ended", "1999/2005")]
    public void A_life_that_may_have_ended_with_the_last_chair_leaves_no_gap(string life, string one)
    {
        Assert.That(Of(life, one), Is.Empty);
    }

    [Test]
    public void A_gap_is_looked_for_behind_the_longest_not_the_latest()
    {
        var found = Review("2000-01-01/2010-12-31", "2001-01-01/2002-12-31", "2012-01-01/..");

        Assert.That(
            found.Select(finding => (finding.Kind, finding.From)),
            Is.EqualTo(
                new[] { (ChairFindingKind.Overlap, Day("2001-01-01")), (ChairFindingKind.Gap, Day("2011-01-01")) }
            )
        );
        Assert.That(found[1].Chairmanships, Is.EqualTo(new[] { "one", "three" }));
    }

    [Test]
    public void No_forum_chairs_itself()
    {
        Assert.That(() => Chaired(Party.Of(new ForumCode("PACT"))), Refused.By("own-member"));
        Assert.That(() => Chaired(Party.Of(new ForumCode("UNION"))), Throws.Nothing);
        Assert.That(() => Chaired(Party.Of(new StateCode("KAZ"))), Throws.Nothing);
    }

    [TestCase("1999/2005", "2000/..")]
    [TestCase("2001/2006-01-01", "2000/2005")]
    public void No_chairmanship_lies_outside_the_life_of_any_side(string held, string life)
    {
        Assert.That(() => Chaired(Party.Of(new StateCode("KAZ")), held, life), Refused.By("outside-life"));
    }

    private static Chairmanship Chaired(Party chair, string held = "../..", string life = "../..") =>
        new(
            new Slug("one"),
            new ChairmanshipFacts
            {
                Forum = new ForumCode("PACT"),
                Chair = chair,
                Held = Span(held),
            },
            new Dictionary<string, Period> { ["PACT"] = Period.Always, [chair.Code] = Span(life) }
        );

    private static IReadOnlyList<ChairFinding> Review(params string[] line) => Of("../..", line);

    private static IReadOnlyList<ChairFinding> Of(string life, params string[] line)
    {
        string[] ids = ["one", "two", "three"];
        return ChairReview.Of(ids.Zip(line.Select(Span)), Span(life), RegistryApp.Today);
    }

    private static void AssertFound(
        IReadOnlyList<ChairFinding> findings,
        ChairFindingKind kind,
        string from,
        string? until,
        string[] chairmanships
    )
    {
        Assert.That(findings, Has.Count.EqualTo(1));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(findings[0].Kind, Is.EqualTo(kind));
            Assert.That(findings[0].From, Is.EqualTo(Day(from)));
            Assert.That(findings[0].Until, Is.EqualTo(until is null ? null : Day(until)));
            Assert.That(findings[0].Chairmanships, Is.EqualTo(chairmanships));
        }
    }
}
