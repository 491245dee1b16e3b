using Registry.Api.Tests.Support;
using Registry.Domain;
using Registry.Domain.Ministers;
using Registry.Domain.Provenance;
using static Registry.Api.Tests.Support.Times;

namespace Registry.Api.Tests.Ministers;

public sealed class AppointmentRules
{
    private static readonly AppointmentLives Everlasting = new(Period.Always, Period.Always);
    private static readonly Slug Successor = new("someone-else");

    [Test]
    public void An_appointment_has_a_start()
    {
        Assert.That(() => Appointed("../2000"), Refused.At("from"));
    }

    [Test]
    public void Only_an_appointment_that_is_over_has_an_ending()
    {
        Assert.That(
            () =>
                new Appointment(
                    new Slug("one"),
                    Held("2000/..") with
                    {
                        Ending = AppointmentEnding.Resigned,
                    },
                    Everlasting
                ),
            Refused.At("ending")
        );
    }

    [TestCase("1991-12-15/..", "1991-12-16/2010")]
    [TestCase("2011/..", "1991-12-16/2010")]
    [TestCase("2000/2011-01-01", "1991-12-16/2010")]
    public void No_appointment_lies_outside_the_life_of_the_post_or_the_minister(string held, string life)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                () => new Appointment(new Slug("one"), Held(held), new(Span(life), Period.Always)),
                Refused.By("outside-life")
            );
            Assert.That(
                () => new Appointment(new Slug("one"), Held(held), new(Period.Always, Span(life))),
                Refused.By("outside-life")
            );
        }
    }

    [TestCase("1991/..", "1991-12-16/2010")]
    [TestCase("2009/2010", "1991-12-16/2010-01-31")]
    [TestCase("2000/ended", "1991-12-16/2010")]
    [TestCase("2000/..", "1991-12-16/2010")]
    public void An_appointment_that_may_lie_within_both_lives_is_allowed(string held, string life)
    {
        Assert.That(() => new Appointment(new Slug("one"), Held(held), new(Span(life), Span(life))), Throws.Nothing);
    }

    [Test]
    public void No_title_lies_outside_the_appointment()
    {
        Assert.That(
            () => new Appointment(new Slug("one"), Held("2000/2005") with { Titles = Styled("2006/..") }, Everlasting),
            Refused.By("outside-life")
        );
    }

    [TestCase("2000/..", "2004/..")]
    [TestCase("2000/2004-05-01", "2004-05-01/..")]
    [TestCase("2000/2010", "2004/2005")]
    public void A_post_has_one_full_holder_at_a_time(string one, string other)
    {
        var appointment = Appointed(one);
        var rival = Alive(Held(other) with { Minister = Successor });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => appointment.RefuseRivals([rival], singleHolder: true), Refused.By("post-held"));
            Assert.That(() => appointment.RefuseRivals([rival], singleHolder: false), Throws.Nothing);
        }
    }

    [TestCase("2000/2004", "2004/..")]
    [TestCase("2000/2004-05", "2004-05-31/..")]
    [TestCase("2000/ended", "2004/..")]
    [TestCase("2004/..", "2000/2003-12-31")]
    public void Holders_whose_dates_only_touch_follow_each_other(string one, string other)
    {
        Assert.That(
            () => Appointed(one).RefuseRivals([Alive(Held(other) with { Minister = Successor })], singleHolder: true),
            Throws.Nothing
        );
    }

    [TestCase("2000/..", "../2004-05-01", "2004-05-01/..")]
    [TestCase("2000/..", "../2004-05-01", "2005/..")]
    [TestCase("2000/..", "../2004-05", "2004-05-10/..")]
    [TestCase("2000/2010", "../2004-05-01", "2004-05-02/..")]
    [TestCase("2000/2004-05-01", "../2004-05-01", "2004-05-01/..")]
    public void The_post_of_a_holder_who_died_is_free_from_that_day(string held, string life, string next)
    {
        var died = new Tenure(Held(held), Span(life));
        var follower = new Appointment(
            new Slug("next"),
            Held(next) with
            {
                Minister = Successor,
            },
            new(Period.Always, Period.Always)
        );

        Assert.That(() => follower.RefuseRivals([died], singleHolder: true), Throws.Nothing);
        Assert.That(
            () => follower.RefuseRivals([died with { Life = Period.Always }], singleHolder: true),
            Refused.By("post-held")
        );
    }

    [TestCase("2000/..", "../2004-05-01", "2004-04-30/..")]
    [TestCase("2000/..", "../2004", "2003/..")]
    public void Until_the_death_the_post_is_held(string held, string life, string next)
    {
        var follower = new Appointment(
            new Slug("next"),
            Held(next) with
            {
                Minister = Successor,
            },
            new(Period.Always, Period.Always)
        );

        Assert.That(
            () => follower.RefuseRivals([new Tenure(Held(held), Span(life))], singleHolder: true),
            Refused.By("post-held")
        );
    }

    [Test]
    public void Who_died_before_the_present_holder_came_is_no_rival_either_when_recorded_later()
    {
        var late = new Appointment(new Slug("late"), Held("2000/.."), new(Period.Always, Span("1950/2004-05-01")));
        var present = Alive(Held("2006/..") with { Minister = Successor });

        Assert.That(() => late.RefuseRivals([present], singleHolder: true), Throws.Nothing);
        Assert.That(() => Appointed("2000/..").RefuseRivals([present], singleHolder: true), Refused.By("post-held"));
    }

    [TestCase(true, false)]
    [TestCase(false, true)]
    [TestCase(true, true)]
    public void One_who_acts_may_do_so_beside_another(bool acts, bool otherActs)
    {
        var appointment = new Appointment(new Slug("one"), Held("2000/..") with { Acting = acts }, Everlasting);
        var other = Alive(Held("2001/..") with { Minister = Successor, Acting = otherActs });

        Assert.That(() => appointment.RefuseRivals([other], singleHolder: true), Throws.Nothing);
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Nobody_is_twice_in_the_same_post(bool acts)
    {
        var appointment = new Appointment(new Slug("one"), Held("2000/..") with { Acting = acts }, Everlasting);

        Assert.That(
            () => appointment.RefuseRivals([Alive(Held("2004/..") with { Acting = acts })], singleHolder: false),
            Refused.By("already-appointed")
        );
    }

    [Test]
    public void One_who_acted_may_become_the_holder()
    {
        var acting = Alive(Held("2000/2004") with { Acting = true });

        Assert.That(() => Appointed("2003/..").RefuseRivals([acting], singleHolder: true), Throws.Nothing);
    }

    [Test]
    public void An_end_is_kept_with_its_grounds()
    {
        var decree = new Citation("Decree 7", null, Confidence.High);
        var vote = new Citation("Vote 8", null, Confidence.High);
        var appointment = new Appointment(new Slug("one"), Held("2000/..") with { Sources = [decree] }, Everlasting);

        appointment.End(Date("2004-05"), AppointmentEnding.Resigned, "Letter", [decree, vote]);

        var facts = appointment.Facts;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(facts.Held, Is.EqualTo(Span("2000/2004-05")));
            Assert.That(facts.Ending, Is.EqualTo(AppointmentEnding.Resigned));
            Assert.That(facts.EndingBasis, Is.EqualTo("Letter"));
            Assert.That(facts.Sources, Is.EqualTo(new[] { decree, vote }));
        }
    }

    [Test]
    public void An_end_may_have_no_date()
    {
        var appointment = Appointed("2000/..");

        appointment.End(null, null, null, []);

        Assert.That(appointment.Facts.Held, Is.EqualTo(Span("2000/ended")));
    }

    [TestCase("2000/2004")]
    [TestCase("2000/ended")]
    public void An_appointment_ends_once(string held)
    {
        Assert.That(() => Appointed(held).End(Date("2005"), null, null, []), Refused.By("already-ended"));
    }

    [TestCase("2000-03-01/..", "2000-02")]
    [TestCase("2000/..", "1999-12-31")]
    public void An_appointment_does_not_end_before_it_began(string held, string until)
    {
        Assert.That(() => Appointed(held).End(Date(until), null, null, []), Refused.By("ends-before-start"));
    }

    [Test]
    public void An_appointment_may_end_on_the_day_it_began()
    {
        Assert.That(() => Appointed("2000-03-01/..").End(Date("2000-03-01"), null, null, []), Throws.Nothing);
    }

    [Test]
    public void No_appointment_ends_after_the_life_of_the_minister()
    {
        var appointment = new Appointment(
            new Slug("one"),
            Held("2000/.."),
            new(Period.Always, Span("1950/2010-05-01"))
        );

        Assert.That(() => appointment.End(Date("2010-05-02"), null, null, []), Refused.By("outside-life"));
        Assert.That(() => appointment.End(Date("2010-05"), AppointmentEnding.Died, null, []), Throws.Nothing);
    }

    private static AppointmentFacts Held(string held) =>
        new()
        {
            Post = new Slug("kaz.foreign-minister"),
            Minister = new Slug("someone"),
            Held = Span(held),
        };

    private static Tenure Alive(AppointmentFacts facts) => new(facts, Period.Always);

    private static Appointment Appointed(string held) => new(new Slug("one"), Held(held), Everlasting);

    private static Titles Styled(string valid) => new([new DatedTitle(new Language("en"), "Minister", Span(valid))]);
}
