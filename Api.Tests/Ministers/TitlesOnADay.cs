using Registry.Api.Tests.Support;
using Registry.Domain;
using Registry.Domain.Ministers;
using static Registry.Api.Tests.Support.Times;

namespace Registry.Api.Tests.Ministers;

public sealed class TitlesOnADay
{
    [TestCase("1992/2000", "1999/..")]
    [TestCase("../..", "2000/2001")]
    [TestCase("1992/2000-05-01", "2000-05-01/..")]
    public void Two_titles_of_one_language_are_not_valid_at_once(string one, string other)
    {
        Assert.That(
            () => new Titles([Title("en", "Old", one), Title("en", "New", other)]),
            Refused.By("title-overlap")
        );
    }

    [TestCase("1992/2000", "2000/..")]
    [TestCase("1992/ended", "2000/..")]
    public void Titles_that_only_may_overlap_follow_each_other(string one, string other)
    {
        Assert.That(() => new Titles([Title("en", "Old", one), Title("en", "New", other)]), Throws.Nothing);
    }

    [Test]
    public void Titles_of_other_languages_are_valid_at_once()
    {
        Assert.That(() => new Titles([Title("en", "Minister"), Title("ru", "Министр")]), Throws.Nothing);
    }

    [TestCase("1999-12-31", "Old")]
    [TestCase("2000-06-30", "Old")]
    [TestCase("2000-07-01", "New")]
    [TestCase("2026-06-30", "New")]
    public void A_day_has_the_title_of_its_time(string day, string title)
    {
        var titles = new Titles([Title("en", "New", "2000-07-01/.."), Title("en", "Old", "../2000-06-30")]);

        Assert.That(titles.On(Day(day)), Is.EqualTo(title));
    }

    [Test]
    public void A_day_before_and_after_all_titles_has_none()
    {
        var titles = new Titles([Title("en", "Minister", "2000/2010")]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(titles.On(Day("1999-12-31")), Is.Null);
            Assert.That(titles.On(Day("2011-01-01")), Is.Null);
            Assert.That(new Titles([]).On(Day("2000-01-01")), Is.Null);
            Assert.That(new Titles([]).Display, Is.Null);
        }
    }

    [Test]
    public void A_title_that_is_certain_goes_before_one_that_may_be()
    {
        var titles = new Titles([Title("en", "Perhaps", "2000/.."), Title("ru", "Министр", "1992/..")]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(titles.On(Day("2000-06-01")), Is.EqualTo("Министр"));
            Assert.That(titles.On(Day("2001-01-01")), Is.EqualTo("Perhaps"));
        }
    }

    [Test]
    public void A_title_that_may_be_is_better_than_none()
    {
        var titles = new Titles([Title("en", "Old", "1992/2000"), Title("en", "New", "2000/..")]);

        Assert.That(titles.On(Day("2000-06-01")), Is.EqualTo("New"));
    }

    [Test]
    public void A_title_is_in_English_where_there_is_one()
    {
        var titles = new Titles([
            Title("ru", "Министр"),
            Title("en", "Minister", "2000/2010"),
            Title("kk", "Министр мырза"),
        ]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(titles.On(Day("2005-01-01")), Is.EqualTo("Minister"));
            Assert.That(titles.On(Day("2011-01-01")), Is.EqualTo("Министр"));
            Assert.That(titles.Display, Is.EqualTo("Minister"));
        }
    }

    [TestCase("1992/2000", "2001/..")]
    [TestCase("1992/ended", "2001/..")]
    [TestCase("1992/2000", "2001/2010")]
    public void Lists_show_the_latest_title(string earlier, string later)
    {
        var titles = new Titles([Title("en", "New", later), Title("en", "Old", earlier)]);

        Assert.That(titles.Display, Is.EqualTo("New"));
    }

    [TestCase("")]
    [TestCase("  ")]
    public void A_title_is_not_blank(string text)
    {
        Assert.That(() => Title("en", text), Refused.At("text"));
    }

    private static DatedTitle Title(string language, string text, string valid = "../..") =>
        new(new Language(language), text, Span(valid));
}
