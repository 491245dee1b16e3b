using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Engine.Connections;
using Registry.Infrastructure.Records.Reading;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Infrastructure.Changes;

/// <summary>A change of the change log.</summary>
public sealed record Change
{
    /// <summary>The sequence: from 1, without a gap.</summary>
    public long Sequence { get; init; }

    /// <summary>The time of the commit, in UTC; the same for all changes of one transaction.</summary>
    public DateTimeOffset Instant { get; init; }

    /// <summary>The author.</summary>
    public string Actor { get; init; } = "";

    /// <summary>The collection of the record: <c>forums</c>.</summary>
    public string Collection { get; init; } = "";

    /// <summary>The id of the record in its collection.</summary>
    public string Id { get; init; } = "";

    /// <summary>
    /// The version that the change created; for a deletion, one more than the last version of the record.
    /// </summary>
    public int Version { get; init; }

    /// <summary><c>created</c>, <c>updated</c>, <c>deleted</c> or <c>restored</c>.</summary>
    public string Operation { get; init; } = "";

    /// <summary>The reason; null when its author gave none.</summary>
    public string? Reason { get; init; }

    /// <summary>The record after the change, as JSON; null for a deletion.</summary>
    public string? Record { get; init; }
}

/// <summary>A filter for changes.</summary>
public sealed record ChangeFilter
{
    /// <summary>The collection of the records, or null for all.</summary>
    public string? Collection { get; init; }

    /// <summary>
    /// The record whose changes, and those of the records that belong to it, are listed; null for all.
    /// </summary>
    public ChangeSubject? Subject { get; init; }
}

/// <summary>A page of changes.</summary>
/// <param name="Changes">The changes.</param>
/// <param name="Next">The sequence after which the next page begins.</param>
/// <param name="Head">The last sequence of the registry when the page was read.</param>
/// <param name="Instant">The time of the change with that sequence.</param>
/// <param name="IsFull">True when the page is full, so that more changes may exist.</param>
public sealed record ChangePage(
    IReadOnlyList<Change> Changes,
    long Next,
    long Head,
    DateTimeOffset Instant,
    bool IsFull
);

/// <summary>Reads the change log.</summary>
/// <remarks>
/// A reader of the log misses no change. The writer takes a sequence under the lock of the single counter row, holds
/// that lock until it commits, and updates the counter in the same transaction. So on both engines a transaction
/// becomes visible only after all those with lower sequences: once a reader sees N in the counter, every later
/// statement sees all changes up to N. A page reads the counter first and returns nothing beyond it. Its own statement
/// may see later changes, or (on SQL Server, row by row) only some of them; those are left to the next page.
/// </remarks>
public sealed class ChangeReads(RegistryDatabase database)
{
    /// <summary>Gets the last sequence at an instant; 0 before the first change.</summary>
    public Task<long> SequenceAtAsync(DateTimeOffset instant, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection =>
                (await connection.RowAsync<Counter>(ChangeSql.SequenceAt, new { Instant = instant }))!.Sequence,
            cancellationToken
        );

    /// <summary>Lists the first changes after a sequence, oldest first.</summary>
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

                // No other change up to the head matches the filter, so the next page can begin there.
                var next = isFull ? rows[^1].Sequence : Math.Max(after, head.Sequence);
                return new ChangePage(rows, next, head.Sequence, head.Instant, isFull);
            },
            cancellationToken
        );

    /// <summary>Lists the last changes before a sequence, newest first.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="after">The exclusive lower bound of the sequence.</param>
    /// <param name="before">The exclusive upper bound of the sequence, or null for none.</param>
    /// <param name="limit">The maximum number of changes.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
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
