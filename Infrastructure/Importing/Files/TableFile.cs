using System.Text.Json;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Tables;

namespace Registry.Infrastructure.Importing.Files;

/// <summary>A table with rows of one collection.</summary>
internal static class TableFile
{
    /// <summary>Reads the records in the rows of a table.</summary>
    /// <param name="collection">The collection of the records.</param>
    /// <param name="rows">Reads the rows from the header on; it is called more than once.</param>
    /// <param name="find">Finds the record of a cell.</param>
    /// <exception cref="UnreadableFileException">The header has unknown columns.</exception>
    public static async IAsyncEnumerable<ImportedRow> RowsAsync(
        string collection,
        Func<IEnumerable<TableRow>> rows,
        Func<CodeQuestion, ValueTask<CodeAnswer>> find
    )
    {
        var table = new TableReader(CsvShape.Of(collection), rows, find);
        RefuseOther(table.Header, collection);
        await foreach (var row in table.RowsAsync())
        {
            yield return Named(collection, row);
        }
    }

    private static void RefuseOther(CsvHeader header, string collection)
    {
        var wrong = Problems(header.Unknown, "There is no such column.")
            .Concat(Problems(header.Repeated, "It occurs more than once."))
            .DistinctBy(error => error.Key)
            .ToDictionary();
        if (wrong.Count > 0)
        {
            throw new UnreadableFileException(
                new(Refusal.Invalid, $"The header has the columns of another collection than {collection}.", wrong)
            );
        }
    }

    private static ImportedRow Named(string collection, ReadRow row)
    {
        var says = JsonSerializer.SerializeToElement(row.Says, RegistryJson.Options);
        var named = NdJsonFile.Named(row.Line, collection, null, says) with { IsPatch = true, Readings = row.Readings };
        return row.Errors.Count > 0 ? named with { Refusal = new(Refusal.Invalid, null, row.Errors) } : named;
    }

    private static IEnumerable<KeyValuePair<string, string[]>> Problems(IEnumerable<string> names, string sentence) =>
        names.Select(name => KeyValuePair.Create<string, string[]>(name, [sentence]));
}

/// <summary>The whole file is refused.</summary>
internal sealed class UnreadableFileException(Refusal refusal) : Exception(refusal.Detail)
{
    public Refusal Refusal { get; } = refusal;
}
