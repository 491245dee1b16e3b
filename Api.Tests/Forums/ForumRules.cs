using Registry.Api.Tests.Support;
using Registry.Domain;
using Registry.Domain.Forums;
using static Registry.Api.Tests.Support.Times;

namespace Registry.Api.Tests.Forums;

public sealed class ForumRules
{
    private static readonly ForumCode Pact = new("PACT");

    [TestCase("UN")]
    [TestCase("G20")]
    [TestCase("SHANGHAI-5")]
    [TestCase("ABCDEFGHIJKLMNOP")]
    public void A_forum_is_named_by_its_letters(string code)
    {
        Assert.That(new ForumCode(code).Value, Is.EqualTo(code));
    }

    [TestCase("U")]
    [TestCase("un")]
    [TestCase("20G")]
    [TestCase("-UN")]
    [TestCase("UN.")]
    [TestCase("UN\n")]
    [TestCase("СНГ")]
    [TestCase("ABCDEFGHIJKLMNOPQ")]
    public void A_code_of_another_shape_names_no_forum(string code)
    {
        Assert.That(() => new ForumCode(code), Refused.At("code"));
    }

    [TestCase("1992/1999", "1998/..")]
    [TestCase("1992/1999-10-05", "1999-10-05/..")]
    [TestCase("1992/..", "1999/..")]
    public void A_forum_has_one_legal_nature_at_a_time(string one, string other)
    {
        Assert.That(
            () =>
                Forum(
                    "1992/..",
                    new ForumStage(LegalNature.Conference, Span(one), null),
                    new ForumStage(LegalNature.Organization, Span(other), null)
                ),
            Refused.By("stage-overlap")
        );
    }

    [TestCase("1992/1999", "1999/..")]
    [TestCase("1992/1999-10-04", "1999-10-05/..")]
    public void Stages_that_only_may_overlap_follow_each_other(string one, string other)
    {
        Assert.That(
            () =>
                Forum(
                    "1992/..",
                    new ForumStage(LegalNature.Conference, Span(one), null),
                    new ForumStage(LegalNature.Organization, Span(other), null)
                ),
            Throws.Nothing
        );
    }

    [TestCase("1991/..")]
    [TestCase("1995/2011")]
    [TestCase("2011/..")]
    public void No_stage_lies_outside_the_life_of_the_forum(string held)
    {
        Assert.That(
            () => Forum("1992/2010", new ForumStage(LegalNature.Treaty, Span(held), null)),
            Refused.By("outside-life")
        );
    }

    [TestCase("1992/..")]
    [TestCase("../..")]
    [TestCase("2000/2010")]
    public void A_stage_that_may_lie_within_the_life_is_allowed(string held)
    {
        Assert.That(
            () => Forum("1992-05-15/2010-06-30", new ForumStage(LegalNature.Treaty, Span(held), null)),
            Throws.Nothing
        );
    }

    [Test]
    public void No_forum_precedes_itself()
    {
        Assert.That(
            () => new Forum(Pact, Facts("1992/..") with { Predecessors = [new ForumCode("OLD"), Pact] }),
            Refused.By("lineage-circle")
        );
    }

    [Test]
    public void A_refused_correction_leaves_the_facts_as_they_were()
    {
        var forum = Forum("1992/..");

        Assert.That(() => forum.Correct(Facts("2000/..") with { Predecessors = [Pact] }), Refused.By("lineage-circle"));

        Assert.That(forum.Facts.Life, Is.EqualTo(Span("1992/..")));
    }

    [Test]
    public void Successors_are_noted_once_each_in_the_order_of_their_codes()
    {
        var forum = Forum("1992/..");

        forum.SucceededBy([new ForumCode("WEST"), new ForumCode("EAST"), new ForumCode("WEST")]);

        Assert.That(forum.Successors.Select(code => code.Value), Is.EqualTo(new[] { "EAST", "WEST" }));
    }

    [Test]
    public void No_body_is_its_own_parent()
    {
        Assert.That(() => Body("../..", "1992/..", parent: new BodyCode("secretariat")), Refused.By("body-circle"));
    }

    [TestCase("1991/..")]
    [TestCase("2011/..")]
    [TestCase("1995/2011")]
    public void No_body_stands_outside_the_life_of_its_forum(string life)
    {
        Assert.That(() => Body(life, "1992/2010"), Refused.By("outside-life"));
    }

    [TestCase("../..")]
    [TestCase("1992/..")]
    [TestCase("1995/ended")]
    public void A_body_that_may_stand_within_the_life_of_its_forum_is_allowed(string life)
    {
        Assert.That(() => Body(life, "1992-05-15/2010"), Throws.Nothing);
    }

    [TestCase("s")]
    [TestCase("Secretariat")]
    [TestCase("2nd-committee")]
    [TestCase("working group")]
    [TestCase("council\n")]
    [TestCase("council/ministers")]
    public void A_code_of_another_shape_names_no_body(string code)
    {
        Assert.That(() => new BodyCode(code), Refused.At("code"));
    }

    private static Forum Forum(string life, params ForumStage[] stages) =>
        new(Pact, Facts(life) with { Stages = stages });

    private static ForumFacts Facts(string life) => new() { Names = OneName(), Life = Span(life) };

    private static Body Body(string life, string forumLife, BodyCode? parent = null) =>
        new(
            Pact,
            new BodyCode("secretariat"),
            new BodyFacts
            {
                Names = OneName(),
                Kind = BodyKind.Secretariat,
                Life = Span(life),
                Parent = parent,
            },
            Span(forumLife)
        );

    private static Names OneName() =>
        new([new DatedName(NameKind.Official, new Language("en"), "Pact", Period.Always)]);
}
