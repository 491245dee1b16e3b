using System.ComponentModel.DataAnnotations;
using Registry.Domain;

namespace Registry.Api.Http;

internal static class Days
{
    /// <summary>The sentence for a range of days that ends before it begins.</summary>
    public static IEnumerable<ValidationResult> Backwards(PartialDate? from, PartialDate? until)
    {
        if (until?.LastDay < from?.FirstDay)
        {
            yield return new ValidationResult("It cannot be before from.", ["until"]);
        }
    }

    /// <summary>The days that a date means, where there is one.</summary>
    public static DaySpan? Of(PartialDate? date) => date is null ? null : DaySpan.Of(date);

    /// <summary>The days that a date means; today (UTC) where there is none.</summary>
    public static DaySpan OrToday(PartialDate? date, TimeProvider clock) => Of(date) ?? DaySpan.Of(clock.Today());
}
