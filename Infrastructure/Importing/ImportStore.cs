using System.Data.Common;
using Dapper;
using Registry.Domain;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Engine.Connections;
using Registry.Infrastructure.Engine.Dialects;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Reading;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Infrastructure.Importing;

/// <summary>Stores imports, their progress and the results of their rows.</summary>
public sealed class ImportStore(RegistryDatabase database, TimeProvider clock)
{
    private const string Noun = "import";

    private const int MaxAttempts = 30;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Gets the import as last stored.</summary>
    /// <exception cref="NotFoundException">The import does not exist.</exception>
    public async Task<Import> GetAsync(string id, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) ?? throw new NotFoundException(Noun, id);

    /// <summary>Lists one page of the imports.</summary>
    public Task<ListPage<Import>> ListAsync(ListRequest request, CancellationToken cancellationToken) =>
        database.ReadAsync(null, session => ImportSql.List.ReadAsync<Import>(session, request), cancellationToken);

    /// <summary>Lists one page of the results of the rows of an import.</summary>
    /// <exception cref="NotFoundException">The import does not exist.</exception>
    public async Task<ListPage<ImportRow>> RowsAsync(
        string id,
        ListRequest request,
        CancellationToken cancellationToken
    )
    {
        await GetAsync(id, cancellationToken);
        return await database.ReadAsync(
            null,
            session => ImportSql.Rows.ReadAsync<ImportRow>(session, request),
            cancellationToken
        );
    }

    internal Task<Import?> FindAsync(string id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection => connection.RowAsync<Import>(ImportSql.Find, new { Id = id }),
            cancellationToken
        );

    /// <exception cref="RuleBrokenException">An import with that id exists.</exception>
    internal async Task<Import> AddAsync(string id, ImportOrder order, CancellationToken cancellationToken)
    {
        try
        {
            await ExecuteAsync(
                ImportSql.Insert,
                new
                {
                    Id = id,
                    Form = Words.Of(order.Form),
                    order.Collection,
                    order.Encoding,
                    DryRun = order.DryRun ? 1 : 0,
                    Partial = order.Partial ? 1 : 0,
                    order.Actor,
                    order.Reason,
                    ReceivedAt = clock.GetUtcNow(),
                },
                cancellationToken
            );
        }
        catch (DbException error) when (database.Dialect.IsDuplicateKey(error))
        {
            throw new RuleBrokenException("already-exists", $"There is an import '{id}' already.");
        }

        return await GetAsync(id, cancellationToken);
    }

    internal Task StartAsync(string id) =>
        PatientlyAsync(() => ExecuteAsync(ImportSql.Start, new { Id = id, Now = clock.GetUtcNow() }));

    internal Task BeatAsync(string id) =>
        ExecuteAsync(ImportSql.UpdateHeartbeat, new { Id = id, Now = clock.GetUtcNow() });

    internal Task<bool> IsCancelRequestedAsync(string id) =>
        database.ReadAsync(
            async connection =>
                await connection.QuerySingleOrDefaultAsync<int>(ImportSql.IsCancellationRequested, new { Id = id })
                == 1,
            CancellationToken.None
        );

    internal Task AskToCancelAsync(string id, CancellationToken cancellationToken) =>
        ExecuteAsync(ImportSql.RequestCancellation, new { Id = id }, cancellationToken);

    /// <summary>Stores the end of an import, with the results of its rows.</summary>
    internal async Task EndAsync(Import ended, IEnumerable<ImportRow> rows)
    {
        // In batches, so that other writers need not wait for the whole report.
        foreach (var piece in rows.Chunk(50 * ImportSql.RowsPerInsert))
        {
            await PatientlyAsync(() =>
                database.TransactAsync(
                    async (connection, transaction) =>
                    {
                        await WriteAsync(
                            ended.Id,
                            piece,
                            database.Dialect,
                            (sql, parameters) => connection.ExecuteAsync(sql, parameters, transaction)
                        );
                        return 0;
                    },
                    CancellationToken.None
                )
            );
        }

        await PatientlyAsync(() => ExecuteAsync(ImportSql.End, EndOf(ended)));
    }

    /// <summary>Stores the end of an import and the results of its rows, in the transaction of its writes.</summary>
    internal async Task EndAsync(WriteSession session, Import ended, IEnumerable<ImportRow> rows)
    {
        await WriteAsync(ended.Id, rows, session.Dialect, session.ExecuteAsync);
        await session.ExecuteAsync(ImportSql.End, EndOf(ended));
    }

    /// <summary>
    /// Stores the progress of an import and the results of its rows, in the transaction of its writes.
    /// </summary>
    internal static async Task MoveAsync(WriteSession session, Import moved, IEnumerable<ImportRow> rows)
    {
        await WriteAsync(moved.Id, rows, session.Dialect, session.ExecuteAsync);
        await session.ExecuteAsync(ImportSql.UpdateProgress, CountsOf(moved));
    }

    /// <summary>Lists the imports that have not ended.</summary>
    internal Task<IReadOnlyList<Import>> UnfinishedAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.RowsAsync<Import>(ImportSql.Unfinished), cancellationToken);

    /// <summary>Lists the imports that have not ended and have had no heartbeat for that time.</summary>
    internal Task<IReadOnlyList<Import>> SilentAsync(TimeSpan silence, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection =>
                connection.RowsAsync<Import>(ImportSql.WithoutHeartbeat, new { Since = clock.GetUtcNow() - silence }),
            cancellationToken
        );

    internal Task InterruptAsync(string id, CancellationToken cancellationToken) =>
        ExecuteAsync(ImportSql.Interrupt, new { Id = id, Now = clock.GetUtcNow() }, cancellationToken);

    /// <summary>The state of an import is stored even when other writers take long.</summary>
    private static async Task PatientlyAsync(Func<Task<int>> write)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await write();
                return;
            }
            catch (BusyException) when (tries < MaxAttempts)
            {
                await Task.Delay(Pause);
            }
        }
    }

    private Task<int> ExecuteAsync(string sql, object parameters, CancellationToken cancellationToken = default) =>
        database.TransactAsync(
            (connection, transaction) => connection.ExecuteAsync(sql, parameters, transaction),
            cancellationToken
        );

    private static async Task WriteAsync(
        string id,
        IEnumerable<ImportRow> rows,
        SqlDialect dialect,
        Func<string, object, Task<int>> executeAsync
    )
    {
        foreach (var piece in rows.Chunk(ImportSql.RowsPerInsert))
        {
            // SQLite finds each parameter by a linear search; for a server, every statement is a round trip.
            if (piece.Length == ImportSql.RowsPerInsert && !dialect.IsEmbedded)
            {
                await executeAsync(ImportSql.InsertRows, ParametersOf(id, piece));
                continue;
            }

            foreach (var row in piece)
            {
                await executeAsync(
                    ImportSql.InsertRow,
                    new
                    {
                        ImportId = id,
                        row.Line,
                        row.Collection,
                        row.RecordId,
                        row.Result,
                        row.Refusal,
                        row.Changes,
                        row.Readings,
                    }
                );
            }
        }
    }

    private static DynamicParameters ParametersOf(string id, ImportRow[] rows)
    {
        var parameters = new DynamicParameters();
        parameters.Add("ImportId", id);
        foreach (var (place, row) in rows.Index())
        {
            parameters.Add($"Line{place}", row.Line);
            parameters.Add($"Collection{place}", row.Collection);
            parameters.Add($"RecordId{place}", row.RecordId);
            parameters.Add($"Result{place}", row.Result);
            parameters.Add($"Refusal{place}", row.Refusal);
            parameters.Add($"Changes{place}", row.Changes);
            parameters.Add($"Readings{place}", row.Readings);
        }

        return parameters;
    }

    private static object CountsOf(Import import) =>
        new
        {
            import.Id,
            import.Processed,
            import.Total,
            import.Created,
            import.Changed,
            import.Unchanged,
            import.Refused,
        };

    private object EndOf(Import import) =>
        new
        {
            import.Id,
            import.Status,
            import.Refusal,
            Now = clock.GetUtcNow(),
            import.Processed,
            import.Total,
            import.Created,
            import.Changed,
            import.Unchanged,
            import.Refused,
        };
}
