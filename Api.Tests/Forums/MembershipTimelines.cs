using Registry.Api.Tests.Support;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Domain.Provenance;
using Registry.Domain.States;
using static Registry.Api.Tests.Support.Times;

namespace Registry.Api.Tests.Forums;

public sealed class MembershipTimelines
{
    private static readonly ForumCode Pact = new("PACT");
    private static readonly Party Kazakhstan = Party.Of(new StateCode("KAZ"));
    private static readonly Departure Withdrawal = new(Ending.Withdrew);
    private static readonly Grounds NoGrounds = new(null, []);

    [Test]
    public void A_membership_has_a_standing()
    {
        Assert.That(() => Timeline(), Refused.At("standings"));
    }

    [Test]
    public void A_standing_has_a_start()
    {
        Assert.That(() => Stood(StandingKind.Member, "../2000"), Refused.At("from"));
    }

    [Test]
    public void Only_a_standing_that_is_over_has_an_ending()
    {
        Assert.That(
            () => new Standing(StandingKind.Member, Span("2000/.."), departure: Withdrawal),
            Refused.At("ending")
        );
    }

    [Test]
    public void No_forum_is_a_member_of_itself()
    {
        Assert.That(
            () => new Membership(Pact, Party.Of(Pact), [Stood(StandingKind.Member, "2000/..")], Everlasting),
            Refused.By("own-member")
        );
    }

    [Test]
    public void A_state_with_the_letters_of_the_forum_is_another_party()
    {
        Assert.That(
            () =>
                new Membership(new ForumCode("KAZ"), Kazakhstan, [Stood(StandingKind.Member, "2000/..")], Everlasting),
            Throws.Nothing
        );
    }

    [TestCase("1994/2000-03-01", "2000-03-01/..")]
    [TestCase("1994/..", "2000/..")]
    [TestCase("1994/2001", "2000/..")]
    [TestCase("1994/2000", "1995/ended")]
    public void No_two_standings_are_held_at_once(string one, string other)
    {
        Assert.That(
            () => Timeline(Stood(StandingKind.Observer, one), Stood(StandingKind.Member, other)),
            Refused.By("standing-overlap")
        );
    }

    [TestCase("1994/2000", "2000/..")]
    [TestCase("1994/2000-03", "2000-03-31/..")]
    [TestCase("1994/ended", "2000/..")]
    [TestCase("1994/2000-02-29", "2000-03-01/..")]
    public void Standings_that_only_may_overlap_follow_each_other(string one, string other)
    {
        Assert.That(
            () => Timeline(Stood(StandingKind.Observer, one), Stood(StandingKind.Member, other)),
            Throws.Nothing
        );
    }

    [Test]
    public void Standings_are_kept_in_the_order_of_time()
    {
        var membership = Timeline(
            Stood(StandingKind.Member, "2000/.."),
            Stood(StandingKind.Applicant, "1993/1994"),
            Stood(StandingKind.Observer, "1995/1999")
        );

        Assert.That(
            Kinds(membership),
            Is.EqualTo(new[] { StandingKind.Applicant, StandingKind.Observer, StandingKind.Member })
        );
    }

    [TestCase("1992-05-14/..")]
    [TestCase("2011/2012")]
    [TestCase("2000/2010-07-01")]
    public void No_standing_lies_outside_the_life_of_the_forum(string held)
    {
        var lives = new MembershipLives(Span("1992-05-15/2010-06-30"), Period.Always);

        Assert.That(
            () => new Membership(Pact, Kazakhstan, [Stood(StandingKind.Member, held)], lives),
            Refused.By("outside-life")
        );
    }

    [TestCase("1991-12-15/..")]
    [TestCase("1991-12/2031")]
    public void No_standing_lies_outside_the_life_of_the_member(string held)
    {
        var lives = new MembershipLives(Period.Always, Span("1991-12-16/2030"));

        Assert.That(
            () => new Membership(Pact, Kazakhstan, [Stood(StandingKind.Member, held)], lives),
            Refused.By("outside-life")
        );
    }

    [TestCase("1992/..")]
    [TestCase("1992-05/2010")]
    [TestCase("2000/ended")]
    public void A_standing_that_may_lie_within_both_lives_is_allowed(string held)
    {
        var lives = new MembershipLives(Span("1992-05-15/2010-06-30"), Span("1991-12-16/.."));

        Assert.That(() => new Membership(Pact, Kazakhstan, [Stood(StandingKind.Member, held)], lives), Throws.Nothing);
    }

    [TestCase(StandingKind.Suspended)]
    [TestCase(StandingKind.Frozen)]
    public void Nobody_begins_with_a_pause(StandingKind pause)
    {
        Assert.That(() => Timeline(Stood(pause, "2000/..")), Refused.By("not-a-member"));
    }

    [TestCase(StandingKind.Observer, "1994/1999-12-31")]
    [TestCase(StandingKind.Member, "1994/1998")]
    public void A_pause_follows_directly_on_a_membership(StandingKind before, string held)
    {
        Assert.That(
            () => Timeline(Stood(before, held), Stood(StandingKind.Suspended, "2000/..")),
            Refused.By("not-a-member")
        );
    }

    [Test]
    public void Who_left_is_not_suspended()
    {
        var left = new Standing(StandingKind.Member, Span("1994/1999-12-31"), departure: Withdrawal);

        Assert.That(() => Timeline(left, Stood(StandingKind.Suspended, "2000-01-01/..")), Refused.By("not-a-member"));
    }

    [TestCase("1994/1999-12-31", "2000-01-01/..")]
    [TestCase("1994/1999", "2000/..")]
    [TestCase("1994/2000", "2000/..")]
    public void A_pause_may_follow_on_a_membership(string member, string paused)
    {
        Assert.That(
            () => Timeline(Stood(StandingKind.Member, member), Stood(StandingKind.Frozen, paused)),
            Throws.Nothing
        );
    }

    [Test]
    public void An_accession_ends_the_standing_before_on_the_day_before()
    {
        var membership = Timeline(Stood(StandingKind.Observer, "1994/.."));

        membership.Accede(StandingKind.Member, Date("2000-03-01"), NoGrounds);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Kinds(membership), Is.EqualTo(new[] { StandingKind.Observer, StandingKind.Member }));
            Assert.That(Spans(membership), Is.EqualTo(new[] { "1994/2000-02-29", "2000-03-01/.." }));
            Assert.That(membership.Standings[0].Departure, Is.Null);
        }
    }

    [Test]
    public void An_accession_in_a_year_ends_the_standing_before_in_that_year()
    {
        var membership = Timeline(Stood(StandingKind.Observer, "1994/.."));

        membership.Accede(StandingKind.Member, Date("2000"), NoGrounds);

        Assert.That(Spans(membership), Is.EqualTo(new[] { "1994/2000", "2000/.." }));
    }

    [Test]
    public void An_accession_in_the_year_of_the_standing_before_follows_it()
    {
        var membership = Timeline(Stood(StandingKind.Observer, "2000-05-15/.."));

        membership.Accede(StandingKind.Member, Date("2000"), NoGrounds);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Kinds(membership), Is.EqualTo(new[] { StandingKind.Observer, StandingKind.Member }));
            Assert.That(Spans(membership), Is.EqualTo(new[] { "2000-05-15/2000", "2000/.." }));
        }
    }

    [Test]
    public void An_accession_keeps_its_grounds()
    {
        var decision = new Citation("Decision 5 of the summit", null, Confidence.High);
        var membership = Timeline(Stood(StandingKind.Observer, "1994/.."));

        membership.Accede(StandingKind.Member, Date("2000"), new Grounds("Protocol of accession", [decision]));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(membership.Standings[1].Basis, Is.EqualTo("Protocol of accession"));
            Assert.That(membership.Standings[1].Sources, Is.EqualTo(new[] { decision }));
            Assert.That(membership.Standings[0].Sources, Is.Empty);
        }
    }

    [TestCase(StandingKind.Suspended)]
    [TestCase(StandingKind.Frozen)]
    public void To_be_paused_is_no_accession(StandingKind pause)
    {
        var membership = Timeline(Stood(StandingKind.Member, "1994/.."));

        Assert.That(() => membership.Accede(pause, Date("2000"), NoGrounds), Refused.By("not-accession"));
    }

    [Test]
    public void One_does_not_become_what_one_is()
    {
        var membership = Timeline(Stood(StandingKind.Observer, "1994/.."));

        Assert.That(
            () => membership.Accede(StandingKind.Observer, Date("2000"), NoGrounds),
            Refused.By("standing-unchanged")
        );
    }

    [TestCase("1993-12-31")]
    [TestCase("1994-01-01")]
    [TestCase("1993")]
    public void No_accession_comes_before_the_present_standing_began(string from)
    {
        var membership = Timeline(Stood(StandingKind.Observer, "1994-01-01/.."));

        Assert.That(
            () => membership.Accede(StandingKind.Member, Date(from), NoGrounds),
            Refused.By("standing-overlap")
        );
    }

    [TestCase("2005-07-01")]
    [TestCase("2005")]
    [TestCase("2015-01-01")]
    public void One_comes_back_after_an_end(string from)
    {
        var membership = Timeline(Stood(StandingKind.Member, "1994/2005-06-30"));

        membership.Accede(StandingKind.Member, Date(from), NoGrounds);

        Assert.That(Spans(membership), Is.EqualTo(new[] { "1994/2005-06-30", $"{from}/.." }));
    }

    [TestCase("2005-06-30")]
    [TestCase("2004")]
    public void Nobody_comes_back_before_the_end(string from)
    {
        var membership = Timeline(Stood(StandingKind.Member, "1994/2005-06-30"));

        Assert.That(
            () => membership.Accede(StandingKind.Member, Date(from), NoGrounds),
            Refused.By("standing-overlap")
        );
    }

    [Test]
    public void One_comes_back_after_an_end_that_nobody_dated()
    {
        var membership = Timeline(Stood(StandingKind.Member, "1994/ended"));

        membership.Accede(StandingKind.Observer, Date("2015"), NoGrounds);

        Assert.That(Spans(membership), Is.EqualTo(new[] { "1994/ended", "2015/.." }));
    }

    [Test]
    public void Nobody_accedes_after_the_end_of_the_forum()
    {
        var lives = new MembershipLives(Span("1992/2010"), Period.Always);
        var membership = new Membership(Pact, Kazakhstan, [Stood(StandingKind.Observer, "1994/..")], lives);

        Assert.That(() => membership.Accede(StandingKind.Member, Date("2011"), NoGrounds), Refused.By("outside-life"));
    }

    [Test]
    public void A_refused_step_leaves_the_timeline_as_it_was()
    {
        var lives = new MembershipLives(Span("1992/2010"), Period.Always);
        var membership = new Membership(Pact, Kazakhstan, [Stood(StandingKind.Member, "1994/..")], lives);

        Assert.That(() => membership.Suspend(Date("2011"), NoGrounds), Refused.By("outside-life"));

        Assert.That(Spans(membership), Is.EqualTo(new[] { "1994/.." }));
    }

    [TestCase(StandingKind.Suspended)]
    [TestCase(StandingKind.Frozen)]
    public void A_member_is_paused_and_resumes(StandingKind pause)
    {
        var membership = Timeline(Stood(StandingKind.Member, "1994/.."));

        Pause(membership, pause, "2013-05-01");
        membership.Resume(Date("2014-02-01"), NoGrounds);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Kinds(membership), Is.EqualTo(new[] { StandingKind.Member, pause, StandingKind.Member }));
            Assert.That(
                Spans(membership),
                Is.EqualTo(new[] { "1994/2013-04-30", "2013-05-01/2014-01-31", "2014-02-01/.." })
            );
        }
    }

    [Test]
    public void A_member_is_paused_and_resumes_within_a_year()
    {
        var membership = Timeline(Stood(StandingKind.Member, "1994/.."));

        membership.Freeze(Date("2013"), NoGrounds);
        membership.Resume(Date("2013"), NoGrounds);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Kinds(membership),
                Is.EqualTo(new[] { StandingKind.Member, StandingKind.Frozen, StandingKind.Member })
            );
            Assert.That(Spans(membership), Is.EqualTo(new[] { "1994/2013", "2013/2013", "2013/.." }));
        }
    }

    [Test]
    public void A_member_is_paused_in_the_year_it_acceded()
    {
        var membership = Timeline(Stood(StandingKind.Member, "2013-05-15/.."));

        membership.Suspend(Date("2013"), NoGrounds);

        Assert.That(Kinds(membership), Is.EqualTo(new[] { StandingKind.Member, StandingKind.Suspended }));
    }

    [TestCase(StandingKind.Applicant)]
    [TestCase(StandingKind.Observer)]
    [TestCase(StandingKind.Partner)]
    [TestCase(StandingKind.Associate)]
    public void Only_a_member_is_paused(StandingKind standing)
    {
        var membership = Timeline(Stood(standing, "1994/.."));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => membership.Suspend(Date("2013"), NoGrounds), Refused.By("not-a-member"));
            Assert.That(() => membership.Freeze(Date("2013"), NoGrounds), Refused.By("not-a-member"));
        }
    }

    [TestCase("1994/2005")]
    [TestCase("1994/ended")]
    public void A_former_member_is_not_paused(string held)
    {
        var membership = Timeline(Stood(StandingKind.Member, held));

        Assert.That(() => membership.Suspend(Date("2006"), NoGrounds), Refused.By("not-a-member"));
    }

    [Test]
    public void Nobody_is_paused_before_the_membership_began()
    {
        var membership = Timeline(Stood(StandingKind.Member, "1994-01-01/.."));

        Assert.That(() => membership.Suspend(Date("1993-06"), NoGrounds), Refused.By("standing-overlap"));
    }

    [Test]
    public void Who_is_paused_can_only_resume_or_withdraw()
    {
        var membership = Paused();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                () => membership.Accede(StandingKind.Member, Date("2015"), NoGrounds),
                Refused.By("membership-paused")
            );
            Assert.That(() => membership.Freeze(Date("2015"), NoGrounds), Refused.By("not-a-member"));
        }
    }

    [Test]
    public void Who_is_not_paused_cannot_resume()
    {
        var membership = Timeline(Stood(StandingKind.Member, "1994/.."));

        Assert.That(() => membership.Resume(Date("2015"), NoGrounds), Refused.By("not-paused"));
    }

    [Test]
    public void Who_left_while_paused_cannot_resume()
    {
        var membership = Paused();
        membership.Withdraw(Date("2014"), Withdrawal, []);

        Assert.That(() => membership.Resume(Date("2015"), NoGrounds), Refused.By("not-paused"));
    }

    [TestCase("2013-05-01")]
    [TestCase("2013-04")]
    public void Nobody_resumes_before_the_pause_began(string from)
    {
        var membership = Paused();

        Assert.That(() => membership.Resume(Date(from), NoGrounds), Refused.By("standing-overlap"));
    }

    [Test]
    public void Who_was_paused_and_left_can_accede_again()
    {
        var membership = Paused();
        membership.Withdraw(Date("2014"), Withdrawal, []);

        membership.Accede(StandingKind.Member, Date("2020"), NoGrounds);

        Assert.That(Spans(membership), Is.EqualTo(new[] { "1994/2013-04-30", "2013-05-01/2014", "2020/.." }));
    }

    [TestCase("2020-01-31")]
    [TestCase("2020")]
    public void A_stay_ends_with_the_last_day_given(string until)
    {
        var notice = new Citation("Notice of withdrawal", null, Confidence.Medium);
        var membership = Timeline(Stood(StandingKind.Member, "1994/.."));

        membership.Withdraw(Date(until), new Departure(Ending.Expelled, "Decision 7"), [notice]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Spans(membership), Is.EqualTo(new[] { $"1994/{until}" }));
            Assert.That(membership.Standings[0].Departure, Is.EqualTo(new Departure(Ending.Expelled, "Decision 7")));
            Assert.That(membership.Standings[0].Sources, Is.EqualTo(new[] { notice }));
        }
    }

    [Test]
    public void A_stay_may_end_nobody_knows_when()
    {
        var membership = Timeline(Stood(StandingKind.Member, "1994/.."));

        membership.Withdraw(null, Withdrawal, []);

        Assert.That(Spans(membership), Is.EqualTo(new[] { "1994/ended" }));
    }

    [TestCase("1994/2005")]
    [TestCase("1994/ended")]
    public void A_stay_ends_once(string held)
    {
        var membership = Timeline(Stood(StandingKind.Member, held));

        Assert.That(() => membership.Withdraw(Date("2006"), Withdrawal, []), Refused.By("already-ended"));
    }

    [TestCase("1993-12-31")]
    [TestCase("1993")]
    public void No_stay_ends_before_it_began(string until)
    {
        var membership = Timeline(Stood(StandingKind.Member, "1994-01-01/.."));

        Assert.That(() => membership.Withdraw(Date(until), Withdrawal, []), Refused.By("standing-overlap"));
    }

    [Test]
    public void Who_acceded_in_the_year_of_the_standing_before_can_withdraw()
    {
        var membership = Timeline(Stood(StandingKind.Observer, "2000-05-15/.."));
        membership.Accede(StandingKind.Member, Date("2000"), NoGrounds);

        membership.Withdraw(Date("2010"), Withdrawal, []);

        Assert.That(Spans(membership), Is.EqualTo(new[] { "2000-05-15/2000", "2000/2010" }));
    }

    [Test]
    public void A_correction_keeps_the_rules()
    {
        var membership = Timeline(Stood(StandingKind.Member, "1994/.."));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => membership.Correct([]), Refused.At("standings"));
            Assert.That(
                () => membership.Correct([Stood(StandingKind.Suspended, "1994/..")]),
                Refused.By("not-a-member")
            );
            Assert.That(Spans(membership), Is.EqualTo(new[] { "1994/.." }));
        }
    }

    [TestCase(PartyKind.State, "KAZ", "pact.kaz")]
    [TestCase(PartyKind.Forum, "UN", "pact.forum.un")]
    [TestCase(PartyKind.Forum, "KAZ", "pact.forum.kaz")]
    public void An_id_is_made_of_both_sides_and_read_back(PartyKind kind, string code, string id)
    {
        var party = Party.Of(kind, code);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Membership.IdOf(Pact, party), Is.EqualTo(id));
            Assert.That(Membership.TryReadId(id, out var forum, out var member), Is.True);
            Assert.That(forum, Is.EqualTo(Pact));
            Assert.That(member, Is.EqualTo(party));
        }
    }

    [TestCase("")]
    [TestCase("pact")]
    [TestCase("pact.")]
    [TestCase("pact.kz")]
    [TestCase("pact.kazak")]
    [TestCase(".kaz")]
    [TestCase("pact.forum")]
    [TestCase("pact.forum.")]
    [TestCase("pact.state.kaz")]
    [TestCase("pact.forum.un.kaz")]
    [TestCase("pact/kaz")]
    [TestCase("pact.kaz\n")]
    [TestCase("pact\n.kaz")]
    public void A_text_of_another_shape_is_no_id(string text)
    {
        Assert.That(Membership.TryReadId(text, out _, out _), Is.False);
    }

    private static MembershipLives Everlasting => new(Period.Always, Period.Always);

    private static Membership Timeline(params Standing[] standings) => new(Pact, Kazakhstan, standings, Everlasting);

    private static Membership Paused() =>
        Timeline(Stood(StandingKind.Member, "1994/2013-04-30"), Stood(StandingKind.Suspended, "2013-05-01/.."));

    private static Standing Stood(StandingKind kind, string held) => new(kind, Span(held));

    private static void Pause(Membership membership, StandingKind pause, string from)
    {
        if (pause == StandingKind.Suspended)
        {
            membership.Suspend(Date(from), NoGrounds);
        }
        else
        {
            membership.Freeze(Date(from), NoGrounds);
        }
    }

    private static IEnumerable<StandingKind> Kinds(Membership membership) =>
        membership.Standings.Select(standing => standing.Kind);

    private static IEnumerable<string> Spans(Membership membership) =>
        membership.Standings.Select(standing => standing.Held.ToString());
}
