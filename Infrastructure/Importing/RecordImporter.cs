using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Registry.Domain;
using Registry.Infrastructure.Audit;
using Registry.Infrastructure.Encodings;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Importing.Files;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Writing;
using Registry.Infrastructure.Search;
using Registry.Infrastructure.Tables;
using Registry.Infrastructure.Tables.Xlsx;

namespace Registry.Infrastructure.Importing;

/// <summary>Runs an import.</summary>
/// <remarks>
/// It sorts the rows of the file by collection, on disk. A <see cref="RowQueue"/> writes them, in one transaction that
/// is committed as a whole or not at all, or, when the import is partial, in batches.
/// </remarks>
public sealed class RecordImporter
{
    private readonly ImportStore _imports;
    private readonly RowWriter _rows;
    private readonly PopoloFile _popolo;
    private readonly RegistryDatabase _database;
    private readonly MatchReads _matches;
    private readonly ImportSettings _settings;
    private readonly IServiceScopeFactory _scopes;
    private readonly TimeProvider _clock;
    private readonly ILogger<RecordImporter> _log;

    internal RecordImporter(
        ImportStore imports,
        RowWriter rows,
        PopoloFile popolo,
        RegistryDatabase database,
        MatchReads matches,
        ImportSettings settings,
        IServiceScopeFactory scopes,
        TimeProvider clock,
        ILogger<RecordImporter> log
    )
    {
        (_imports, _rows, _popolo, _database, _matches) = (imports, rows, popolo, database, matches);
        (_settings, _scopes, _clock, _log) = (settings, scopes, clock, log);
    }

    /// <summary>Runs it to its end, whatever the result.</summary>
    /// <param name="import">The import.</param>
    /// <param name="stopping">Interrupts the import.</param>
    public async Task RunAsync(RunningImport import, CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping, import.Cancelled);
        try
        {
            import.Start(_clock.GetUtcNow());
            await _imports.StartAsync(import.Id);
            await TakeAsync(import, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            await EndAsync(
                import,
                import.Cancelled.IsCancellationRequested ? ImportStatus.Cancelled : ImportStatus.Interrupted
            );
        }
        catch (UnreadableFileException unreadable)
        {
            await EndAsync(import, ImportStatus.Refused, unreadable.Refusal);
        }
        catch (Exception unreadable)
            when (unreadable is CsvUnreadableException or XlsxUnreadableException or UnreadableTextException)
        {
            await EndAsync(import, ImportStatus.Refused, new Refusal(Refusal.Unreadable, unreadable.Message));
        }
        catch (RegistryException refusal)
        {
            await EndAsync(import, ImportStatus.Failed, Refusal.Of(refusal));
        }
        catch (IOException unwritable) when (FullDisk.In(unwritable) is { } full)
        {
            await EndAsync(import, ImportStatus.Failed, Refusal.Of(full));
        }
#pragma warning disable CA1031 // A defect ends this import, not the process that runs the others.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            _log.LogError(defect, "An internal error in the import {Import}", import.Id);
            await EndAsync(import, ImportStatus.Failed, new Refusal("internal-error"));
        }
    }

    private async Task TakeAsync(RunningImport import, CancellationToken ending)
    {
        using var spool = new Spool(import.Folder);
        using var report = new ReportFile(Path.Combine(import.Folder, "report"));
        using var scope = _scopes.CreateScope();
        var order = import.Order;
        var author = scope.ServiceProvider.GetRequiredService<Author>();
        (author.Name, author.Reason, author.Scope) = (order.Actor, order.Reason, order.Scope);
        scope.ServiceProvider.GetRequiredService<AuditLog>().Origin = order.Origin;
        var ledger = scope.ServiceProvider.GetRequiredService<Ledger>();

        var unreadable = 0L;
        await foreach (var row in SortAsync(import, spool, ending))
        {
            ending.ThrowIfCancellationRequested();
            var result = row.Refusal!.Code == Refusal.LeftOut ? RowResult.LeftOut : RowResult.Refused;
            var refused = ImportRow.Of(row, result, row.Id, row.Refusal);
            unreadable++;
            import.Count([refused]);
            report.Add(refused);
        }

        import.Expect(unreadable + spool.Count);
        if (order is { Partial: true, DryRun: false })
        {
            await PartlyAsync(import, ledger, spool, report, ending);
        }
        else
        {
            await WholeAsync(import, ledger, spool, report, ending);
        }
    }

    /// <summary>Sorts the rows of the file by collection.</summary>
    /// <returns>The rows that are refused at once.</returns>
    private async IAsyncEnumerable<ImportedRow> SortAsync(
        RunningImport import,
        Spool spool,
        [EnumeratorCancellation] CancellationToken ending
    )
    {
        var order = import.Order;
        var rows = RowsAsync(import.File, order, ending);
        var several = order is { IsTable: true, Collection: "memberships" };
        await foreach (var row in several ? spool.GatherAsync(rows, order.Collection!) : rows)
        {
            ending.ThrowIfCancellationRequested();
            if (row.Refusal is not null)
            {
                yield return row;
            }
            else
            {
                spool.Add(row);
            }
        }
    }

    private static Func<IEnumerable<TableRow>> RowsOfText(string file, Encoding? named, string collection)
    {
        var text = TextFile.Examine(file, named);
        var columns = CsvShape.Of(collection).Names;
        return () => CsvRows.Read(text.Open, columns);
    }

    /// <summary>Reads the records in the file.</summary>
    private async IAsyncEnumerable<ImportedRow> RowsAsync(
        string file,
        ImportOrder order,
        [EnumeratorCancellation] CancellationToken ending
    )
    {
        var named = order.Encoding is null ? null : TextEncodings.Find(order.Encoding);
        if (order.IsTable)
        {
            var collection = order.Collection!;
            using var workbook = order.Form == ImportForm.Xlsx ? new XlsxFile(file, _settings.MaxBytes) : null;
            var codes = new CodeFinder(_database, _matches, _clock, ending);
            var rows = workbook is null ? RowsOfText(file, named, collection) : () => workbook.Rows(collection);
            await foreach (var row in TableFile.RowsAsync(collection, rows, codes.FindAsync))
            {
                yield return row;
            }

            yield break;
        }

        using var source =
            order.Form == ImportForm.Ndjson ? TextFile.Lines(file, named).Open() : TextFile.Examine(file, named).Open();
        foreach (
            var row in order.Form == ImportForm.Ndjson
                ? NdJsonFile.Rows(source)
                : await _popolo.RowsAsync(source, order.State, ending)
        )
        {
            yield return row;
        }
    }

    /// <summary>Writes the import in one transaction, which is committed as a whole or not at all.</summary>
    private async Task WholeAsync(
        RunningImport import,
        Ledger ledger,
        Spool spool,
        ReportFile report,
        CancellationToken ending
    )
    {
        try
        {
            await ledger.AllOrNothingAsync(
                async () =>
                {
                    await new RowQueue(spool, _rows, WriteAsync, import.Order.Partial, ending).RunAsync();
                    if (import.Order.DryRun || import.Now.Refused > 0)
                    {
                        throw new RollbackException();
                    }

                    await ledger.WriteAsync(
                        async session =>
                        {
                            await _imports.EndAsync(session, Ended(import, ImportStatus.Done, null), report.Rows());
                            return 0;
                        },
                        ending
                    );
                },
                ending
            );
        }
        catch (RollbackException)
        {
            var refused = import.Now.Refused;
            await _imports.EndAsync(
                refused > 0 && !import.Order.Partial
                    ? Ended(
                        import,
                        ImportStatus.Refused,
                        new(
                            "rows-refused",
                            $"{refused} of {import.Now.Total} rows were refused, so nothing was written."
                        )
                    )
                    : Ended(import, ImportStatus.Done, null),
                report.Rows()
            );
        }

        async Task WriteAsync(Func<WriteSession, Task<IReadOnlyList<ImportRow>>> piece)
        {
            var settled = await ledger.WriteAsync(piece, ending);
            import.Count(settled);
            foreach (var row in settled)
            {
                report.Add(row);
            }
        }
    }

    /// <summary>Writes the import in batches, each in its own transaction with its part of the report.</summary>
    private async Task PartlyAsync(
        RunningImport import,
        Ledger ledger,
        Spool spool,
        ReportFile report,
        CancellationToken ending
    )
    {
        await ledger.WriteAsync(
            async session =>
            {
                await ImportStore.MoveAsync(session, import.Now, report.Rows());
                return 0;
            },
            ending
        );
        await new RowQueue(spool, _rows, WriteAsync, isPartial: true, ending).RunAsync();
        await EndAsync(import, ImportStatus.Done);

        async Task WriteAsync(Func<WriteSession, Task<IReadOnlyList<ImportRow>>> piece)
        {
            var settled = await ledger.WriteAsync(
                async session =>
                {
                    var rows = await piece(session);
                    await ImportStore.MoveAsync(session, import.Now.With(rows), rows);
                    return rows;
                },
                ending
            );
            import.Count(settled);
        }
    }

    private async Task EndAsync(RunningImport import, ImportStatus status, Refusal? refusal = null)
    {
        try
        {
            await _imports.EndAsync(Ended(import, status, refusal), []);
        }
        catch (BusyException busy)
        {
            _log.LogError(
                busy.Cause,
                "The end of the import {Import} could not be stored: {Status}",
                import.Id,
                status
            );
        }
    }

    private static Import Ended(RunningImport import, ImportStatus status, Refusal? refusal) =>
        import.Now with
        {
            Status = Words.Of(status),
            Refusal = refusal is null ? null : Import.Write(refusal),
        };

    /// <summary>Rolls the transaction back.</summary>
    private sealed class RollbackException() : RegistryException("rows-refused", "Nothing was written.");
}
