using System.Text.Json;
using Registry.Infrastructure.Records.Documents;
using Registry.Infrastructure.Records.Reading;
using Registry.Infrastructure.Tables;

namespace Registry.Infrastructure.Importing;

/// <summary>How far an import has come.</summary>
public enum ImportStatus
{
    /// <summary>It is received, and others come first.</summary>
    Waiting,
    Running,

    /// <summary>It is done as it was asked for; of a dry run, nothing is kept.</summary>
    Done,

    /// <summary>A row or the file was refused, so nothing is kept.</summary>
    Refused,

    /// <summary>It was cancelled: nothing is kept, or of a partial import what was done by then.</summary>
    Cancelled,

    /// <summary>The process that ran it ended: nothing is kept, or of a partial import what was done by then.</summary>
    Interrupted,

    /// <summary>The registry failed: nothing is kept, or of a partial import what was done by then.</summary>
    Failed,
}

/// <summary>In what form records are sent.</summary>
public enum ImportForm
{
    /// <summary>Lines of JSON, as an export has them.</summary>
    Ndjson,

    /// <summary>Rows of one collection (RFC 4180).</summary>
    Csv,

    /// <summary>A Popolo document.</summary>
    Popolo,

    /// <summary>A workbook (ISO/IEC 29500) with rows of one collection.</summary>
    Xlsx,
}

/// <summary>What came of a row.</summary>
public enum RowResult
{
    Created,
    Changed,

    /// <summary>The record says already what the row says.</summary>
    Unchanged,
    Refused,

    /// <summary>The registry has no place for it, and the rest of the file is taken without it.</summary>
    LeftOut,
}

/// <summary>An import that is asked for.</summary>
public sealed record ImportOrder
{
    /// <summary>The id to find it under; null to make one.</summary>
    public string? Id { get; init; }

    /// <summary>In what form the records are.</summary>
    public required ImportForm Form { get; init; }

    /// <summary>Of a table, the collection.</summary>
    public string? Collection { get; init; }

    /// <summary>In which encoding the file is said to be, by the name that the IANA lists; null where the file itself tells.</summary>
    public string? Encoding { get; init; }

    /// <summary>Of a Popolo document, the state whose legislature and government it describes; null where none is said.</summary>
    public string? State { get; init; }

    /// <summary>True where the file is a table, with rows of one collection.</summary>
    public bool IsTable => Form is ImportForm.Csv or ImportForm.Xlsx;

    /// <summary>True to keep nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>True to keep what is not refused.</summary>
    public bool Partial { get; init; }

    /// <summary>In whose name it writes.</summary>
    public required string Actor { get; init; }

    /// <summary>Why, for the history of the records.</summary>
    public string? Reason { get; init; }
}

/// <summary>An import on file.</summary>
public sealed record Import : ListRow
{
    /// <summary>Names it.</summary>
    public string Id { get; init; } = "";

    /// <summary>In what form the records are.</summary>
    public string Form { get; init; } = "";

    /// <summary>Of a table, the collection.</summary>
    public string? Collection { get; init; }

    /// <summary>In which encoding the file was said to be; null where the file itself tells.</summary>
    public string? Encoding { get; init; }

    /// <summary>True where nothing is kept whatever comes of it.</summary>
    public bool DryRun { get; init; }

    /// <summary>True where what is not refused is kept.</summary>
    public bool Partial { get; init; }

    /// <summary>In whose name it writes.</summary>
    public string Actor { get; init; } = "";

    /// <summary>Why, for the history of the records.</summary>
    public string? Reason { get; init; }

    /// <summary>How far it has come.</summary>
    public string Status { get; init; } = "";

    internal bool CancelAsked { get; init; }

    /// <summary>How many rows have been looked at.</summary>
    public long Processed { get; init; }

    /// <summary>How many rows there are, once that is known.</summary>
    public long? Total { get; init; }

    /// <summary>How many rows made a record.</summary>
    public long Created { get; init; }

    /// <summary>How many rows changed one.</summary>
    public long Changed { get; init; }

    /// <summary>How many rows said what was on file.</summary>
    public long Unchanged { get; init; }

    /// <summary>How many rows were refused.</summary>
    public long Refused { get; init; }

    /// <summary>How many things were left out, for which the registry has no place.</summary>
    public long LeftOut => Processed - Created - Changed - Unchanged - Refused;

    internal string? Refusal { get; init; }

    /// <summary>When it was received, in UTC.</summary>
    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it was refused as a whole, or failed.</summary>
    public Refusal? Problem => Refusal is null ? null : Read(Refusal);

    /// <summary>True once nothing more comes of it.</summary>
    public bool HasEnded => Words.Read<ImportStatus>(Status) is not (ImportStatus.Waiting or ImportStatus.Running);

    /// <summary>The import once those rows are kept too.</summary>
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

    internal ImportOrder ToOrder() =>
        new()
        {
            Id = Id,
            Form = Words.Read<ImportForm>(Form),
            Collection = Collection,
            Encoding = Encoding,
            DryRun = DryRun,
            Partial = Partial,
            Actor = Actor,
            Reason = Reason,
        };

    internal static string Write(Refusal refusal) => JsonSerializer.Serialize(refusal, RegistryJson.Options);

    internal static Refusal Read(string refusal) => JsonSerializer.Deserialize<Refusal>(refusal, RegistryJson.Options)!;
}

/// <summary>What came of one row.</summary>
public sealed record ImportRow : ListRow
{
    /// <summary>The most cells of a record whose reading is told.</summary>
    private const int MostReadings = 50;

    /// <summary>Where it stands in the file, from 1.</summary>
    public long Line { get; init; }

    /// <summary>The collection it belongs to, where it says so.</summary>
    public string? Collection { get; init; }

    /// <summary>The id of the record.</summary>
    public string? RecordId { get; init; }

    /// <summary>What came of it.</summary>
    public string Result { get; init; } = "";

    internal string? Refusal { get; init; }

    internal string? Changes { get; init; }

    internal string? Readings { get; init; }

    /// <summary>Why it was refused.</summary>
    public Refusal? Problem => Refusal is null || IsLeftOut ? null : Import.Read(Refusal);

    /// <summary>What was left out.</summary>
    public string? Note => Refusal is not null && IsLeftOut ? Import.Read(Refusal).Detail : null;

    private bool IsLeftOut => Result == Words.Of(RowResult.LeftOut);

    /// <summary>How cells were read that do not say literally what is put on record.</summary>
    public IReadOnlyList<CellReading> ReadAs => ReadReadings(Readings);

    /// <summary>What it changed.</summary>
    public RowChanges? Changed => Changes is null ? null : RowChanges.Read(Changes);

    internal static IReadOnlyList<CellReading> ReadReadings(string? readings) =>
        string.IsNullOrEmpty(readings)
            ? []
            : JsonSerializer.Deserialize<IReadOnlyList<CellReading>>(readings, RegistryJson.Options)!;

    internal static string? Write(IReadOnlyList<CellReading> readings) =>
        readings.Count == 0 ? null : JsonSerializer.Serialize(readings.Take(MostReadings), RegistryJson.Options);

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
