using Registry.Api.Http.Problems;
using Registry.Infrastructure.Changes;
using Registry.Infrastructure.Importing;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Tables;

namespace Registry.Api.Features.Importing;

/// <summary>An import: its order, its progress and its result.</summary>
public sealed record ImportModel
{
    /// <summary>The id of the import.</summary>
    public required string Id { get; init; }

    /// <summary>The status. The import has ended when it is neither waiting nor running.</summary>
    public required ImportStatus Status { get; init; }

    /// <summary>The format of the file.</summary>
    public required ImportForm Form { get; init; }

    /// <summary>For CSV, the collection of the rows.</summary>
    public string? Collection { get; init; }

    /// <summary>
    /// The encoding that the request declared (charset of the header Content-Type); absent when the file has a byte
    /// order mark or is UTF-8.
    /// </summary>
    public string? Encoding { get; init; }

    /// <summary>True for a dry run, which writes nothing.</summary>
    public required bool DryRun { get; init; }

    /// <summary>
    /// True for a partial import, which keeps the rows that are not refused; otherwise all rows are kept or none.
    /// </summary>
    public required bool Partial { get; init; }

    /// <summary>The number of records processed.</summary>
    public required long Processed { get; init; }

    /// <summary>The number of records in the file; absent until it is known.</summary>
    public long? Total { get; init; }

    /// <summary>The number of records created.</summary>
    public required long Created { get; init; }

    /// <summary>The number of records changed.</summary>
    public required long Changed { get; init; }

    /// <summary>The number of records that changed nothing.</summary>
    public required long Unchanged { get; init; }

    /// <summary>The number of records refused.</summary>
    public required long Refused { get; init; }

    /// <summary>
    /// The number of items left out because the registry cannot hold them. The rows with this result name them.
    /// </summary>
    public required long LeftOut { get; init; }

    /// <summary>The reason why the import was refused as a whole, or failed.</summary>
    public ImportProblem? Problem { get; init; }

    /// <summary>The author of the writes.</summary>
    public required string Actor { get; init; }

    /// <summary>The reason given in the header X-Reason; absent when there was none.</summary>
    public string? Reason { get; init; }

    /// <summary>The time at which it was received, in UTC (RFC 3339).</summary>
    public required DateTimeOffset Received { get; init; }

    /// <summary>The time at which it began, in UTC (RFC 3339).</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>The time at which it ended, in UTC (RFC 3339).</summary>
    public DateTimeOffset? Ended { get; init; }

    internal static ImportModel Of(Import import) =>
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

/// <summary>The result for one record of an import.</summary>
public sealed record ImportRowModel
{
    /// <summary>
    /// The line of the file at which the record begins, from 1; in a Popolo document, its position among persons,
    /// organizations, posts and memberships.
    /// </summary>
    public required long Line { get; init; }

    /// <summary>The collection of the record, when the row names it.</summary>
    public string? Collection { get; init; }

    /// <summary>The id of the record.</summary>
    public string? Id { get; init; }

    /// <summary>The result.</summary>
    public required RowResult Result { get; init; }

    /// <summary>
    /// The changes to the record, or those a dry run would make: at most 50. Of a value with more than 300 characters,
    /// the beginning is returned as text.
    /// </summary>
    public IReadOnlyList<FieldChange>? Changes { get; init; }

    /// <summary>The number of further changes.</summary>
    public int? MoreChanges { get; init; }

    /// <summary>The cells whose text differs from the value that is recorded, and how they were read.</summary>
    public IReadOnlyList<CellReading>? ReadAs { get; init; }

    /// <summary>The reason why the row was refused.</summary>
    public ImportProblem? Problem { get; init; }

    /// <summary>The content that was left out, with the reason: for a Popolo document, one sentence for each kind.</summary>
    public string? Note { get; init; }

    internal static ImportRowModel Of(ImportRow row) =>
        new()
        {
            Line = row.Line,
            Collection = row.Collection,
            Id = row.RecordId,
            Result = Words.Read<RowResult>(row.Result),
            Changes = row.Changed?.Listed,
            MoreChanges = row.Changed is { More: > 0 } changed ? changed.More : null,
            ReadAs = row.ReadAs is { Count: > 0 } readings ? readings : null,
            Problem = ImportProblem.Of(row.Problem),
            Note = row.Note,
        };
}

/// <summary>The problem for which a record or a file was refused, as a request with it would return it.</summary>
public sealed record ImportProblem
{
    /// <summary>The problem type: a path under /problems/ that explains it.</summary>
    public required string Type { get; init; }

    /// <summary>The title of the problem type.</summary>
    public required string Title { get; init; }

    /// <summary>The detail of this occurrence.</summary>
    public string? Detail { get; init; }

    /// <summary>The errors of each invalid field, by its path in the record.</summary>
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
