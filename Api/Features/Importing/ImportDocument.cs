using Registry.Api.Http;
using Registry.Infrastructure.Changes;
using Registry.Infrastructure.Importing;
using Registry.Infrastructure.Records.Documents;
using Registry.Infrastructure.Tables;

namespace Registry.Api.Features.Importing;

/// <summary>An import: what was asked for, how far it has come, and what came of it.</summary>
public sealed record ImportDocument
{
    /// <summary>The id it is found under.</summary>
    public required string Id { get; init; }

    /// <summary>How far it has come; nothing more comes of it once that is neither waiting nor running.</summary>
    public required ImportStatus Status { get; init; }

    /// <summary>In what form the records were sent.</summary>
    public required ImportForm Form { get; init; }

    /// <summary>Of CSV, the collection that the rows belong to.</summary>
    public string? Collection { get; init; }

    /// <summary>
    /// In which encoding the file was said to be (charset of the header Content-Type); absent where the file tells by its byte
    /// order mark or is UTF-8.
    /// </summary>
    public string? Encoding { get; init; }

    /// <summary>True where nothing is kept, whatever comes of it.</summary>
    public required bool DryRun { get; init; }

    /// <summary>True where the rows that are not refused are kept; otherwise all of them or none.</summary>
    public required bool Partial { get; init; }

    /// <summary>How many records have been looked at.</summary>
    public required long Processed { get; init; }

    /// <summary>How many records there are; absent until that is known.</summary>
    public long? Total { get; init; }

    /// <summary>How many were new.</summary>
    public required long Created { get; init; }

    /// <summary>How many changed a record.</summary>
    public required long Changed { get; init; }

    /// <summary>How many say what was on record already.</summary>
    public required long Unchanged { get; init; }

    /// <summary>How many were refused.</summary>
    public required long Refused { get; init; }

    /// <summary>How many things were left out, for which the registry has no place; the rows with this result say what.</summary>
    public required long LeftOut { get; init; }

    /// <summary>Why it was refused as a whole, or failed.</summary>
    public ImportProblem? Problem { get; init; }

    /// <summary>In whose name it writes.</summary>
    public required string Actor { get; init; }

    /// <summary>Why, where that was said (header X-Reason).</summary>
    public string? Reason { get; init; }

    /// <summary>When it was received, in UTC (RFC 3339).</summary>
    public required DateTimeOffset Received { get; init; }

    /// <summary>When it began, in UTC (RFC 3339).</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>When it ended, in UTC (RFC 3339).</summary>
    public DateTimeOffset? Ended { get; init; }

    internal static ImportDocument Of(Import import) =>
        new()
        {
            Id = import.Id,
            Status = Words.Read<ImportStatus>(import.Status),
            Form = Words.Read<ImportForm>(import.Form),
            Collection = import.Collection,
            Encoding = import.Encoding,
            DryRun = import.DryRun,
            Partial = import.Partial,
            Processed = import.Processed,
            Total = import.Total,
            Created = import.Created,
            Changed = import.Changed,
            Unchanged = import.Unchanged,
            Refused = import.Refused,
            LeftOut = import.LeftOut,
            Problem = ImportProblem.Of(import.Problem),
            Actor = import.Actor,
            Reason = import.Reason,
            Received = import.ReceivedAt,
            Started = import.StartedAt,
            Ended = import.EndedAt,
        };
}

/// <summary>What came of one record of an import.</summary>
public sealed record ImportRowDocument
{
    /// <summary>The line of the file it begins in, from 1; in a Popolo document its place among persons, organizations, posts and memberships.</summary>
    public required long Line { get; init; }

    /// <summary>The collection it belongs to, where it says so.</summary>
    public string? Collection { get; init; }

    /// <summary>The id of the record.</summary>
    public string? Id { get; init; }

    /// <summary>What came of it.</summary>
    public required RowResult Result { get; init; }

    /// <summary>
    /// What it changed in the record on file, or would change in a dry run, at most 50 places; of a value with more than 300
    /// characters the beginning, as text.
    /// </summary>
    public IReadOnlyList<FieldChange>? Changes { get; init; }

    /// <summary>How many more places it changed.</summary>
    public int? MoreChanges { get; init; }

    /// <summary>How cells of a table were read that do not say literally what is put on record.</summary>
    public IReadOnlyList<CellReading>? ReadAs { get; init; }

    /// <summary>Why it was refused.</summary>
    public ImportProblem? Problem { get; init; }

    /// <summary>What was left out, and why: of a Popolo document, a sentence for each kind of it.</summary>
    public string? Note { get; init; }

    internal static ImportRowDocument Of(ImportRow row) =>
        new()
        {
            Line = row.Line,
            Collection = row.Collection,
            Id = row.RecordId,
            Result = Words.Read<RowResult>(row.Result),
            Changes = row.Changed?.Told,
            MoreChanges = row.Changed is { More: > 0 } changed ? changed.More : null,
            ReadAs = row.ReadAs is { Count: > 0 } readings ? readings : null,
            Problem = ImportProblem.Of(row.Problem),
            Note = row.Note,
        };
}

/// <summary>Why a record or a file was refused: the problem that a request with it would be answered with.</summary>
public sealed record ImportProblem
{
    /// <summary>What kind of refusal it is: a path under /problems/ that explains it.</summary>
    public required string Type { get; init; }

    /// <summary>The kind in words.</summary>
    public required string Title { get; init; }

    /// <summary>What happened in this case.</summary>
    public string? Detail { get; init; }

    /// <summary>Every field at fault, by its path in the record, with the reasons.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    internal static ImportProblem? Of(Refusal? refusal)
    {
        if (refusal is null)
        {
            return null;
        }

        var type = ProblemTypes.Of(refusal.Code);
        return new()
        {
            Type = type.Address,
            Title = type.Title,
            Detail = refusal.Detail,
            Errors = refusal.Errors,
        };
    }
}
