using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Registry.Domain;

namespace Registry.Infrastructure.Tables;

/// <summary>The order of a numeric date.</summary>
internal enum DateOrder
{
    DayFirst,
    MonthFirst,
}

/// <summary>A date as a spreadsheet or a person writes it.</summary>
/// <remarks>
/// An unambiguous date is accepted: <c>26.10.2026</c>, <c>10/26/2026</c>, <c>26 October 2026</c>, a month by its name
/// in the six languages of the UN, a day at midnight. <c>03.04.2022</c> is ambiguous, and the order of the other dates
/// of its column decides. A year has four digits: the century of <c>22</c> is unknown.
/// </remarks>
internal sealed partial class WrittenDate
{
    private const int ShortestMonth = 3;

    private static readonly string[][] Months =
    [
        ["january", "janvier", "enero", "январь", "января", "يناير", "كانون الثاني"],
        ["february", "février", "febrero", "февраль", "февраля", "فبراير", "شباط"],
        ["march", "mars", "marzo", "март", "марта", "مارس", "آذار"],
        ["april", "avril", "abril", "апрель", "апреля", "أبريل", "إبريل", "نيسان"],
        ["may", "mai", "mayo", "май", "мая", "مايو", "أيار"],
        ["june", "juin", "junio", "июнь", "июня", "يونيو", "يونيه", "حزيران"],
        ["july", "juillet", "julio", "июль", "июля", "يوليو", "يوليه", "تموز"],
        ["august", "août", "agosto", "август", "августа", "أغسطس", "آب"],
        ["september", "septembre", "septiembre", "setiembre", "сентябрь", "сентября", "سبتمبر", "أيلول"],
        ["october", "octobre", "octubre", "октябрь", "октября", "أكتوبر", "تشرين الأول"],
        ["november", "novembre", "noviembre", "ноябрь", "ноября", "نوفمبر", "تشرين الثاني"],
        ["december", "décembre", "diciembre", "декабрь", "декабря", "ديسمبر", "كانون الأول"],
    ];

    /// <summary>The ignored words of a date: prepositions, the word year, the days of the week.</summary>
    private static readonly HashSet<string> Fillers = new(
        (
            "of the de del le la el г года год año "
            + "monday tuesday wednesday thursday friday saturday sunday "
            + "lundi mardi mercredi jeudi vendredi samedi dimanche "
            + "lunes martes miércoles jueves viernes sábado domingo "
            + "понедельник вторник среда четверг пятница суббота воскресенье"
        ).Split(' '),
        StringComparer.Ordinal
    );

    private WrittenDate(string how) => How = how;

    /// <summary>The way in which the text was read, for the report: <c>day, month, year</c>.</summary>
    public string How { get; private init; }

    /// <summary>The date, when the text is unambiguous.</summary>
    public PartialDate? Date { get; private init; }

    /// <summary>The order of an unambiguous numeric date, or null when it shows none.</summary>
    public DateOrder? Order { get; private init; }

    /// <summary>The date with the day first, when the text is ambiguous.</summary>
    public PartialDate? DayFirst { get; private init; }

    /// <summary>The date with the month first, when the text is ambiguous.</summary>
    public PartialDate? MonthFirst { get; private init; }

    /// <summary>Parses a date; null when the text is none.</summary>
    public static WrittenDate? Read(string text)
    {
        var given = Digits(text.Trim());
        var written = Midnight().Replace(given, "");
        var how = written.Length < given.Length ? ", the midnight left out" : "";
        if (InOrder().Match(written) is { Success: true } inOrder)
        {
            return InDigits(inOrder, how);
        }

        var match = YearFirst().Match(written);
        if (!match.Success)
        {
            match = MonthAndYear().Match(written);
        }

        if (!match.Success)
        {
            match = InCharacters().Match(written);
        }

        return match.Success
            ? Certain(match.Groups["y"].Value, match.Groups["m"].Value, match.Groups["d"].Value, $"digits{how}")
            : Named(written, how);
    }

    private static WrittenDate? InDigits(Match written, string how)
    {
        var (one, other, year) = (written.Groups["a"].Value, written.Groups["b"].Value, written.Groups["y"].Value);
        var (dayFirst, monthFirst) = (Made(year, other, one), Made(year, one, other));
        return (dayFirst, monthFirst) switch
        {
            (null, null) => null,
            (_, null) => new($"day, month, year{how}") { Date = dayFirst, Order = DateOrder.DayFirst },
            (null, _) => new($"month, day, year{how}") { Date = monthFirst, Order = DateOrder.MonthFirst },
            _ when dayFirst == monthFirst => new($"digits{how}") { Date = dayFirst },
            _ => new($"digits{how}") { DayFirst = dayFirst, MonthFirst = monthFirst },
        };
    }

    /// <summary>
    /// Parses a date with the name of its month: <c>26 October 2026</c>, <c>Oct. 26, 2026</c>, <c>октябрь 2026 г.</c>
    /// </summary>
    private static WrittenDate? Named(string written, string how)
    {
        string[] words =
        [
            .. Blanks().Split(written.ToLowerInvariant()).Where(word => word.Length > 0 && !Fillers.Contains(word)),
        ];
        var years = words.Where(word => word.Length == 4 && word.All(char.IsAsciiDigit)).ToArray();
        var days = words.Select(word => Day().Match(word)).Where(day => day.Success).ToArray();
        var name = string.Join(' ', words.Where(word => !years.Contains(word) && !Day().IsMatch(word)));
        return years.Length == 1 && days.Length <= 1 && MonthOf(name) is { } month
            ? Certain(
                years[0],
                month.ToString(CultureInfo.InvariantCulture),
                days.Length == 1 ? days[0].Groups[1].Value : "",
                $"month by its name{how}"
            )
            : null;
    }

    /// <summary>Finds the only month with the name or with a name that begins with it.</summary>
    private static int? MonthOf(string name)
    {
        var folded = Folded(name);
        int[] called = [.. MonthsWhere(month => month == folded)];
        int[] begun =
            called.Length > 0 || folded.Length < ShortestMonth
                ? called
                : [.. MonthsWhere(month => month.StartsWith(folded, StringComparison.Ordinal))];
        return begun is [var only] ? only : null;
    }

    private static IEnumerable<int> MonthsWhere(Func<string, bool> fits) =>
        Enumerable.Range(1, Months.Length).Where(month => Months[month - 1].Any(name => fits(Folded(name))));

    private static string Folded(string text) =>
        string.Concat(
            text.Normalize(NormalizationForm.FormD)
                .Where(letter => CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
        );

    private static WrittenDate? Certain(string year, string month, string day, string how) =>
        Made(year, month, day) is { } date ? new(how) { Date = date } : null;

    private static PartialDate? Made(string year, string month, string day)
    {
        var text =
            month.Length == 0 ? year
            : day.Length == 0 ? $"{year}-{month.PadLeft(2, '0')}"
            : $"{year}-{month.PadLeft(2, '0')}-{day.PadLeft(2, '0')}";
        return PartialDate.TryParse(text, out var date) ? date : null;
    }

    /// <summary>Converts the digits of every script to ASCII.</summary>
    private static string Digits(string text) =>
        string.Concat(
            text.Select(letter =>
                char.IsDigit(letter) ? (char)('0' + (int)CharUnicodeInfo.GetNumericValue(letter)) : letter
            )
        );

    [GeneratedRegex(@"^(?<a>[0-9]{1,2})(?<s>[./\-‐-―])\s?(?<b>[0-9]{1,2})\k<s>\s?(?<y>[0-9]{4})(\s?г\.?)?\.?\z")]
    private static partial Regex InOrder();

    [GeneratedRegex(@"^(?<y>[0-9]{4})(?<s>[./\-‐-―])(?<m>[0-9]{1,2})(\k<s>(?<d>[0-9]{1,2}))?\.?\z")]
    private static partial Regex YearFirst();

    [GeneratedRegex(@"^(?<m>[0-9]{1,2})[./\-](?<y>[0-9]{4})\z")]
    private static partial Regex MonthAndYear();

    [GeneratedRegex(@"^(?<y>[0-9]{4})\s?年(\s?(?<m>[0-9]{1,2})\s?月(\s?(?<d>[0-9]{1,2})\s?日)?)?\z")]
    private static partial Regex InCharacters();

    [GeneratedRegex(
        @"(T|\s+)(0?0:00(:00([.,]0+)?)?|12:00(:00)?\s?AM)\s?(Z|[+-]00:?00)?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Midnight();

    [GeneratedRegex(@"^([0-9]{1,2})(st|nd|rd|th|er|º|°|-е|-го)?\z")]
    private static partial Regex Day();

    [GeneratedRegex(@"[\s,./\-‐-―،]+")]
    private static partial Regex Blanks();
}
