namespace Registry.Bench.Report;

/// <summary>The one table of all that was measured.</summary>
internal static class Table
{
    private static readonly string[] Heads = ["measure", "compared with", "median", "range", "goal", ""];

    /// <summary>The table as it is read on a terminal and in a document alike.</summary>
    /// <param name="rows">What was measured.</param>
    /// <param name="ratiosOnly">True to leave out times, of which only the verdict counts.</param>
    public static string Of(IReadOnlyList<Row> rows, bool ratiosOnly)
    {
        string[][] cells =
        [
            Heads,
            .. rows.Select(row =>
            {
                var hidden = ratiosOnly && row.Unit == Unit.Milliseconds;
                return new[]
                {
                    row.Work,
                    row.Against,
                    hidden ? "" : row.Middle,
                    hidden ? "" : row.Range,
                    row.Goal,
                    row.Verdict,
                };
            }),
        ];
        var widths = Heads.Select((_, column) => cells.Max(row => row[column].Length)).ToArray();
        var lines = cells.Select(row =>
            $"| {string.Join(" | ", row.Select((cell, column) => cell.PadRight(widths[column])))} |"
        );
        var rule = $"|{string.Join('|', widths.Select(width => new string('-', width + 2)))}|";
        return string.Join('\n', lines.Take(1).Append(rule).Concat(lines.Skip(1)));
    }
}
