namespace Registry.Infrastructure.Tables;

/// <summary>A row of a table that is read, from any file format. The first row with content is the header.</summary>
/// <param name="Line">The position in the file, from 1: the line, or the number of the row in a workbook.</param>
/// <param name="Cells">The cells as text, in order; empty cells at the end may be left out.</param>
/// <param name="Problem">The reason why the row is refused, or null.</param>
public readonly record struct TableRow(long Line, IReadOnlyList<string> Cells, string? Problem = null)
{
    /// <summary>True when all cells are empty.</summary>
    public bool IsBlank => Problem is null && Cells.All(string.IsNullOrWhiteSpace);
}
