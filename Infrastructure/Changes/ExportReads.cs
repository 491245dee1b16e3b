using System.Runtime.CompilerServices;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Records;

namespace Registry.Infrastructure.Changes;

/// <summary>Reads the whole registry as it stood after one change.</summary>
public sealed class ExportReads(RegistryDatabase database)
{
    private const int PageSize = 250;

    /// <summary>The last change by now, which settles what an export holds.</summary>
    public Task<RegistryState> HeadAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection => (await connection.RowAsync<RegistryState>(ChangeSql.Head))!,
            cancellationToken
        );

    /// <summary>
    /// Every record as it stood then, page by page: collections whose records others refer to come first, the records of
    /// each in the order of their ids, but for those that are written meanwhile. No connection is held between pages, and
    /// no page is larger than another, whatever is written.
    /// </summary>
    /// <remarks>
    /// Of each stretch of ids, first come those that stand and stood then, afterwards those that stood then and were
    /// archived since. A record that is written between the two is found by both and given once; the other way round it
    /// would be found by neither.
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

/// <summary>The registry after one change.</summary>
public sealed record RegistryState
{
    /// <summary>The change.</summary>
    public long Sequence { get; init; }

    /// <summary>When it was recorded, in UTC.</summary>
    public DateTimeOffset Instant { get; init; }
}

/// <summary>Some records of one collection.</summary>
public sealed record ExportPage(string Collection, IReadOnlyList<StoredRecord> Records);
