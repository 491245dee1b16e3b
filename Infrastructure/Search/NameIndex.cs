using System.Reflection;
using Dapper;
using Microsoft.Extensions.Logging;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Infrastructure.Search;

/// <summary>
/// Maintains the index of names with every record, in the transaction that writes the record. Entries that a write does
/// not change remain in the index.
/// </summary>
public sealed class NameIndex(RegistryDatabase database, Ledger ledger, ILogger<NameIndex> log)
{
    private const int PageSize = 500;

    // SQLite finds each parameter by a linear search; a server takes up to 2,100, and every statement is a round trip.
    private const int MaxParametersEmbedded = 120;
    private const int MaxParametersOfServer = 1000;

    /// <summary>
    /// Rebuilds the index from the current records, when an older version of the program built it or none did. The
    /// start-up lock is held meanwhile.
    /// </summary>
    public async Task BringUpToDateAsync(CancellationToken cancellationToken)
    {
        var format = await database.ReadAsync(
            connection => connection.QuerySingleAsync<int?>(SearchSql.Format),
            cancellationToken
        );
        if (format != NameTokens.Format)
        {
            await ledger.AllOrNothingAsync(() => MakeAgainAsync(cancellationToken), cancellationToken);
        }
    }

    /// <summary>Stores the names of a record, and archives the former ones.</summary>
    internal static async Task NoteAsync(WriteSession session, RecordKind kind, string id, RecordRow main)
    {
        var names = NamedRecords.NamesIn(kind, id, main);
        if (names.Count == 0)
        {
            return;
        }

        if (main.Version > 1)
        {
            var (sql, parameters) = HeldOf(kind, id);
            var held = await session.QueryAsync<NameRow>(sql, parameters);
            if (held.Select(Bare).ToHashSet().SetEquals(names.Select(Bare)))
            {
                return;
            }

            await ForgetAsync(session, kind, id);
        }

        await AddAsync(session, names);
    }

    /// <summary>The query for the current names of a record.</summary>
    internal static ReadAhead HeldOf(RecordKind kind, string id) =>
        new(SearchSql.OfRecord.Present, new { Id = $"{kind.Collection}/{id}" });

    /// <summary>True when the index has the names of a current record, and no other ones.</summary>
    internal static async Task<bool> IsCurrentAsync(WriteSession session, RecordKind kind, StoredRecord stored)
    {
        var names = NamedRecords.NamesIn(kind, stored.Id, Standing.Of(stored));
        var (sql, parameters) = HeldOf(kind, stored.Id);
        var held = await session.QueryAsync<NameRow>(sql, parameters);
        return held.Select(Bare).ToHashSet().SetEquals(names.Select(Bare));
    }

    /// <summary>Archives the names of a record.</summary>
    internal static async Task ForgetAsync(WriteSession session, RecordKind kind, string id)
    {
        if (!kind.IsNamed)
        {
            return;
        }

        var key = new { Id = $"{kind.Collection}/{id}", Now = session.Instant };
        foreach (var table in new[] { SearchSql.Names, SearchSql.Tokens })
        {
            await session.DeferAsync(table.Archive, key);
            await session.DeferAsync(table.Delete, key);
        }
    }

    private Task<int> MakeAgainAsync(CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            async session =>
            {
                foreach (var statement in SearchSql.DeleteAll)
                {
                    await session.ExecuteAsync(statement, new { });
                }

                var records = 0;
                foreach (var kind in RecordKinds.All.Where(kind => kind.IsNamed))
                {
                    records += await FillAsync(session, kind, cancellationToken);
                }

                var format = new { NameTokens.Format };
                if (await session.ExecuteAsync(SearchSql.SetFormat, format) == 0)
                {
                    await session.ExecuteAsync(SearchSql.InsertFormat, format);
                }

                if (records > 0)
                {
                    log.LogInformation("Indexed the names of {Records} records.", records);
                }

                return records;
            },
            cancellationToken
        );

    private static async Task<int> FillAsync(WriteSession session, RecordKind kind, CancellationToken cancellationToken)
    {
        var count = 0;
        var statement = kind.Main.PageAtInstant(session.Dialect);
        for (var after = ""; ; )
        {
            cancellationToken.ThrowIfCancellationRequested();
            var page = await session.QueryAsync<StoredRecord>(
                statement,
                new
                {
                    KnownAt = DateTimeOffset.MaxValue,
                    After = after,
                    Take = PageSize,
                }
            );
            foreach (var stored in page)
            {
                await AddAsync(session, NamedRecords.NamesIn(kind, stored.Id, Standing.Of(stored)));
            }

            count += page.Count;
            if (page.Count < PageSize)
            {
                return count;
            }

            after = page[^1].Id;
        }
    }

    /// <summary>Adds the names of one record.</summary>
    private static async Task AddAsync(WriteSession session, IReadOnlyList<NameRow> names)
    {
        await InsertAsync(session, SearchSql.Names, SearchSql.SharedColumns, names);
        await InsertAsync(
            session,
            SearchSql.Tokens,
            SearchSql.SharedColumns,
            [
                .. names.SelectMany(
                    NameTokens.Of,
                    (name, token) =>
                        new TokenRow
                        {
                            RecordKey = name.RecordKey,
                            NameKey = name.NameKey,
                            Collection = name.Collection,
                            Token = token,
                            Length = name.Folded.Length,
                            Version = name.Version,
                            RecordedFrom = name.RecordedFrom,
                        }
                ),
            ]
        );
    }

    private static async Task InsertAsync<T>(
        WriteSession session,
        RecordTable table,
        IReadOnlySet<string> shared,
        IReadOnlyList<T> rows
    )
    {
        var columns = table.Columns.Select(column => (Name: column, Value: Columns<T>.ByName[column])).ToArray();
        var own = columns.Where(column => !shared.Contains(column.Name)).ToArray();
        var most = session.Dialect.IsEmbedded ? MaxParametersEmbedded : MaxParametersOfServer;
        foreach (var chunk in rows.Chunk(most / own.Length))
        {
            var parameters = new DynamicParameters();
            foreach (var (name, value) in columns.Where(column => shared.Contains(column.Name)))
            {
                parameters.Add(name, value.GetValue(chunk[0]));
            }

            for (var row = 0; row < chunk.Length; row++)
            {
                foreach (var (name, value) in own)
                {
                    parameters.Add($"{name}{row}", value.GetValue(chunk[row]));
                }
            }

            await session.DeferAsync(table.InsertMany(chunk.Length, shared), parameters);
        }
    }

    /// <summary>The name without the version with which it was written.</summary>
    private static NameRow Bare(NameRow name) => name with { Version = 0, RecordedFrom = default };

    private static class Columns<T>
    {
        public static readonly IReadOnlyDictionary<string, PropertyInfo> ByName = typeof(T)
            .GetProperties()
            .ToDictionary(property => property.Name, StringComparer.Ordinal);
    }

    private sealed record Standing : RecordRow
    {
        public static Standing Of(StoredRecord stored) =>
            new()
            {
                Version = stored.Version,
                RecordedFrom = stored.RecordedFrom,
                Record = stored.Record,
            };
    }
}

/// <summary>Maintains the index of names.</summary>
internal sealed class NameObserver : RecordObserver
{
    public override IEnumerable<ReadAhead> ReadsOf(RecordKind kind, string id) =>
        kind.IsNamed ? [NameIndex.HeldOf(kind, id)] : [];

    public override Task WrittenAsync(WriteSession session, RecordKind kind, string id, RecordRow main) =>
        NameIndex.NoteAsync(session, kind, id, main);

    public override Task DeletedAsync(WriteSession session, RecordKind kind, string id) =>
        NameIndex.ForgetAsync(session, kind, id);
}
