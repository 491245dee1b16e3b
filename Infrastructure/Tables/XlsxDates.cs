using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;

namespace Registry.Infrastructure.Tables;

/// <summary>
/// Which numbers of a workbook are dates: those in cells whose format shows one. A date is as precise as it is shown, so what
/// was typed as May 1992 and is shown as <c>May-92</c> is that month, and not its first day.
/// </summary>
internal sealed partial class XlsxDates
{
    /// <summary>The day before the first one of the calendar that counts from 1900; the other counts from 1904.</summary>
    private static readonly DateTime Before1900 = new(1899, 12, 30);
    private const int DaysTo1904 = 1462;

    /// <summary>1900-02-29, which there was only in the spreadsheets of the first hour.</summary>
    private const int NoSuchDay = 60;

    private readonly List<Shown?> _shown = [];

    /// <summary>What a format shows of an instant.</summary>
    private enum Shown
    {
        Year,
        Month,
        Day,
        Time,
        DayAndTime,
    }

    /// <summary>True where days are counted from 1904.</summary>
    public bool From1904 { get; set; }

    /// <summary>Reads the formats of cells from the part with the styles.</summary>
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
                    _shown.Add(texts.TryGetValue(number, out var text) ? ShownBy(text) : ShownBy(number));
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>The text for a number in a cell of the style; null where it is no date there.</summary>
    public string? TextOf(double number, int style)
    {
        if (style < 0 || style >= _shown.Count || _shown[style] is not { } shown)
        {
            return null;
        }

        var days = Math.Floor(number);
        if (shown != Shown.Time && !From1904)
        {
            if (days is NoSuchDay or < 1)
            {
                return null;
            }

            number = days is > 0 and < NoSuchDay ? number + 1 : number;
        }

        // The last one is 9999-12-31.
        if (number is < 0 or >= 2_958_466)
        {
            return null;
        }

        var instant = Before1900.AddDays(number + (From1904 ? DaysTo1904 : 0));
        // Numbers are not as precise as instants: 10:30 may be stored as a little less.
        instant = new DateTime(
            (instant.Ticks + (TimeSpan.TicksPerSecond / 2)) / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond
        );
        var time = instant.Second == 0 ? "HH:mm" : "HH:mm:ss";
        return instant.ToString(
            shown switch
            {
                Shown.Year => "yyyy",
                Shown.Month => "yyyy-MM",
                Shown.Time => time,
                Shown.DayAndTime when instant.TimeOfDay > TimeSpan.Zero => "yyyy-MM-dd'T'HH:mm:ss",
                _ => "yyyy-MM-dd",
            },
            CultureInfo.InvariantCulture
        );
    }

    /// <summary>The formats that every spreadsheet knows by number (ISO/IEC 29500-1, 18.8.30).</summary>
    private static Shown? ShownBy(int number) =>
        number switch
        {
            17 or 55 or 57 => Shown.Month,
            14 or 15 or 16 or (>= 27 and <= 31) or 36 or (>= 50 and <= 54) or 56 or 58 => Shown.Day,
            (>= 18 and <= 21) or (>= 32 and <= 35) or (>= 45 and <= 47) => Shown.Time,
            22 => Shown.DayAndTime,
            _ => null,
        };

    private static Shown? ShownBy(string format)
    {
        // Quoted and escaped signs, fills, colours, languages and conditions show nothing of the number.
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
            (true, true) => Shown.DayAndTime,
            (false, true) => Shown.Time,
            (true, false) when day || !year => Shown.Day,
            (true, false) => month ? Shown.Month : Shown.Year,
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
