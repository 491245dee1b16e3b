using System.Text.Json;
using Registry.Infrastructure.Audit;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Reading;
using Registry.Infrastructure.Records.Writing;
using Registry.Infrastructure.Tables;

namespace Registry.Infrastructure.Importing;

/// <summary>The status of an import.</summary>
public enum ImportStatus
{
    /// <summary>The import is received and waits for others.</summary>
    Waiting,
    Running,

    /// <summary>The import has succeeded; a dry run has written nothing.</summary>
    Done,

    /// <summary>A row or the file was refused, so nothing was written.</summary>
    Refused,

    /// <summary>
    /// The import was cancelled. Nothing was written, or, of a partial import, what had been written by then remains.
    /// </summary>
    Cancelled,

    /// <summary>
    /// The process that ran it ended. Nothing was written, or, of a partial import, what had been written by then
    /// remains.
    /// </summary>
    Interrupted,

    /// <summary>
    /// The registry failed. Nothing was written, or, of a partial import, what had been written by then remains.
    /// </summary>
    Failed,
}

/// <summary>The format of the file.</summary>
public enum ImportForm
{
    /// <summary>Newline-delimited JSON, as in an export.</summary>
    Ndjson,

    /// <summary>Rows of one collection as CSV (RFC 4180).</summary>
    Csv,

    /// <summary>A Popolo document.</summary>
    Popolo,

    /// <summary>A workbook (ISO/IEC 29500) with rows of one collection.</summary>
    Xlsx,
}

/// <summary>The result of a row.</summary>
public enum RowResult
{
    Created,
    Changed,

    /// <summary>The record already has the values of the row.</summary>
    Unchanged,
    Refused,

    /// <summary>The registry has no field for it; the rest of the file is imported without it.</summary>
    LeftOut,
}

/// <summary>A request for an import.</summary>
public sealed record ImportOrder
{
    /// <summary>The id, or null to generate one.</summary>
    public string? Id { get; init; }

    /// <summary>The format of the file.</summary>
    public required ImportForm Form { get; init; }

    /// <summary>The collection, for a table.</summary>
    public string? Collection { get; init; }

    /// <summary>The declared encoding of the file, by its IANA name, or null to detect it.</summary>
    public string? Encoding { get; init; }

    /// <summary>The state of the legislature and government in a Popolo document, or null when none is given.</summary>
    public string? State { get; init; }

    /// <summary>True when the file is a table, with rows of one collection.</summary>
    public bool IsTable => Form is ImportForm.Csv or ImportForm.Xlsx;

    /// <summary>True to write nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>True to write the rows that are not refused.</summary>
    public bool Partial { get; init; }

    /// <summary>The author.</summary>
    public required string Actor { get; init; }

    /// <summary>The reason, for the history of the records.</summary>
    public string? Reason { get; init; }

    /// <summary>The records that the author may write.</summary>
    public WriteScope Scope { get; init; } = WriteScope.All;

    /// <summary>The origin of the import, for the audit log.</summary>
    public AuditOrigin Origin { get; init; } = AuditOrigin.Program;
}

/// <summary>An import.</summary>
public sealed record Import : ListRow
{
    /// <summary>The id.</summary>
    public string Id { get; init; } = "";

    /// <summary>The format of the file.</summary>
    public string Form { get; init; } = "";

    /// <summary>The collection, for a table.</summary>
    public string? Collection { get; init; }

    /// <summary>The declared encoding of the file, or null when it is detected.</summary>
    public string? Encoding { get; init; }

    /// <summary>True when nothing is written, whatever the result.</summary>
    public bool DryRun { get; init; }

    /// <summary>True when the rows that are not refused are written.</summary>
    public bool Partial { get; init; }

    /// <summary>The author.</summary>
    public string Actor { get; init; } = "";

    /// <summary>The reason, for the history of the records.</summary>
    public string? Reason { get; init; }

    /// <summary>The status.</summary>
    public string Status { get; init; } = "";

    internal bool CancelAsked { get; init; }

    /// <summary>The number of rows processed.</summary>
    public long Processed { get; init; }

    /// <summary>The total number of rows, or null until it is known.</summary>
    public long? Total { get; init; }

    /// <summary>The number of rows that created a record.</summary>
    public long Created { get; init; }

    /// <summary>The number of rows that changed a record.</summary>
    public long Changed { get; init; }

    /// <summary>The number of rows equal to the current record.</summary>
    public long Unchanged { get; init; }

    /// <summary>The number of rows that were refused.</summary>
    public long Refused { get; init; }

    /// <summary>The number of things left out, because the registry has no field for them.</summary>
    public long LeftOut => Processed - Created - Changed - Unchanged - Refused;

    internal string? Refusal { get; init; }

    /// <summary>The time at which it was received, in UTC.</summary>
    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The time at which it started, in UTC.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>The time at which it ended, in UTC.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The reason why it was refused as a whole, or failed.</summary>
    public Refusal? Problem => Refusal is null ? null : Read(Refusal);

    /// <summary>True when it has ended.</summary>
    public bool HasEnded => Words.Read<ImportStatus>(Status) is not (ImportStatus.Waiting or ImportStatus.Running);

    /// <summary>Gets the import after those rows.</summary>
    internal Import With(IReadOnlyCollection<ImportRow> rows)
    {
        return this with
        {
            Processed = Processed + rows.Count,
            Created = Created + CountOf(RowResult.Created),
            Changed = Changed + CountOf(RowResult.Changed),
            Unchanged = Unchanged + CountOf(RowResult.Unchanged),
            Refused = Refused + CountOf(RowResult.Refused),
        };

        int CountOf(RowResult result) => rows.Count(row => row.Result == Words.Of(result));
    }

    internal static string Write(Refusal refusal) => JsonSerializer.Serialize(refusal, RegistryJson.Options);

    internal static Refusal Read(string refusal) => JsonSerializer.Deserialize<Refusal>(refusal, RegistryJson.Options)!;
}

/// <summary>The result of one row.</summary>
public sealed record ImportRow : ListRow
{
    /// <summary>The maximum number of cells of a record whose reading is reported.</summary>
    private const int MaxReadings = 50;

    /// <summary>The line in the file, from 1.</summary>
    public long Line { get; init; }

    /// <summary>The collection, or null when the row names none.</summary>
    public string? Collection { get; init; }

    /// <summary>The id of the record.</summary>
    public string? RecordId { get; init; }

    /// <summary>The result.</summary>
    public string Result { get; init; } = "";

    internal string? Refusal { get; init; }

    internal string? Changes { get; init; }

    internal string? Readings { get; init; }

    /// <summary>The reason for the refusal.</summary>
    public Refusal? Problem => Refusal is null || IsLeftOut ? null : Import.Read(Refusal);

    /// <summary>The thing that was left out.</summary>
    public string? Note => Refusal is not null && IsLeftOut ? Import.Read(Refusal).Detail : null;

    private bool IsLeftOut => Result == Words.Of(RowResult.LeftOut);

    /// <summary>The cells whose text differs from the value that is recorded, with the reading.</summary>
    public IReadOnlyList<CellReading> ReadAs => ReadReadings(Readings);

    /// <summary>The changes of the record.</summary>
    public RowChanges? Changed => Changes is null ? null : RowChanges.Read(Changes);

    internal static IReadOnlyList<CellReading> ReadReadings(string? readings) =>
        string.IsNullOrEmpty(readings)
            ? []
            : JsonSerializer.Deserialize<IReadOnlyList<CellReading>>(readings, RegistryJson.Options)!;

    internal static string? Write(IReadOnlyList<CellReading> readings) =>
        readings.Count == 0 ? null : JsonSerializer.Serialize(readings.Take(MaxReadings), RegistryJson.Options);

    internal static ImportRow Of(
        ImportedRow row,
        RowResult result,
        string? id,
        Refusal? refusal = null,
        RowChanges? changes = null
    ) =>
        new()
        {
            Line = row.Line,
            Collection = row.Collection is { Length: <= 32 } ? row.Collection : null,
            RecordId = id is { Length: <= 120 } ? id : null,
            Result = Words.Of(result),
            Refusal = refusal is null ? null : Import.Write(refusal),
            Changes = changes?.Write(),
            Readings = Write(row.Readings),
        };
}
