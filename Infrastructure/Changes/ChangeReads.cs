using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Changes;

/// <summary>A write, as the change log has it.</summary>
public sealed record Change
{
    /// <summary>Its place among all changes, from 1, without a gap.</summary>
    public long Sequence { get; init; }

    /// <summary>When it was recorded, in UTC; the same for what was written in one transaction.</summary>
    public DateTimeOffset Instant { get; init; }

    /// <summary>In whose name it was made.</summary>
    public string Actor { get; init; } = "";

    /// <summary>The collection of the record: <c>forums</c>.</summary>
    public string Collection { get; init; } = "";

    /// <summary>The id of the record in its collection.</summary>
    public string Id { get; init; } = "";

    /// <summary>The version that the change made; that of a deletion is one more than the last one on file.</summary>
    public int Version { get; init; }

    /// <summary><c>created</c>, <c>updated</c>, <c>deleted</c> or <c>restored</c>.</summary>
    public string Operation { get; init; } = "";

    /// <summary>Why it was made, where its author said so.</summary>
    public string? Reason { get; init; }

    /// <summary>The record as it then stood, as JSON; null for a deletion.</summary>
    public string? Record { get; init; }
}

/// <summary>Which changes are asked for.</summary>
public sealed record ChangeFilter
{
    /// <summary>Only changes of the records of this collection.</summary>
    public string? Collection { get; init; }

    /// <summary>Only changes of this record and of those that belong to it.</summary>
    public ChangeSubject? Subject { get; init; }
}

/// <summary>Some of the changes that were asked for, in the order asked for.</summary>
/// <param name="Changes">The changes.</param>
/// <param name="Next">What follows them, and only that, comes after this sequence.</param>
/// <param name="Head">The last change of the registry when they were read.</param>
/// <param name="Instant">When that one was recorded.</param>
/// <param name="IsFull">True where there may be more already.</param>
public sealed record ChangePage(
    IReadOnlyList<Change> Changes,
    long Next,
    long Head,
    DateTimeOffset Instant,
    bool IsFull
);

/// <summary>Reads the change log.</summary>
/// <remarks>
/// Whoever follows it misses nothing. A sequence is given under the lock of the one counter row, which the writer keeps
/// until it commits, and the counter moves in the same transaction: so on both engines a transaction becomes visible
/// only after all those with lower sequences, and whoever reads N in the counter sees all changes up to N in every later
/// statement. A page reads the counter first and gives nothing beyond it. Its own statement may see later changes, or
/// (on SQL Server, row by row) some of them and not others; those are left for the next page.
/// </remarks>
public sealed class ChangeReads(RegistryDatabase database)
{
    /// <summary>The last sequence that was recorded by an instant; 0 before the first.</summary>
    public Task<long> SequenceAtAsync(DateTimeOffset instant, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection =>
                (await connection.RowAsync<Counter>(ChangeSql.SequenceAt, new { Instant = instant }))!.Sequence,
            cancellationToken
        );

    /// <summary>The first changes after a sequence, oldest first.</summary>
    public Task<ChangePage> AfterAsync(
        ChangeFilter filter,
        long after,
        int limit,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync(
            async connection =>
            {
                var head = (await connection.RowAsync<Counter>(ChangeSql.Head))!;
                var rows = await ReadAsync(connection, filter, after, head.Sequence, limit, newestFirst: false);
                var isFull = rows.Count == limit;

                // Nothing else up to the head was asked for, so nobody need look there again.
                var next = isFull ? rows[^1].Sequence : Math.Max(after, head.Sequence);
                return new ChangePage(rows, next, head.Sequence, head.Instant, isFull);
            },
            cancellationToken
        );

    /// <summary>The last changes before a sequence, newest first.</summary>
    /// <param name="filter">Which changes.</param>
    /// <param name="after">Only changes after this sequence.</param>
    /// <param name="before">Only changes before this sequence; null for all.</param>
    /// <param name="limit">The most changes to give.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<ChangePage> BeforeAsync(
        ChangeFilter filter,
        long after,
        long? before,
        int limit,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync(
            async connection =>
            {
                var head = (await connection.RowAsync<Counter>(ChangeSql.Head))!;
                var last = before is { } bound ? Math.Min(bound - 1, head.Sequence) : head.Sequence;
                var rows = await ReadAsync(connection, filter, after, last, limit, newestFirst: true);
                return new ChangePage(rows, head.Sequence, head.Sequence, head.Instant, rows.Count == limit);
            },
            cancellationToken
        );

    private Task<IReadOnlyList<Change>> ReadAsync(
        System.Data.Common.DbConnection connection,
        ChangeFilter filter,
        long beyond,
        long upTo,
        int limit,
        bool newestFirst
    )
    {
        if (upTo <= beyond)
        {
            return Task.FromResult<IReadOnlyList<Change>>([]);
        }

        var (list, conditions) = filter.Subject is null
            ? (ChangeSql.All, new List<string> { "Beyond", "UpTo" })
            : (ChangeSql.OfSubject, new List<string> { "Subject", "Beyond", "UpTo" });
        if (filter.Collection is not null)
        {
            conditions.Add("Collection");
        }

        return connection.RowsAsync<Change>(
            list.Page(database.Dialect, "sequence", newestFirst, after: false, conditions).Text(SqlForm.Present),
            new
            {
                Beyond = beyond,
                UpTo = upTo,
                filter.Collection,
                SubjectCollection = filter.Subject?.Collection,
                SubjectId = filter.Subject?.Id,
                Take = limit,
            }
        );
    }
}
