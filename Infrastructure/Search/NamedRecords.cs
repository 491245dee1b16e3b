using System.Text.Json;
using Registry.Domain;
using Registry.Domain.Search;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Mapping;

namespace Registry.Infrastructure.Search;

/// <summary>
/// Finds the names of a record: in the lists <c>names</c>, <c>titles</c> and <c>texts</c>, in a <c>title</c> or
/// <c>symbol</c>, and in codes and identifiers.
/// </summary>
/// <remarks>So the kinds of records do not depend on the index of names.</remarks>
internal static class NamedRecords
{
    /// <summary>The number of characters of a folded name that are stored.</summary>
    public const int MaxFoldedLength = 300;

    private const int MaxStoredLength = 2000;

    /// <summary>
    /// The collections whose records have names, in the order of equally good hits: the sources come last.
    /// </summary>
    public static readonly IReadOnlyList<string> Collections =
    [
        .. RecordKinds
            .All.Where(kind => kind.IsNamed)
            .OrderByDescending(kind => kind.IsClaimed)
            .Select(kind => kind.Collection),
    ];

    private static readonly string[] NameLists = ["names", "titles", "texts"];
    private static readonly string[] Codes = ["alpha2", "m49"];
    private static readonly string[] Beginnings = ["founded", "born", "established", "starts", "date", "published"];
    private static readonly string[] Ends = ["dissolved", "died", "abolished", "ends"];

    /// <summary>
    /// Lists the names of a record, the first one with the number 0; empty when its collection is not searched.
    /// </summary>
    public static IReadOnlyList<NameRow> NamesIn(RecordKind kind, string id, RecordRow main)
    {
        if (!kind.IsNamed)
        {
            return [];
        }

        using var document = JsonDocument.Parse(main.Record);
        var record = document.RootElement;
        var life = LifeOf(record);
        var key = $"{kind.Collection}/{id}";
        var about = new NameRow
        {
            RecordKey = key,
            Collection = kind.Collection,
            RecordId = id,
            Display = Truncated(Text(record, "name") ?? Text(record, "title") ?? id),
            RecordKind = Text(record, "kind"),
            Country = CountryOf(kind, id, record),
            LifeFrom = life.EarliestStart,
            LifeUntil = life.LatestEnd,
            Period = Period.Always,
            Version = main.Version,
            RecordedFrom = main.RecordedFrom,
        };
        return
        [
            .. All(record, id)
                .Where(name => !FoldedText.Of(name.Text).IsEmpty)
                .DistinctBy(name => (name.Text, name.Kind, name.InUse))
                .Select(
                    (name, number) =>
                        about with
                        {
                            NameKey = $"{key}#{number}",
                            Name = Truncated(name.Text),
                            Folded = FoldedOf(name),
                            Language = name.Language,
                            Kind = name.Kind,
                            Period = name.InUse,
                        }
                ),
        ];
    }

    /// <summary>True for a name that is a single sign, such as a code, which is not split into words.</summary>
    public static bool IsSign(string? kind) => kind is "code" or "id" or "identifier";

    /// <summary>Gets the rank of a collection.</summary>
    public static int PlaceOf(string collection) => Collections.TakeWhile(other => other != collection).Count();

    private static IEnumerable<FoundName> All(JsonElement record, string id)
    {
        foreach (var list in NameLists)
        {
            if (record.TryGetProperty(list, out var names) && names.ValueKind == JsonValueKind.Array)
            {
                foreach (var name in names.EnumerateArray())
                {
                    yield return new(Text(name, "text")!, Text(name, "language"), Text(name, "kind"), Dated(name));
                }
            }
        }

        if (Text(record, "title") is { } title)
        {
            yield return new(title, Text(record, "language"), null, Period.Always);
        }

        if (Text(record, "symbol") is { } symbol)
        {
            yield return new(symbol, null, "symbol", Period.Always);
        }

        yield return new(id, null, char.IsAsciiLetterUpper(id[0]) && !id.Contains('/') ? "code" : "id", Period.Always);
        foreach (var code in Codes)
        {
            if (Text(record, code) is { } value)
            {
                yield return new(value, null, "code", Period.Always);
            }
        }

        if (record.TryGetProperty("identifiers", out var identifiers))
        {
            foreach (var identifier in identifiers.EnumerateArray())
            {
                yield return new(Text(identifier, "value")!, null, "identifier", Period.Always);
            }
        }
    }

    private static string? CountryOf(RecordKind kind, string id, JsonElement record) =>
        kind.Collection == "states" ? id
        : Text(record, "country") is { } country ? country
        : record.TryGetProperty("seat", out var seat) ? Text(seat, "country")
        : record.TryGetProperty("of", out var owner) && Text(owner, "kind") == "state" ? Text(owner, "code")
        : null;

    private static Period LifeOf(JsonElement record)
    {
        if (record.TryGetProperty("existence", out var existence))
        {
            return Dated(existence);
        }

        var from = Beginnings.Select(member => Date(record, member)).FirstOrDefault(date => date is not null);
        var until = Ends.Select(member => Date(record, member)).FirstOrDefault(date => date is not null);

        // A meeting of one day has only a start.
        return new Period(from, until ?? Date(record, "starts"));
    }

    private static Period Dated(JsonElement part) =>
        new(Date(part, "from"), Date(part, "until"), part.TryGetProperty("ended", out var ended) && ended.GetBoolean());

    private static PartialDate? Date(JsonElement part, string member) =>
        Text(part, member) is { } text && PartialDate.TryParse(text, out var date) ? date : null;

    private static string? Text(JsonElement part, string member) =>
        part.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static string FoldedOf(FoundName name)
    {
        var folded = FoldedText.Of(name.Text);
        var text = IsSign(name.Kind) ? folded.Compact : folded.Whole;
        return text.Length <= MaxFoldedLength ? text : text[..MaxFoldedLength];
    }

    private static string Truncated(string text) => text.Length <= MaxStoredLength ? text : text[..MaxStoredLength];

    private sealed record FoundName(string Text, string? Language, string? Kind, Period InUse);
}

/// <summary>A name in the index.</summary>
internal sealed record NameRow : PeriodRow
{
    public string RecordKey { get; init; } = "";
    public string NameKey { get; init; } = "";
    public string Collection { get; init; } = "";
    public string RecordId { get; init; } = "";
    public string Display { get; init; } = "";
    public string Name { get; init; } = "";
    public string Folded { get; init; } = "";
    public string? Language { get; init; }

    /// <summary>
    /// official, short, former, acronym, symbol, code, id or identifier; null when there is only one kind.
    /// </summary>
    public string? Kind { get; init; }
    public string? RecordKind { get; init; }
    public string? Country { get; init; }
    public DateOnly LifeFrom { get; init; }
    public DateOnly LifeUntil { get; init; }

    /// <summary>True when the name was no longer in use on a day.</summary>
    public bool IsFormer(DateOnly today) =>
        Kind == "former" || UntilLatest < today || (UntilLatest == DateOnly.MaxValue && UntilEarliest < UntilLatest);
}

/// <summary>A word of a name in the index.</summary>
internal sealed record TokenRow : RecordRow
{
    public string RecordKey { get; init; } = "";
    public string NameKey { get; init; } = "";
    public string Collection { get; init; } = "";
    public string Token { get; init; } = "";

    /// <summary>The length of the name: short names are more likely to be meant.</summary>
    public int Length { get; init; }
}
