using System.Text.Json;
using System.Text.Json.Nodes;
using Registry.Infrastructure.Tables;

namespace Registry.Infrastructure.Importing;

/// <summary>Rows of CSV, all of one collection.</summary>
internal static class CsvFile
{
    /// <exception cref="UnreadableFileException">The header has columns that there are not, or the file is not CSV.</exception>
    public static IEnumerable<ImportedRow> Rows(Stream file, string collection)
    {
        using var rows = Open(file);
        var header = CsvShape.Of(collection).Bind(rows.Header);
        var wrong = Told(header.Unknown, "There is no such column.")
            .Concat(Told(header.Repeated, "It stands there more than once."))
            .DistinctBy(error => error.Key)
            .ToDictionary();
        if (wrong.Count > 0)
        {
            throw new UnreadableFileException(
                new(Refusal.Invalid, $"The header has other columns than those of {collection}.", wrong)
            );
        }

        while (Next(rows) is { } cells)
        {
            yield return cells.Count > rows.Header.Count
                ? new(
                    rows.Line,
                    collection,
                    null,
                    Refusal: new(
                        Refusal.Unreadable,
                        $"The row has {cells.Count} cells, and the header {rows.Header.Count}."
                    )
                )
                : Named(rows.Line, collection, header.Read(cells));
        }
    }

    private static ImportedRow Named(long line, string collection, JsonObject record)
    {
        using var whole = JsonDocument.Parse(record.ToJsonString(RegistryJson.Options));
        return NdJsonFile.Named(line, collection, null, whole.RootElement);
    }

    private static IEnumerable<KeyValuePair<string, string[]>> Told(IEnumerable<string> names, string sentence) =>
        names.Select(name => KeyValuePair.Create<string, string[]>(name, [sentence]));

    private static CsvRows Open(Stream file)
    {
        try
        {
            return new CsvRows(file);
        }
        catch (CsvUnreadableException broken)
        {
            throw new UnreadableFileException(new(Refusal.Unreadable, broken.Message));
        }
    }

    private static IReadOnlyList<string>? Next(CsvRows rows)
    {
        try
        {
            return rows.Read() ? rows.Cells() : null;
        }
        catch (CsvUnreadableException broken)
        {
            throw new UnreadableFileException(new(Refusal.Unreadable, broken.Message));
        }
    }
}

/// <summary>The file as a whole cannot be taken.</summary>
internal sealed class UnreadableFileException(Refusal refusal) : Exception(refusal.Detail)
{
    public Refusal Refusal { get; } = refusal;
}
