using System.Globalization;
using System.Text.Json;
using Registry.Domain;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Tables;

/// <summary>What a column says of the one before it. Such a column is written and never read.</summary>
public enum CsvExplanation
{
    /// <summary>The name of the record that a code or an id stands for; of several, the names with <c>|</c> between them.</summary>
    Name,

    /// <summary>The first day that a date can mean.</summary>
    Earliest,

    /// <summary>The last day that a date can mean.</summary>
    Latest,
}

/// <summary>What stands in the columns that explain others.</summary>
internal static class CsvExplanations
{
    /// <summary>The day in a cell that explains a date.</summary>
    public static string? DayOf(string? date, CsvExplanation explanation) =>
        date is null || !PartialDate.TryParse(date, out var partial)
            ? null
            : (explanation == CsvExplanation.Earliest ? partial.FirstDay : partial.LastDay).ToString(
                "O",
                CultureInfo.InvariantCulture
            );

    /// <summary>The records that a cell of codes or ids names.</summary>
    /// <param name="beside">The object that the cell is a member of.</param>
    /// <param name="ids">The ids in the cell.</param>
    /// <param name="collection">The collection they are in; null where the object says so.</param>
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
