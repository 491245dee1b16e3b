using System.Text;
using System.Text.RegularExpressions;

namespace Registry.Infrastructure.Tables;

/// <summary>The separator of a CSV file.</summary>
/// <param name="Separator">The character.</param>
/// <param name="IsDeclared">True when the first line declares it (<c>sep=;</c>), as Excel writes and reads it.</param>
internal readonly partial record struct CsvSeparator(char Separator, bool IsDeclared)
{
    /// <summary>The number of bytes that are examined.</summary>
    private const int Head = 64 * 1024;

    private static readonly char[] Known = [',', ';', '\t'];

    /// <summary>
    /// Finds the separator that the first line declares, or else the one with which the header has most columns.
    /// </summary>
    public static CsvSeparator Find(Func<Stream> open, IReadOnlyCollection<string> columns)
    {
        var buffer = new byte[Head];
        using var source = open();
        var head = Encoding.UTF8.GetString(buffer, 0, source.ReadAtLeast(buffer, Head, throwOnEndOfStream: false));
        if (Declaration().Match(head) is { Success: true } declared)
        {
            return new(declared.Groups[1].Value[0], IsDeclared: true);
        }

        var names = columns.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new(
            Known
                .Select(separator => (Separator: separator, Header: HeaderOf(head, separator)))
                .OrderByDescending(read => read.Header.Count(name => names.Contains(CsvHeader.Cleaned(name))))
                .ThenByDescending(read => read.Header.Count)
                .First()
                .Separator,
            IsDeclared: false
        );
    }

    /// <summary>Gets the cells of the first row with content.</summary>
    private static List<string> HeaderOf(string head, char separator)
    {
        var (cells, cell, quoted) = (new List<string>(), new StringBuilder(), false);
        foreach (var letter in head)
        {
            if (letter == '"')
            {
                quoted = !quoted;
            }
            else if (quoted || (letter != separator && letter is not ('\r' or '\n')))
            {
                cell.Append(letter);
            }
            else
            {
                cells.Add(cell.ToString());
                cell.Clear();
                if (letter != separator)
                {
                    if (!cells.All(string.IsNullOrWhiteSpace))
                    {
                        return cells;
                    }

                    cells.Clear();
                }
            }
        }

        cells.Add(cell.ToString());
        return cells;
    }

    [GeneratedRegex("^\"?sep=([!-/:-@\\[-`{-~\t])\"?(?=[\r\n]|\\z)", RegexOptions.IgnoreCase)]
    private static partial Regex Declaration();
}
