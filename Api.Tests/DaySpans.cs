using Registry.Domain;

namespace Registry.Api.Tests;

public sealed class DaySpans
{
    [TestCase("2022-09-22", "2022-09-22", "2022-09-22")]
    [TestCase("2022-09", "2022-09-01", "2022-09-30")]
    [TestCase("2024-02", "2024-02-01", "2024-02-29")]
    [TestCase("2022", "2022-01-01", "2022-12-31")]
    [TestCase("0001", "0001-01-01", "0001-12-31")]
    [TestCase("9999", "9999-01-01", "9999-12-31")]
    public void A_date_is_its_days(string date, string first, string last)
    {
        var days = DaySpan.Of(PartialDate.Parse(date));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(days.First, Is.EqualTo(DateOnly.Parse(first, null)));
            Assert.That(days.Last, Is.EqualTo(DateOnly.Parse(last, null)));
        }
    }

    [TestCase("2022", "2022-03", "2022-01-01", "2022-03-31")]
    [TestCase("2022-09-30", "2022-09", "2022-09-30", "2022-09-30")]
    [TestCase("2022-09", null, "2022-09-01", "9999-12-31")]
    [TestCase(null, "2022-09", "0001-01-01", "2022-09-30")]
    public void A_range_goes_from_the_first_day_of_one_date_to_the_last_of_another(
        string? from,
        string? until,
        string first,
        string last
    )
    {
        var days = DaySpan.Between(Read(from), Read(until))!.Value;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(days.First, Is.EqualTo(DateOnly.Parse(first, null)));
            Assert.That(days.Last, Is.EqualTo(DateOnly.Parse(last, null)));
        }
    }

    [Test]
    public void Without_dates_there_is_no_range() => Assert.That(DaySpan.Between(null, null), Is.Null);

    [Test]
    public void A_range_does_not_go_backwards() =>
        Assert.That(
            () => DaySpan.Between(PartialDate.Parse("2022-09"), PartialDate.Parse("2022-08")),
            Throws.TypeOf<IllegalValueException>()
        );

    private static PartialDate? Read(string? date) => date is null ? null : PartialDate.Parse(date);
}
