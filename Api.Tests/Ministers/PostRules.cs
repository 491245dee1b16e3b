using Registry.Api.Tests.Support;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Domain.Ministers;
using static Registry.Api.Tests.Support.Times;

namespace Registry.Api.Tests.Ministers;

public sealed class PostRules
{
    private static readonly PostFacts Office = new()
    {
        Kind = PostKind.ForeignMinister,
        Of = new Subject(SubjectKind.State, "KAZ"),
        Titles = new Titles([new DatedTitle(new Language("en"), "Minister of Foreign Affairs", Period.Always)]),
    };

    [TestCase(SubjectKind.State, "KAZ")]
    [TestCase(SubjectKind.Body, "CICA/secretariat")]
    public void A_post_is_of_a_state_or_a_body(SubjectKind kind, string id)
    {
        Assert.That(() => Post(Office with { Kind = PostKind.Other, Of = new Subject(kind, id) }), Throws.Nothing);
    }

    [TestCase(SubjectKind.Forum, "CICA")]
    [TestCase(SubjectKind.Minister, "mukhtar-tileuberdi")]
    public void A_post_is_of_nothing_else(SubjectKind kind, string id)
    {
        Assert.That(() => Post(Office with { Of = new Subject(kind, id) }), Refused.At("of.kind"));
    }

    [Test]
    public void A_post_has_a_title()
    {
        Assert.That(() => Post(Office with { Titles = new Titles([]) }), Refused.At("titles"));
    }

    [TestCase(PostKind.PermanentRepresentative, true)]
    [TestCase(PostKind.Ambassador, false)]
    [TestCase(PostKind.Other, false)]
    public void Only_a_permanent_representative_is_accredited_to_a_forum(PostKind kind, bool allowed)
    {
        var facts = Office with { Kind = kind, AccreditedTo = new ForumCode("CICA") };

        Assert.That(() => Post(facts), allowed ? Throws.Nothing : Refused.At("accreditedTo"));
    }

    [TestCase("1991-12-15/..")]
    [TestCase("2031/..")]
    [TestCase("2000/2031-01-01")]
    public void No_post_lies_outside_the_life_of_its_owner(string life)
    {
        Assert.That(() => Post(Office with { Life = Span(life) }, "1991-12-16/2030"), Refused.By("outside-life"));
    }

    [TestCase("1991/..")]
    [TestCase("../..")]
    [TestCase("2000/2031")]
    public void A_post_that_may_lie_within_the_life_of_its_owner_is_allowed(string life)
    {
        Assert.That(() => Post(Office with { Life = Span(life) }, "1991-12-16/2031-05"), Throws.Nothing);
    }

    private static Post Post(PostFacts facts, string ownerLife = "../..") =>
        new(new Slug("kaz.foreign-minister"), facts, Span(ownerLife));
}
