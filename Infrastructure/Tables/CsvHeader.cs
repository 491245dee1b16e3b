namespace Registry.Infrastructure.Tables;

/// <summary>The header of a table that is read: which column of the shape stands where.</summary>
public sealed class CsvHeader
{
    private readonly CsvColumn?[] _columns;

    internal CsvHeader(CsvShape shape, IReadOnlyList<string> names)
    {
        var known = shape.Columns.ToDictionary(column => column.Name, StringComparer.OrdinalIgnoreCase);
        string[] cleaned = [.. names.Select(Cleaned)];
        string[] given = [.. cleaned.Where(name => name.Length > 0)];
        _columns = [.. cleaned.Select(known.GetValueOrDefault)];
        Unknown = [.. given.Where(name => !known.ContainsKey(name)).Distinct(StringComparer.OrdinalIgnoreCase)];
        Repeated =
        [
            .. given
                .GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
                .Where(same => same.Count() > 1)
                .Select(same => same.Key),
        ];
    }

    /// <summary>The names that are of no column. Small and capital letters, and blanks around a name, make no difference.</summary>
    public IReadOnlyList<string> Unknown { get; }

    /// <summary>The names that stand there more than once.</summary>
    public IReadOnlyList<string> Repeated { get; }

    /// <summary>The columns in the order of the file; null where a heading is empty or unknown.</summary>
    public IReadOnlyList<CsvColumn?> Columns => _columns;

    /// <summary>The name without what may stand around it unseen.</summary>
    internal static string Cleaned(string name) => name.Trim().Trim('\uFEFF', '\u200B').Trim();
}
