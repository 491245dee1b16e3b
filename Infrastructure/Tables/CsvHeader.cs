namespace Registry.Infrastructure.Tables;

/// <summary>The header of a table that is read: the position of each column.</summary>
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

    /// <summary>The unknown names. Case and surrounding blanks are ignored.</summary>
    public IReadOnlyList<string> Unknown { get; }

    /// <summary>The duplicate names.</summary>
    public IReadOnlyList<string> Repeated { get; }

    /// <summary>The columns in the order of the file; null for an empty or unknown heading.</summary>
    public IReadOnlyList<CsvColumn?> Columns => _columns;

    /// <summary>Trims invisible characters from a name.</summary>
    internal static string Cleaned(string name) => name.Trim().Trim('\uFEFF', '\u200B').Trim();
}
