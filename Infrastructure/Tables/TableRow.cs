namespace Registry.Infrastructure.Tables;

/// <summary>A row of a table that is read, whatever the form of the file. The first row with content is the header.</summary>
/// <param name="Line">Where it begins in the file, from 1: the line, or the number of the row in a workbook.</param>
/// <param name="Cells">The cells as text, in order; empty cells at the end may be left out.</param>
/// <param name="Problem">Why the row cannot be taken; null where it can.</param>
public readonly record struct TableRow(long Line, IReadOnlyList<string> Cells, string? Problem = null)
{
    /// <summary>True where no cell has content.</summary>
    public bool IsBlank => Problem is null && Cells.All(string.IsNullOrWhiteSpace);
}
