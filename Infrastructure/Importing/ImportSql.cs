using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Importing;

internal static class ImportSql
{
    /// <summary>The number of rows in a multi-row INSERT.</summary>
    public const int RowsPerInsert = 100;

    private const string Columns =
        "i.Id, i.Form, i.Collection, i.Encoding, i.DryRun, i.Partial, i.Actor, i.Reason, i.Status, i.CancelAsked, i.Processed, i.Total, "
        + "i.Created, i.Changed, i.Unchanged, i.Refused, i.Refusal, i.ReceivedAt, i.StartedAt, i.EndedAt";

    public const string Find = $"SELECT {Columns} FROM Import i WHERE i.Id = @Id";

    public const string Unfinished = $"SELECT {Columns} FROM Import i WHERE i.Status IN ('waiting', 'running')";

    /// <summary>Selects the unfinished imports without a heartbeat since an instant: their process has probably ended.</summary>
    public const string WithoutHeartbeat = $"""
        SELECT {Columns} FROM Import i
        WHERE i.Status IN ('waiting', 'running') AND COALESCE(i.Beat, i.ReceivedAt) < @Since
        """;

    public const string Insert = """
        INSERT INTO Import (Id, Form, Collection, Encoding, DryRun, Partial, Actor, Reason, Status, CancelAsked, Beat, Processed, Created,
            Changed, Unchanged, Refused, ReceivedAt)
        VALUES (@Id, @Form, @Collection, @Encoding, @DryRun, @Partial, @Actor, @Reason, 'waiting', 0, @ReceivedAt, 0, 0, 0, 0, 0,
            @ReceivedAt)
        """;

    public const string Start = "UPDATE Import SET Status = 'running', StartedAt = @Now, Beat = @Now WHERE Id = @Id";

    public const string UpdateHeartbeat = "UPDATE Import SET Beat = @Now WHERE Id = @Id";

    public const string UpdateProgress = """
        UPDATE Import SET Processed = @Processed, Total = @Total, Created = @Created, Changed = @Changed,
            Unchanged = @Unchanged, Refused = @Refused
        WHERE Id = @Id
        """;

    public const string End = """
        UPDATE Import SET Status = @Status, Refusal = @Refusal, EndedAt = @Now, Processed = @Processed, Total = @Total,
            Created = @Created, Changed = @Changed, Unchanged = @Unchanged, Refused = @Refused
        WHERE Id = @Id
        """;

    public const string Interrupt =
        "UPDATE Import SET Status = 'interrupted', EndedAt = @Now WHERE Id = @Id AND Status IN ('waiting', 'running')";

    public const string RequestCancellation =
        "UPDATE Import SET CancelAsked = 1 WHERE Id = @Id AND Status IN ('waiting', 'running')";

    public const string IsCancellationRequested = "SELECT CancelAsked FROM Import WHERE Id = @Id";

    public const string InsertRow = """
        INSERT INTO ImportRow (ImportId, Line, Collection, RecordId, Result, Refusal, Changes, Readings)
        VALUES (@ImportId, @Line, @Collection, @RecordId, @Result, @Refusal, @Changes, @Readings)
        """;

    public static readonly string InsertRows =
        "INSERT INTO ImportRow (ImportId, Line, Collection, RecordId, Result, Refusal, Changes, Readings) VALUES "
        + string.Join(
            ", ",
            Enumerable
                .Range(0, RowsPerInsert)
                .Select(row =>
                    $"(@ImportId, @Line{row}, @Collection{row}, @RecordId{row}, @Result{row}, @Refusal{row}, @Changes{row}, @Readings{row})"
                )
        );

    public const string StateCodes = "SELECT s.Code, s.Record FROM State s";

    public const string ForumCodes = "SELECT f.Code FROM Forum f";

    public const string PostOnRecord = "SELECT p.Id FROM Post p WHERE p.Id = @Id";

    public static readonly ListSql List = new(
        typeof(ImportFilters),
        $"{Columns}",
        $"Import i",
        "i.Id",
        new Dictionary<string, Sql> { ["id"] = $"i.Id" },
        new Dictionary<string, Sql> { ["Status"] = $"i.Status = @Status" }
    );

    public static readonly ListSql Rows = new(
        typeof(ImportRowFilters),
        $"r.Line, r.Collection, r.RecordId, r.Result, r.Refusal, r.Changes, r.Readings",
        $"ImportRow r",
        "r.Line",
        new Dictionary<string, Sql> { ["line"] = $"r.Line" },
        new Dictionary<string, Sql> { ["Import"] = $"r.ImportId = @Import", ["Result"] = $"r.Result = @Result" }
    );
}

/// <summary>The filters of the list of imports.</summary>
public sealed record ImportFilters : ListFilters
{
    /// <summary>The status, or null for imports with any status.</summary>
    public string? Status { get; init; }
}

/// <summary>The filters of the list of the rows of an import.</summary>
public sealed record ImportRowFilters : ListFilters
{
    /// <summary>The id of the import.</summary>
    public required string Import { get; init; }

    /// <summary>The result, or null for rows with any result.</summary>
    public string? Result { get; init; }
}
