using System.Text;
using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;
using Registry.Infrastructure.Tables;
using static Registry.Api.Tests.Tables.Tables;

namespace Registry.Api.Tests.Importing;

/// <summary>Whatever columns are taken out of a table that the registry wrote, it changes nothing when it comes back.</summary>
public sealed class LeavingColumnsOut(Engine engine) : RegistryTest(engine)
{
    /// <summary>What names a record stays in its table.</summary>
    private static readonly string[] Naming = ["id", "forum", "code", "member.code"];

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public async Task A_table_without_some_of_its_columns_changes_nothing(int seed)
    {
        var made = await App.ImportAsync(string.Concat(new MadeRegistry(seed).Lines()));
        Assert.That((string?)made["status"], Is.EqualTo("done"), made.ToJsonString());
        var records = (await App.Http.GetStringAsync("/v1/export"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .Select(line => JsonNode.Parse(line)!)
            .ToLookup(line => (string)line["collection"]!, line => line["record"]!.AsObject());
        var random = new Random(seed);
        foreach (var collection in records)
        {
            var table = await WriteAsync(collection.Key, collection);
            var left = CsvShape
                .Of(collection.Key)
                .Names.Where(name => Naming.Contains(name) || random.Next(2) == 0)
                .ToHashSet(StringComparer.Ordinal);

            var import = await App.ImportAsync(
                Left(table, left, random.Next(2) == 0 ? ';' : '\t'),
                Imports.Csv,
                $"?collection={collection.Key}&partial=true"
            );

            Assert.That(
                Imports.Counts(import),
                Is.EqualTo($"done: 0 0 {collection.Count()} 0"),
                $"{collection.Key} {string.Join(',', left)} {import} {await App.RowsAsync(import)}"
            );
        }
    }

    private static string Left(string table, HashSet<string> columns, char separator)
    {
        TableRow[] rows = [.. CsvRows.Read(() => new MemoryStream(Encoding.UTF8.GetBytes(table)), columns)];
        var header = rows[0].Cells;
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            var cells = row
                .Cells.Where((_, place) => columns.Contains(header[place]))
                .Select(cell => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
            text.AppendJoin(separator, cells).Append("\r\n");
        }

        return text.ToString();
    }
}
