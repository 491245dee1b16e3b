using Registry.Infrastructure.Tables;

namespace Registry.Api.Tests.Tables;

public sealed class ReadingDates
{
    [TestCase("26.10.2026", "2026-10-26")]
    [TestCase("26/10/2026", "2026-10-26")]
    [TestCase("10/26/2026", "2026-10-26")]
    [TestCase("2026/10/26", "2026-10-26")]
    [TestCase("2026/1/5", "2026-01-05")]
    [TestCase("26-10-2026", "2026-10-26")]
    [TestCase("26 October 2026", "2026-10-26")]
    [TestCase("26 Oct 2026", "2026-10-26")]
    [TestCase("26-Oct-2026", "2026-10-26")]
    [TestCase("October 26, 2026", "2026-10-26")]
    [TestCase("Monday, October 26, 2026", "2026-10-26")]
    [TestCase("26th of October 2026", "2026-10-26")]
    [TestCase("October 2026", "2026-10")]
    [TestCase("10/2026", "2026-10")]
    [TestCase("2026-10-26 00:00:00", "2026-10-26")]
    [TestCase("2026-10-26T00:00:00", "2026-10-26")]
    [TestCase("2026-10-26T00:00:00.000Z", "2026-10-26")]
    [TestCase("10/26/2026 12:00:00 AM", "2026-10-26")]
    [TestCase("4.4.2022", "2022-04-04")]
    [TestCase("1er octobre 2026", "2026-10-01")]
    [TestCase("26 févr. 2026", "2026-02-26")]
    [TestCase("26 de octubre de 2026", "2026-10-26")]
    [TestCase("26 октября 2026 г.", "2026-10-26")]
    [TestCase("2026年10月26日", "2026-10-26")]
    [TestCase("2026年10月", "2026-10")]
    [TestCase("٢٦ أكتوبر ٢٠٢٦", "2026-10-26")]
    public void What_has_one_meaning_is_read(string written, string date) =>
        Assert.That(WrittenDate.Read(written)?.Date?.ToString(), Is.EqualTo(date));

    [TestCase("03.04.2022", "2022-04-03", "2022-03-04")]
    [TestCase("04/03/2022", "2022-03-04", "2022-04-03")]
    [TestCase("1-2-2022 00:00:00", "2022-02-01", "2022-01-02")]
    public void What_has_two_meanings_tells_both(string written, string dayFirst, string monthFirst)
    {
        var read = WrittenDate.Read(written)!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(read.Date, Is.Null);
            Assert.That($"{read.DayFirst} {read.MonthFirst}", Is.EqualTo($"{dayFirst} {monthFirst}"));
        }
    }

    [TestCase("")]
    [TestCase("26.10.26")]
    [TestCase("Oct-26")]
    [TestCase("31.02.2026")]
    [TestCase("32 October 2026")]
    [TestCase("26 jui 2026")]
    [TestCase("2026-10-26 14:30:00")]
    [TestCase("46321")]
    [TestCase("1.2.3.2022")]
    [TestCase("26 October 2026 to 27 October 2026")]
    [TestCase("26-27 October 2026")]
    [TestCase("October 2025-2026")]
    [TestCase("ca. 1992")]
    public void What_is_no_date_for_sure_is_none(string written) => Assert.That(WrittenDate.Read(written), Is.Null);
}
