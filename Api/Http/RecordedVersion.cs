using System.Text.Json;
using Registry.Infrastructure.Changes;
using Registry.Infrastructure.Records.Documents;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Api.Http;

/// <summary>One version of a record: who wrote it, when and why, and what it changed.</summary>
public sealed record RecordedVersion
{
    /// <summary>1 for the first version, then one more at every write.</summary>
    public required int Version { get; init; }

    /// <summary>The ETag of the version, by which it is conditioned upon.</summary>
    public required string Etag { get; init; }

    /// <summary>The number of the change in the log of all changes.</summary>
    public required long Sequence { get; init; }

    /// <summary>When it was recorded, in UTC (RFC 3339).</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>In whose name it was written.</summary>
    public required string Actor { get; init; }

    /// <summary>Why, where that was said (header X-Reason).</summary>
    public string? Reason { get; init; }

    /// <summary>Whether the record was created, updated, deleted or restored.</summary>
    public required ChangeOperation Operation { get; init; }

    /// <summary>
    /// What it changed, place by place, from what to what; of a restored record, against what it said before the deletion.
    /// Absent where the record was created or deleted.
    /// </summary>
    public IReadOnlyList<FieldChange>? Changes { get; init; }

    internal static string Of(RecordedChange change) =>
        JsonSerializer.Serialize(
            new RecordedVersion
            {
                Version = change.Version,
                Etag = Conditions.TagOf(change.Version).ToString(),
                Sequence = change.Sequence,
                RecordedAt = change.Instant,
                Actor = change.Actor,
                Reason = change.Reason,
                Operation = Words.Read<ChangeOperation>(change.Operation),
                Changes = change is { Record: { } record, Former: { } former }
                    ? RecordComparison.Between(former, record)
                    : null,
            },
            RegistryJson.Options
        );
}

/// <summary>What a change did to a record.</summary>
public enum ChangeOperation
{
    Created,
    Updated,

    /// <summary>The record is off file: a tombstone.</summary>
    Deleted,

    /// <summary>A record that was deleted is on file again, as its next version.</summary>
    Restored,
}
