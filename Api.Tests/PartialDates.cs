using Registry.Api.Tests.Support;
using Registry.Domain;
using static Registry.Api.Tests.Support.Times;

namespace Registry.Api.Tests;

public sealed class PartialDates
{
    [TestCase("1992", "1992-01-01", "1992-12-31")]
    [TestCase("1992-05", "1992-05-01", "1992-05-31")]
    [TestCase("1992-05-15", "1992-05-15", "1992-05-15")]
    [TestCase("0001", "0001-01-01", "0001-12-31")]
    [TestCase("9999-12", "9999-12-01", "9999-12-31")]
    public void A_date_means_every_day_from_its_first_to_its_last(string text, string first, string last)
    {
        var date = Date(text);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(date.FirstDay, Is.EqualTo(Day(first)));
            Assert.That(date.LastDay, Is.EqualTo(Day(last)));
        }
    }

    [TestCase("2023-02", 28)]
    [TestCase("2024-02", 29)]
    [TestCase("1900-02", 28)]
    [TestCase("2000-02", 29)]
    [TestCase("2022-04", 30)]
    public void A_month_ends_as_the_calendar_says(string month, int lastDay)
    {
        Assert.That(Date(month).LastDay.Day, Is.EqualTo(lastDay));
    }

    [TestCase("2022-02-30")]
    [TestCase("2023-02-29")]
    [TestCase("1900-02-29")]
    [TestCase("2022-04-31")]
    [TestCase("2022-01-00")]
    [TestCase("2022-01-32")]
    [TestCase("2022-13")]
    [TestCase("2022-00")]
    [TestCase("9999-99")]
    [TestCase("0000")]
    [TestCase("0000-01-01")]
    public void A_date_that_no_calendar_has_is_refused(string text)
    {
        Assert.That(() => PartialDate.Parse(text), Throws.TypeOf<FormatException>());
    }

    [TestCase("")]
    [TestCase(" 2022")]
    [TestCase("2022 ")]
    [TestCase("2022\n")]
    [TestCase("2022-1")]
    [TestCase("2022-1-1")]
    [TestCase("2022-1-01")]
    [TestCase("2022-01-1")]
    [TestCase("2022/01/01")]
    [TestCase("2022-01/01")]
    [TestCase("20220101")]
    [TestCase("-022")]
    [TestCase("+022")]
    [TestCase("202")]
    [TestCase("12022")]
    [TestCase("202X")]
    [TestCase("2022-01-01T00:00:00Z")]
    [TestCase("２０２２", Description = "full-width digits")]
    [TestCase("٢٠٢٢-٠١", Description = "Arabic-Indic digits")]
    [TestCase("2022‐01", Description = "a typographic hyphen")]
    public void A_date_written_in_another_way_is_refused(string text)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(PartialDate.TryParse(text, out var date), Is.False);
            Assert.That(date, Is.Null);
        }
    }

    [Test]
    public void No_text_is_no_date()
    {
        Assert.That(PartialDate.TryParse(null, out _), Is.False);
    }

    [TestCase("1992", false)]
    [TestCase("1992-05", false)]
    [TestCase("1992-05-15", true)]
    public void Only_a_day_is_exact(string text, bool exact)
    {
        Assert.That(Date(text).IsExact, Is.EqualTo(exact));
    }

    [TestCase("2000-03-01", "2000-02-29")]
    [TestCase("1993-01-01", "1992-12-31")]
    public void Just_before_a_day_is_the_day_before(string day, string before)
    {
        Assert.That(Date(day).JustBefore(), Is.EqualTo(Date(before)));
    }

    [TestCase("1992")]
    [TestCase("1992-05")]
    public void Just_before_an_imprecise_date_is_still_that_year_or_month(string text)
    {
        Assert.That(Date(text).JustBefore(), Is.EqualTo(Date(text)));
    }

    [Test]
    public void Nothing_comes_before_the_first_day_of_the_calendar()
    {
        Assert.That(() => Date("0001-01-01").JustBefore(), Refused.At("from"));
    }

    [TestCase("0001")]
    [TestCase("1992")]
    [TestCase("1992-01")]
    [TestCase("1992-12")]
    [TestCase("2000-02")]
    [TestCase("2000-02-29")]
    [TestCase("9999-12-31")]
    public void A_date_is_written_as_it_was_read(string text)
    {
        Assert.That(Date(text).ToString(), Is.EqualTo(text));
    }

    [Test]
    public void A_year_is_another_date_than_its_first_day()
    {
        Assert.That(Date("1992"), Is.Not.EqualTo(Date("1992-01-01")));
    }

    [Test]
    public void A_day_of_the_calendar_is_an_exact_date()
    {
        Assert.That(PartialDate.Of(Day("1992-05-15")), Is.EqualTo(Date("1992-05-15")));
    }
}
