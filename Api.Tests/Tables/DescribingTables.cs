using System.Globalization;
using System.Reflection;
using System.Text;
using Registry.Api.Contract;
using Registry.Api.Tests.Support;
using Registry.Domain;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Tables;

namespace Registry.Api.Tests.Tables;

/// <summary>docs/csv.md lists the columns of every collection.</summary>
public sealed class DescribingTables
{
    private const string Mark = "<!-- From here on the page is made from the documents. -->";

    [Test]
    public void The_page_lists_every_column_of_every_collection()
    {
        var page = Path.Combine(Repository.Root, "docs", "csv.md");
        var text = File.ReadAllText(page);
        var expected = text[..(text.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length)] + Sections();
        var written = Path.Combine(Path.GetTempPath(), "registry-csv.md");
        if (text != expected)
        {
            File.WriteAllText(written, expected);
        }

        Assert.That(text == expected, Is.True, $"Bring the page up to date: cp {written} {page}");
    }

    private static string Sections()
    {
        var comments = new CodeComments();
        var text = new StringBuilder();
        foreach (var collection in RecordKinds.Collections)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n\n## {collection}\n\n| column | content | meaning |\n|---|---|---|"
            );
            var shape = CsvShape.Of(collection);
            foreach (var column in shape.Columns)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"\n| `{column.Name}` | {FormOf(column)} | {MeaningOf(shape.Model, column, comments)} |"
                );
            }
        }

        return text.Append('\n').ToString();
    }

    private static string FormOf(CsvColumn column)
    {
        var type = Nullable.GetUnderlyingType(column.Type) ?? column.Type;
        return column.Form switch
        {
            CsvForm.Words when column.Explanation is not null => "names, separated by `\\|`",
            _ when column.Explanation == CsvExplanation.Name => "text",
            _ when column.Explanation is not null => "day",
            CsvForm.Number => "whole number",
            CsvForm.Truth => "`true` or `false`",
            CsvForm.Words => "codes or ids, separated by `\\|`",
            CsvForm.Json => "JSON",
            _ when type == typeof(PartialDate) => "date",
            _ when type == typeof(DateTimeOffset) => "instant",
            _ when type.IsEnum => string.Join(", ", Words.All(type).Select(word => $"`{word}`")),
            _ => "text",
        };
    }

    private static string MeaningOf(Type document, CsvColumn column, CodeComments comments)
    {
        if (column.Name == "deleted")
        {
            return "True for a deleted record, which has only its id, version and instant besides.";
        }

        if (column.Explanation is { } explanation)
        {
            return explanation switch
            {
                CsvExplanation.Name when column.Form == CsvForm.Words => "The names; ignored in imports.",
                CsvExplanation.Name => "The name; ignored in imports.",
                CsvExplanation.Earliest => "The first day that the date can mean; ignored in imports.",
                _ => "The last day that the date can mean; ignored in imports.",
            };
        }

        var type = column.InItem ? document.GetProperty("Standings")!.PropertyType.GetGenericArguments()[0] : document;
        PropertyInfo? property = null;
        foreach (var step in column.Path)
        {
            property = type.GetProperty(char.ToUpperInvariant(step[0]) + step[1..])!;
            type = property.PropertyType;
        }

        return comments.Of(property!)!;
    }
}
