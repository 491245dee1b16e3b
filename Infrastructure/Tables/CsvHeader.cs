using System.Text.Json.Nodes;

namespace Registry.Infrastructure.Tables;

/// <summary>The header of a file that is read: which column of the shape stands where.</summary>
public sealed class CsvHeader
{
    private readonly CsvShape _shape;
    private readonly CsvColumn?[] _columns;

    internal CsvHeader(CsvShape shape, IReadOnlyList<string> names)
    {
        _shape = shape;
        var known = shape.Columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        _columns = [.. names.Select(name => known.GetValueOrDefault(name.Trim()))];
        Unknown = [.. names.Where(name => !known.ContainsKey(name.Trim())).Distinct()];
        Repeated = [.. names.GroupBy(name => name.Trim()).Where(same => same.Count() > 1).Select(same => same.Key)];
    }

    /// <summary>The names that are of no column.</summary>
    public IReadOnlyList<string> Unknown { get; }

    /// <summary>The names that stand there more than once.</summary>
    public IReadOnlyList<string> Repeated { get; }

    /// <summary>What a row says, as JSON along the type of the documents; an empty cell says nothing.</summary>
    /// <param name="cells">The cells in the order of the header; a short row has empty ones at its end.</param>
    public JsonObject Read(IReadOnlyList<string> cells) =>
        _shape.Read(
            _columns
                .Zip(cells)
                // What explains another column says nothing of its own.
                .Where(pair => pair.First is { Explanation: null } && pair.Second.Length > 0)
                .Select(pair => (pair.First!, CsvText.Unguard(pair.Second)))
        );
}
