using System.Globalization;
using Registry.Domain;

namespace Registry.Api.Tests.Support;

/// <summary>Dates and periods as a test writes them.</summary>
internal static class Times
{
    public static DateOnly Day(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);

    public static PartialDate Date(string text) => PartialDate.Parse(text);

    /// <summary>
    /// The period in the words of <see cref="Period.ToString"/>: <c>1992/2003-01</c>, <c>../1991</c>, <c>1992/..</c>,
    /// <c>1992/ended</c>.
    /// </summary>
    public static Period Span(string text)
    {
        var ends = text.Split('/');
        return new Period(End(ends[0]), End(ends[1]), ended: ends[1] == "ended");
    }

    private static PartialDate? End(string text) => text is ".." or "ended" ? null : Date(text);
}
