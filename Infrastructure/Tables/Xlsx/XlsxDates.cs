using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;

namespace Registry.Infrastructure.Tables.Xlsx;

/// <summary>Finds the numbers of a workbook that are dates: those in cells with a date format.</summary>
/// <remarks>
/// A date is as precise as its format, so what was typed as May 1992 and is shown as <c>May-92</c> is that month, and
/// not its first day.
/// </remarks>
internal sealed partial class XlsxDates
{
    /// <summary>The day before the first one of the 1900 date system; the other one begins in 1904.</summary>
    private static readonly DateTime Before1900 = new(1899, 12, 30);
    private const int DaysTo1904 = 1462;

    /// <summary>1900-02-29, a day that exists only in early spreadsheets.</summary>
    private const int NoSuchDay = 60;

    private readonly List<ShownParts?> _shown = [];

    /// <summary>The parts of an instant that a format shows.</summary>
    private enum ShownParts
    {
        Year,
        Month,
        Day,
        Time,
        DayAndTime,
    }

    /// <summary>True for the 1904 date system.</summary>
    public bool From1904 { get; set; }

    /// <summary>Reads the number formats of cells from the styles part.</summary>
    public void ReadStyles(XmlReader styles)
    {
        var texts = new Dictionary<int, string>();
        var inCells = false;
        while (styles.Read())
        {
            if (styles.NodeType == XmlNodeType.EndElement && styles.LocalName == "cellXfs")
            {
                inCells = false;
            }

            if (styles.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            switch (styles.LocalName)
            {
                case "numFmt"
                    when int.TryParse(styles.GetAttribute("numFmtId"), CultureInfo.InvariantCulture, out var id):
                    texts[id] = styles.GetAttribute("formatCode") ?? "";
                    break;
                case "cellXfs":
                    inCells = !styles.IsEmptyElement;
                    break;
                case "xf" when inCells && _shown.Count < ushort.MaxValue:
                    _ = int.TryParse(styles.GetAttribute("numFmtId"), CultureInfo.InvariantCulture, out var number);
                    _shown.Add(texts.TryGetValue(number, out var text) ? PartsShownBy(text) : PartsShownBy(number));
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>Gets the text for a number in a cell with the style, or null when it is not a date.</summary>
    public string? TextOf(double number, int style)
    {
        if (style < 0 || style >= _shown.Count || _shown[style] is not { } shown)
        {
            return null;
        }

        var days = Math.Floor(number);
        if (shown != ShownParts.Time && !From1904)
        {
            if (days is NoSuchDay or < 1)
            {
                return null;
            }

            number = days is > 0 and < NoSuchDay ? number + 1 : number;
        }

        // The last date is 9999-12-31.
        if (number is < 0 or >= 2_958_466)
        {
            return null;
        }

        var instant = Before1900.AddDays(number + (From1904 ? DaysTo1904 : 0));
        // Numbers are less precise than instants: 10:30 may be stored as slightly less.
        instant = new DateTime(
            (instant.Ticks + (TimeSpan.TicksPerSecond / 2)) / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond
        );
        var time = instant.Second == 0 ? "HH:mm" : "HH:mm:ss";
        return instant.ToString(
            shown switch
            {
                ShownParts.Year => "yyyy",
                ShownParts.Month => "yyyy-MM",
                ShownParts.Time => time,
                ShownParts.DayAndTime when instant.TimeOfDay > TimeSpan.Zero => "yyyy-MM-dd'T'HH:mm:ss",
                _ => "yyyy-MM-dd",
            },
            CultureInfo.InvariantCulture
        );
    }

    /// <summary>The built-in number formats (ISO/IEC 29500-1, 18.8.30).</summary>
    private static ShownParts? PartsShownBy(int number) =>
        number switch
        {
            17 or 55 or 57 => ShownParts.Month,
            14 or 15 or 16 or (>= 27 and <= 31) or 36 or (>= 50 and <= 54) or 56 or 58 => ShownParts.Day,
            (>= 18 and <= 21) or (>= 32 and <= 35) or (>= 45 and <= 47) => ShownParts.Time,
            22 => ShownParts.DayAndTime,
            _ => null,
        };

    private static ShownParts? PartsShownBy(string format)
    {
        // Quoted and escaped characters, fills, colours, languages and conditions show no part of the number.
        var signs = Aside().Replace(format.Split(';')[0].ToLowerInvariant(), "");
        if (signs.Contains("general", StringComparison.Ordinal))
        {
            return null;
        }

        var (year, day) = (signs.Contains('y') || (signs.Contains('e') && !signs.Contains('0')), signs.Contains('d'));
        var time = signs.Contains('h') || signs.Contains('s');
        var month = signs.Contains('m') && (!time || year || day);
        return (year || month || day, time) switch
        {
            (true, true) => ShownParts.DayAndTime,
            (false, true) => ShownParts.Time,
            (true, false) when day || !year => ShownParts.Day,
            (true, false) => month ? ShownParts.Month : ShownParts.Year,
            _ => null,
        };
    }

    // [h], [mm] and [s] stay: they show hours beyond a day.
    [GeneratedRegex(
        """
            "[^"]*"|\\.|[_*].|\[(?![hms]+\])[^\]]*\]
            """
    )]
    private static partial Regex Aside();
}
