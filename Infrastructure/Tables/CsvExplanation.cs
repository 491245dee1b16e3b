using System.Globalization;
using System.Text.Json;
using Registry.Domain;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Tables;

/// <summary>The kind of explanation. Such a column is written and never read.</summary>
public enum CsvExplanation
{
    /// <summary>The name of the record with a code or an id; several names are separated by <c>|</c>.</summary>
    Name,

    /// <summary>The first day of a partial date.</summary>
    Earliest,

    /// <summary>The last day of a partial date.</summary>
    Latest,
}

/// <summary>Writes the cells of explanatory columns.</summary>
internal static class CsvExplanations
{
    /// <summary>Gets the day for a date.</summary>
    public static string? DayOf(string? date, CsvExplanation explanation) =>
        date is null || !PartialDate.TryParse(date, out var partial)
            ? null
            : (explanation == CsvExplanation.Earliest ? partial.FirstDay : partial.LastDay).ToString(
                "O",
                CultureInfo.InvariantCulture
            );

    /// <summary>Gets the names of the records in a cell of codes or ids.</summary>
    /// <param name="beside">The object with the cell.</param>
    /// <param name="ids">The ids in the cell.</param>
    /// <param name="collection">The collection, or null when the object names it.</param>
    public static IEnumerable<RecordName> NamedIn(JsonElement beside, IEnumerable<string> ids, string? collection) =>
        collection switch
        {
            null => (Text(beside, "collection") ?? CollectionOf(Text(beside, "kind"))) is { } told
                ? ids.Select(id => new RecordName(told, id))
                : [],
            "bodies" => Text(beside, "forum") is { } forum
                ? ids.Select(code => new RecordName("bodies", $"{forum}/{code}"))
                : [],
            _ => ids.Select(id => new RecordName(collection, id)),
        };

    private static string? CollectionOf(string? kind) => RecordKinds.OfNoun(kind)?.Collection;

    private static string? Text(JsonElement whole, string member) =>
        whole.ValueKind == JsonValueKind.Object
        && whole.TryGetProperty(member, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
