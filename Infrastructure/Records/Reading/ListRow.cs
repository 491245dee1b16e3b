using System.Globalization;
using System.Text.Json;
using Registry.Infrastructure.Records.Models;

namespace Registry.Infrastructure.Records.Reading;

/// <summary>A row with its position in the order of the list.</summary>
public abstract record ListRow
{
    /// <summary>The separator of the keys of a position; no key contains it.</summary>
    internal const char KeyEnd = '\u001f';

    internal string SortId { get; init; } = "";

    internal object SortKey { get; init; } = "";

    internal object? SortKey2 { get; init; }

    internal object? SortKey3 { get; init; }

    internal (string Key, string Id) Place =>
        (string.Join(KeyEnd, new[] { SortKey, SortKey2, SortKey3 }.OfType<object>().Select(TextOf)), SortId);

    private static string TextOf(object key) =>
        key switch
        {
            DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTime instant => instant.ToString("yyyy-MM-ddTHH:mm:ss.ffffff", CultureInfo.InvariantCulture),
            _ => Convert.ToString(key, CultureInfo.InvariantCulture)!,
        };
}

/// <summary>A record in a list.</summary>
public sealed record RecordListRow : ListRow
{
    /// <summary>The record as JSON, or its tombstone.</summary>
    public string Record { get; init; } = "";

    internal string RecordId { get; init; } = "";

    internal int Version { get; init; }

    internal DateTimeOffset RecordedAt { get; init; }

    /// <summary>The row, with a tombstone when the record is deleted.</summary>
    internal RecordListRow WithTombstone() =>
        Record.Length > 0
            ? this
            : this with
            {
                Record = JsonSerializer.Serialize(
                    new Tombstone
                    {
                        Id = RecordId,
                        Deleted = true,
                        Version = Version,
                        RecordedAt = RecordedAt,
                    },
                    RegistryJson.Options
                ),
            };
}

/// <summary>The entry of a deleted record in a list.</summary>
public sealed record Tombstone
{
    /// <summary>The id of the record in its collection.</summary>
    public required string Id { get; init; }

    /// <summary>True.</summary>
    public required bool Deleted { get; init; }

    /// <summary>The version of the deletion: one more than the last version of the record.</summary>
    public required int Version { get; init; }

    /// <summary>The time of the deletion, in UTC (RFC 3339).</summary>
    public required DateTimeOffset RecordedAt { get; init; }
}
