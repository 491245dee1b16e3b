using System.ComponentModel.DataAnnotations;
using Registry.Domain;

namespace Registry.Api.Http.Lists;

/// <summary>The days of parameters, all in UTC.</summary>
internal static class Days
{
    /// <summary>The current day in UTC.</summary>
    public static DateOnly Today(this TimeProvider clock) => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    /// <summary>The error for a range of days that ends before it begins.</summary>
    public static IEnumerable<ValidationResult> Backwards(PartialDate? from, PartialDate? until)
    {
        if (until?.LastDay < from?.FirstDay)
        {
            yield return new ValidationResult("It cannot be before from.", ["until"]);
        }
    }

    /// <summary>The days of a date, or null when there is none.</summary>
    public static DaySpan? Of(PartialDate? date) => date is null ? null : DaySpan.Of(date);

    /// <summary>The days of a date; today (UTC) when there is none.</summary>
    public static DaySpan OrToday(PartialDate? date, TimeProvider clock) => Of(date) ?? DaySpan.Of(clock.Today());
}
