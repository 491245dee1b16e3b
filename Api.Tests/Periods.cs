using Registry.Api.Tests.Support;
using Registry.Domain;
using static Registry.Api.Tests.Support.Times;

namespace Registry.Api.Tests;

public sealed class Periods
{
    [TestCase("1992-05-14", PeriodReading.Outside)]
    [TestCase("1992-05-15", PeriodReading.Inside)]
    [TestCase("2003-01-31", PeriodReading.Inside)]
    [TestCase("2003-02-01", PeriodReading.Outside)]
    public void Both_ends_are_inclusive(string day, PeriodReading reading)
    {
        Assert.That(Span("1992-05-15/2003-01-31").On(Day(day)), Is.EqualTo(reading));
    }

    [TestCase("1991-12-31", PeriodReading.Outside)]
    [TestCase("1992-01-01", PeriodReading.Uncertain)]
    [TestCase("1992-12-30", PeriodReading.Uncertain)]
    [TestCase("1992-12-31", PeriodReading.Inside)]
    [TestCase("2003-01-01", PeriodReading.Inside)]
    [TestCase("2003-01-02", PeriodReading.Uncertain)]
    [TestCase("2003-12-31", PeriodReading.Uncertain)]
    [TestCase("2004-01-01", PeriodReading.Outside)]
    public void A_day_inside_an_imprecise_end_is_uncertain(string day, PeriodReading reading)
    {
        Assert.That(Span("1992/2003").On(Day(day)), Is.EqualTo(reading));
    }

    [TestCase("2013-01-01")]
    [TestCase("2013-07-01")]
    [TestCase("2013-12-31")]
    public void A_period_that_began_and_ended_within_one_year_is_certain_of_no_day(string day)
    {
        Assert.That(Span("2013/2013").On(Day(day)), Is.EqualTo(PeriodReading.Uncertain));
    }

    [TestCase("2013-04-30", PeriodReading.Outside)]
    [TestCase("2013-05-01", PeriodReading.Inside)]
    [TestCase("2013-05-02", PeriodReading.Uncertain)]
    [TestCase("2013-12-31", PeriodReading.Uncertain)]
    public void A_period_held_on_its_exact_first_day_however_vague_its_end(string day, PeriodReading reading)
    {
        Assert.That(Span("2013-05-01/2013").On(Day(day)), Is.EqualTo(reading));
    }

    [TestCase("2013-02-27", PeriodReading.Uncertain)]
    [TestCase("2013-02-28", PeriodReading.Inside)]
    [TestCase("2013-03-01", PeriodReading.Outside)]
    public void A_period_held_on_its_exact_last_day_however_vague_its_start(string day, PeriodReading reading)
    {
        Assert.That(Span("2013/2013-02-28").On(Day(day)), Is.EqualTo(reading));
    }

    [TestCase("../..", "0001-01-01")]
    [TestCase("../..", "9999-12-31")]
    [TestCase("../1991-12-26", "1648-10-24")]
    [TestCase("1992-05-15/..", "2500-01-01")]
    public void An_absent_end_is_no_limit(string span, string day)
    {
        Assert.That(Span(span).On(Day(day)), Is.EqualTo(PeriodReading.Inside));
    }

    [TestCase("1992-05-14", PeriodReading.Outside)]
    [TestCase("1992-05-15", PeriodReading.Inside)]
    [TestCase("1992-05-16", PeriodReading.Uncertain)]
    [TestCase("2026-06-30", PeriodReading.Uncertain)]
    public void What_ended_nobody_knows_when_is_uncertain_from_its_second_day_on(string day, PeriodReading reading)
    {
        Assert.That(Span("1992-05-15/ended").On(Day(day)), Is.EqualTo(reading));
    }

    [TestCase("1992/..", false)]
    [TestCase("1992/ended", true)]
    [TestCase("1992/2003", true)]
    public void A_period_with_a_last_day_has_ended(string span, bool ended)
    {
        Assert.That(Span(span).Ended, Is.EqualTo(ended));
    }

    [TestCase("2003-02-01", "2003-01-31")]
    [TestCase("2003", "2002-12-31")]
    [TestCase("2003-02", "2003-01")]
    public void No_period_ends_before_it_starts(string from, string until)
    {
        Assert.That(() => new Period(Date(from), Date(until)), Refused.At("until"));
    }

    [TestCase("2003-02-01", "2003-02-01")]
    [TestCase("2003-02-01", "2003")]
    [TestCase("2003", "2003-01-01")]
    public void A_period_may_end_on_the_day_or_in_the_year_it_starts(string from, string until)
    {
        Assert.That(() => new Period(Date(from), Date(until)), Throws.Nothing);
    }

    [TestCase("2000-01-01/2005-06-30", "2005-06-30/..", true)]
    [TestCase("2000-01-01/2005-06-30", "2005-07-01/..", false)]
    [TestCase("2000/2005", "2005/..", false)]
    [TestCase("2000/2006", "2005/..", true)]
    [TestCase("2000/2005-06", "2005-06-30/..", false)]
    [TestCase("2000/2005-06", "2005-05/..", true)]
    [TestCase("2000/ended", "2010/..", false)]
    [TestCase("2000/ended", "1990/..", true)]
    [TestCase("2000/..", "2010/..", true)]
    [TestCase("../2000", "../1990", true)]
    [TestCase("2000/2001", "2003/2004", false)]
    public void Two_periods_overlap_for_certain_when_every_reading_of_them_does(string one, string other, bool certain)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Span(one).CertainlyOverlaps(Span(other)), Is.EqualTo(certain));
            Assert.That(Span(other).CertainlyOverlaps(Span(one)), Is.EqualTo(certain));
        }
    }

    [TestCase("1992-05-15/..")]
    [TestCase("1992/..")]
    [TestCase("2000/2010-06-30")]
    [TestCase("2000/2010")]
    [TestCase("2010-06-30/..")]
    [TestCase("2010/..")]
    [TestCase("2000/ended")]
    [TestCase("../..")]
    [TestCase("../2000")]
    public void A_period_can_lie_in_a_life_when_some_reading_of_it_does(string span)
    {
        Assert.That(Span(span).CanLieWithin(Span("1992-05-15/2010-06-30")), Is.True);
    }

    [TestCase("1992-05-14/..")]
    [TestCase("1991/2000")]
    [TestCase("2000/2010-07-01")]
    [TestCase("2000/2011")]
    [TestCase("2010-07-01/..")]
    [TestCase("2011/ended")]
    public void A_period_that_starts_or_ends_outside_a_life_cannot_lie_in_it(string span)
    {
        Assert.That(Span(span).CanLieWithin(Span("1992-05-15/2010-06-30")), Is.False);
    }

    [TestCase("1992-05-15/2003-01")]
    [TestCase("../1991")]
    [TestCase("1992/..")]
    [TestCase("1992/ended")]
    [TestCase("../..")]
    public void A_period_is_told_with_its_ends(string span)
    {
        Assert.That(Span(span).ToString(), Is.EqualTo(span));
    }

    [TestCase("1992-05-15/2003-01")]
    [TestCase("1992/1992")]
    [TestCase("2013-05-01/2013")]
    [TestCase("2013/2013-05-15")]
    [TestCase("../1991-12-26")]
    [TestCase("1992-05/..")]
    [TestCase("1992/ended")]
    [TestCase("../ended")]
    [TestCase("../..")]
    [TestCase("0001/9999")]
    public void Four_days_describe_a_period(string span)
    {
        var period = Span(span);

        var same = Period.OfDays(period.EarliestStart, period.LatestStart, period.EarliestEnd, period.LatestEnd);

        Assert.That(same, Is.EqualTo(period));
    }

    [Test]
    public void What_ended_nobody_knows_when_is_not_what_goes_on()
    {
        Assert.That(Span("1992/ended"), Is.Not.EqualTo(Span("1992/..")));
    }

    [Test]
    public void Without_ends_a_period_always_holds()
    {
        Assert.That(Span("../.."), Is.EqualTo(Period.Always));
    }
}
