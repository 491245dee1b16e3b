using Registry.Infrastructure.Importing.Files;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Infrastructure.Importing;

/// <summary>
/// Writes the rows of an import in the order of their references: collection by collection, then again the rows that refer to
/// records created later, then in two steps the rows that refer to each other; the rest is refused.
/// </summary>
/// <param name="spool">The rows, sorted into their collections.</param>
/// <param name="writer">Writes a row.</param>
/// <param name="write">Writes a batch in a transaction, and keeps the results that the work returns.</param>
/// <param name="isPartial">True when rows may be refused alone, so that no record is written in two steps.</param>
/// <param name="ending">Ends the import at its next row.</param>
internal sealed class RowQueue(
    Spool spool,
    RowWriter writer,
    Func<Func<WriteSession, Task<IReadOnlyList<ImportRow>>>, Task> write,
    bool isPartial,
    CancellationToken ending
)
{
    /// <summary>The maximum number of rows of a batch.</summary>
    private const int MaxBatchRows = 500;

    /// <summary>The size of a batch, in bytes, at which no more rows are added.</summary>
    private const int MaxBatchBytes = 4 * 1024 * 1024;

    /// <summary>The maximum number of rows that share a savepoint.</summary>
    /// <remarks>After each statement SQLite scans everything that it keeps for the savepoint.</remarks>
    private const int MaxSavepointRows = 50;

    /// <summary>The maximum number of retries of rows that refer to missing records.</summary>
    private const int MaxRounds = 50;

    /// <summary>The rows that refer to missing records.</summary>
    private SpoolFile _waiting = spool.NewFile();

    /// <summary>True when one of the last rows was refused.</summary>
    private bool _refuses;

    /// <summary>Writes all rows.</summary>
    public async Task RunAsync()
    {
        await TryCollectionsAsync();
        await TryWaitingAsync();
        while (!isPartial && _waiting.Count > 0 && await LoosenWaitingAsync())
        {
            await TryWaitingAsync();
        }

        await ReportWaitingAsync();
    }

    /// <summary>Writes the collections in the order of their references.</summary>
    private async Task TryCollectionsAsync()
    {
        foreach (var kind in RecordKinds.All)
        {
            if (spool.Of(kind.Collection) is not { } rows)
            {
                continue;
            }

            using var late = await RepeatAsync(await TryAsync(rows));
            foreach (var row in late.Rows())
            {
                _waiting.Add(row);
            }
        }
    }

    /// <summary>Retries the waiting rows while that makes others succeed.</summary>
    private async Task TryWaitingAsync() => _waiting = await RepeatAsync(await PassAsync(_waiting));

    /// <summary>Writes each waiting new record without its references, so that the others find it.</summary>
    /// <returns>True when there was one.</returns>
    private async Task<bool> LoosenWaitingAsync()
    {
        var (loosened, any) = (spool.NewFile(), false);
        await ForEachBatchAsync(
            _waiting,
            async (session, batch) =>
            {
                foreach (var row in batch)
                {
                    var begun = !row.Begun && await BeginAsync(session, row);
                    any |= begun;
                    loosened.Add(begun ? row with { Begun = true } : row);
                }

                return [];
            }
        );
        _waiting.Dispose();
        _waiting = loosened;
        return any;
    }

    /// <summary>Refuses the remaining rows, each with its reason.</summary>
    private async Task ReportWaitingAsync()
    {
        await ForEachBatchAsync(_waiting, WriteRowsAsync);
        _waiting.Dispose();
    }

    /// <summary>Writes rows.</summary>
    /// <returns>The rows that refer to missing records.</returns>
    private async Task<SpoolFile> TryAsync(SpoolFile rows)
    {
        var late = spool.NewFile();
        await ForEachBatchAsync(
            rows,
            async (session, batch) =>
            {
                var settled = new List<ImportRow>(batch.Count);
                foreach (var (row, result) in batch.Zip(await WriteRowsAsync(session, batch)))
                {
                    if (result.Problem is { MayPass: true })
                    {
                        late.Add(row);
                    }
                    else
                    {
                        settled.Add(result);
                    }
                }

                return settled;
            }
        );
        return late;
    }

    private async Task<SpoolFile> PassAsync(SpoolFile rows)
    {
        var late = await TryAsync(rows);
        rows.Dispose();
        return late;
    }

    /// <summary>Retries rows until none of them succeeds.</summary>
    private async Task<SpoolFile> RepeatAsync(SpoolFile rows)
    {
        for (var round = 0; round < MaxRounds && rows.Count > 0; round++)
        {
            var before = rows.Count;
            rows = await PassAsync(rows);
            if (rows.Count == before)
            {
                break;
            }
        }

        return rows;
    }

    /// <summary>Writes a new record without its references.</summary>
    private async Task<bool> BeginAsync(WriteSession session, ImportedRow row) =>
        RowWriter.Loosened(row) is { } loosened
        && (await writer.WriteRowAsync(session, loosened)).Result == Words.Of(RowResult.Created);

    /// <summary>Writes the rows of a batch.</summary>
    private async Task<IReadOnlyList<ImportRow>> WriteRowsAsync(WriteSession session, IReadOnlyList<ImportedRow> batch)
    {
        var results = new List<ImportRow>(batch.Count);
        foreach (var rows in batch.Chunk(MaxSavepointRows))
        {
            results.AddRange(await WriteTogetherAsync(session, rows));
        }

        return results;
    }

    /// <summary>Writes rows, together when none of them is refused.</summary>
    /// <remarks>
    /// Most files have no refused row, so rows share a savepoint. When one is refused, they are written again with a savepoint
    /// each, and so are the next ones, until none of them is refused.
    /// </remarks>
    private async Task<IReadOnlyList<ImportRow>> WriteTogetherAsync(WriteSession session, ImportedRow[] rows)
    {
        if (!_refuses && await writer.TryWriteAllAsync(session, rows, ending) is { } together)
        {
            return together;
        }

        var results = new List<ImportRow>(rows.Length);
        foreach (var row in rows)
        {
            ending.ThrowIfCancellationRequested();
            results.Add(await writer.WriteRowAsync(session, row));
        }

        _refuses = results.Any(result => result.Refusal is not null);
        return results;
    }

    private async Task ForEachBatchAsync(
        SpoolFile rows,
        Func<WriteSession, IReadOnlyList<ImportedRow>, Task<IReadOnlyList<ImportRow>>> put
    )
    {
        foreach (var batch in Batches(rows))
        {
            ending.ThrowIfCancellationRequested();
            await write(session => put(session, batch));
        }
    }

    private static IEnumerable<IReadOnlyList<ImportedRow>> Batches(SpoolFile rows)
    {
        var (batch, bytes) = (new List<ImportedRow>(), 0);
        foreach (var row in rows.Rows())
        {
            batch.Add(row);
            bytes += row.Record.Length;
            if (batch.Count == MaxBatchRows || bytes > MaxBatchBytes)
            {
                yield return batch;
                (batch, bytes) = ([], 0);
            }
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }
}
