using System.Text;

namespace Registry.Api.Features.Meetings.Calendar;

/// <summary>The content lines of a calendar (RFC 5545, 3.1).</summary>
internal static class CalendarLines
{
    /// <summary>The maximum octets of a line, without its end.</summary>
    private const int Octets = 73;

    private const string End = "\r\n";

    /// <summary>Appends a line, folded when it is too long (RFC 5545, 3.1).</summary>
    public static void Append(StringBuilder text, string line)
    {
        var used = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (used + rune.Utf8SequenceLength > Octets)
            {
                text.Append(End).Append(' ');
                used = 1;
            }

            text.Append(rune);
            used += rune.Utf8SequenceLength;
        }

        text.Append(End);
    }

    /// <summary>Escapes a text for the value of a property.</summary>
    public static string Escaped(string text) =>
        text.Replace("\\", @"\\", StringComparison.Ordinal)
            .Replace(";", @"\;", StringComparison.Ordinal)
            .Replace(",", @"\,", StringComparison.Ordinal);
}
