using System.Text.Json;
using Registry.Api.Http.Caching;
using Registry.Infrastructure.Changes;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Api.Http.Lists;

/// <summary>One version of a record, with its author, time, reason and changes.</summary>
public sealed record RecordedVersion
{
    /// <summary>1 for the first version, then one more at every write.</summary>
    public required int Version { get; init; }

    /// <summary>The ETag of the version, for conditional requests.</summary>
    public required string Etag { get; init; }

    /// <summary>The sequence number of the change in the change log.</summary>
    public required long Sequence { get; init; }

    /// <summary>The time of the write, in UTC (RFC 3339).</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>The author of the write.</summary>
    public required string Actor { get; init; }

    /// <summary>The reason given in the header X-Reason; absent when there was none.</summary>
    public string? Reason { get; init; }

    /// <summary>The operation: created, updated, deleted or restored.</summary>
    public required ChangeOperation Operation { get; init; }

    /// <summary>
    /// The changes to the previous version, field by field; for a restored record, to the version before the deletion.
    /// Absent when the record was created or deleted.
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

/// <summary>The operation of a change.</summary>
public enum ChangeOperation
{
    Created,
    Updated,

    /// <summary>The record was deleted: a tombstone.</summary>
    Deleted,

    /// <summary>A deleted record was restored as its next version.</summary>
    Restored,
}
