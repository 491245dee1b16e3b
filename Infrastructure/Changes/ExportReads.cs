using System.Runtime.CompilerServices;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Engine.Connections;
using Registry.Infrastructure.Engine.Dialects;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Mapping;

namespace Registry.Infrastructure.Changes;

/// <summary>Reads a snapshot of the whole registry as of one change.</summary>
public sealed class ExportReads(RegistryDatabase database)
{
    private const int PageSize = 250;

    /// <summary>Gets the last change, which determines the content of an export.</summary>
    public Task<RegistryState> HeadAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection => (await connection.RowAsync<RegistryState>(ChangeSql.Head))!,
            cancellationToken
        );

    /// <summary>
    /// Reads every record as of that change, page by page: first the collections that others refer to, each in the
    /// order of the ids, except for records that are written meanwhile.
    /// </summary>
    /// <remarks>
    /// No connection is held between pages, and the size of a page is bounded whatever is written. Each range of ids is
    /// read twice: first the current records, then those that have been archived since. A record that is written
    /// between the two reads is found by both and returned once; in the opposite order, neither would find it.
    /// </remarks>
    public async IAsyncEnumerable<ExportPage> ReadAsync(
        RegistryState state,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        foreach (var kind in RecordKinds.All)
        {
            for (var after = ""; after is not null; )
            {
                var standing = await PageAsync(kind.Main.PageAtInstant, state, after, null, cancellationToken);
                var last = LastOf(standing);
                if (standing.Count > 0)
                {
                    yield return new ExportPage(kind.Collection, standing);
                }

                var given = standing.Select(record => record.Id).ToHashSet(StringComparer.Ordinal);
                for (var from = after; from is not null; )
                {
                    var archived = await PageAsync(
                        dialect => kind.Main.ArchivedSince(dialect, upToLast: last is not null),
                        state,
                        from,
                        last,
                        cancellationToken
                    );
                    from = LastOf(archived);
                    if (archived.Any(record => !given.Contains(record.Id)))
                    {
                        yield return new ExportPage(
                            kind.Collection,
                            [.. archived.Where(record => !given.Contains(record.Id))]
                        );
                    }
                }

                after = last;
            }
        }
    }

    private static string? LastOf(IReadOnlyList<StoredRecord> page) => page.Count == PageSize ? page[^1].Id : null;

    private Task<IReadOnlyList<StoredRecord>> PageAsync(
        Func<SqlDialect, string> statement,
        RegistryState state,
        string after,
        string? last,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync(
            connection =>
                connection.RowsAsync<StoredRecord>(
                    statement(database.Dialect),
                    new
                    {
                        KnownAt = state.Instant,
                        After = after,
                        Last = last,
                        Take = PageSize,
                    }
                ),
            cancellationToken
        );
}

/// <summary>The state of the registry after one change.</summary>
public sealed record RegistryState
{
    /// <summary>The sequence of the change.</summary>
    public long Sequence { get; init; }

    /// <summary>The time of the change, in UTC.</summary>
    public DateTimeOffset Instant { get; init; }
}

/// <summary>A page of records of one collection.</summary>
public sealed record ExportPage(string Collection, IReadOnlyList<StoredRecord> Records);
