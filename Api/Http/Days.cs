using System.ComponentModel.DataAnnotations;

namespace Registry.Api.Http;

internal static class Days
{
    /// <summary>The sentence for a range of days that ends before it begins.</summary>
    public static IEnumerable<ValidationResult> Backwards(DateOnly? from, DateOnly? until)
    {
        if (until < from)
        {
            yield return new ValidationResult("It cannot be before from.", ["until"]);
        }
    }
}
