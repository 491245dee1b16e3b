using Registry.Api.Tests.Support;
using Registry.Domain;

namespace Registry.Api.Tests;

public sealed class LineageRules
{
    [Test]
    public void Nothing_precedes_itself()
    {
        Assert.That(() => Lineage.RefuseCircle("AU", ["AU"], Known()), Refused.By("lineage-circle"));
    }

    [Test]
    public void Nothing_precedes_its_predecessor()
    {
        var known = Known(("AU", "OAU"));

        Assert.That(() => Lineage.RefuseCircle("OAU", ["AU"], known), Refused.By("lineage-circle"));
    }

    [Test]
    public void A_circle_over_several_steps_is_found()
    {
        var known = Known(("D", "C"), ("C", "B"), ("B", "A"));

        Assert.That(() => Lineage.RefuseCircle("A", ["X", "D"], known), Refused.By("lineage-circle"));
    }

    [Test]
    public void Two_successors_may_share_a_predecessor_and_join_again()
    {
        var known = Known(("LEFT", "ROOT"), ("RIGHT", "ROOT"));

        Assert.That(() => Lineage.RefuseCircle("JOINED", ["LEFT", "RIGHT"], known), Throws.Nothing);
    }

    [Test]
    public void A_circle_among_others_does_not_keep_the_search_going_for_ever()
    {
        var known = Known(("B", "C"), ("C", "B"));

        Assert.That(() => Lineage.RefuseCircle("A", ["B"], known), Throws.Nothing);
    }

    [Test]
    public void What_a_thing_named_before_does_not_count_against_it()
    {
        var known = Known(("A", "B"));

        Assert.That(() => Lineage.RefuseCircle("A", ["B", "C"], known), Throws.Nothing);
    }

    private static ILookup<string, string> Known(params (string Code, string Predecessor)[] rows) =>
        rows.ToLookup(row => row.Code, row => row.Predecessor);
}
