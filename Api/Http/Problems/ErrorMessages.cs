using Registry.Domain;
using Registry.Infrastructure.Records.Models;

namespace Registry.Api.Http.Problems;

/// <summary>Error messages that name the expected value.</summary>
internal static class ErrorMessages
{
    public static string Expecting(Type type)
    {
        var target = Nullable.GetUnderlyingType(type) ?? type;
        return target switch
        {
            _ when target == typeof(string) => "It is a text.",
            _ when target == typeof(bool) => "It is true or false.",
            _ when target == typeof(int) || target == typeof(long) => "It is a whole number.",
            _ when target == typeof(DateTimeOffset) =>
                "It is an instant with its UTC offset, such as 2026-05-31T12:00:00Z; encode a + in a query string as %2B.",
            _ when target == typeof(PartialDate) => "It is a date of the calendar as YYYY, YYYY-MM or YYYY-MM-DD.",
            _ when Words.IsList(target) => $"It is one of {string.Join(", ", Words.All(target))}.",
            _ => "It is not valid.",
        };
    }
}
