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
/// <param name="write">Writes a piece in a transaction, and keeps the results that the work returns.</param>
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
    /// <summary>The maximum number of rows of a piece.</summary>
    private const int RowsOfPiece = 500;

    /// <summary>The size of a piece, in bytes, at which no more rows are added.</summary>
    private const int BytesOfPiece = 4 * 1024 * 1024;

    /// <summary>The maximum number of rows that share a savepoint.</summary>
    /// <remarks>After each statement SQLite scans everything that it keeps for the savepoint.</remarks>
    private const int RowsOfSavepoint = 50;

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
        await ForEachPieceAsync(
            _waiting,
            async (session, piece) =>
            {
                foreach (var row in piece)
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
        await ForEachPieceAsync(_waiting, PutAsync);
        _waiting.Dispose();
    }

    /// <summary>Writes rows.</summary>
    /// <returns>The rows that refer to missing records.</returns>
    private async Task<SpoolFile> TryAsync(SpoolFile rows)
    {
        var late = spool.NewFile();
        await ForEachPieceAsync(
            rows,
            async (session, piece) =>
            {
                var settled = new List<ImportRow>(piece.Count);
                foreach (var (row, result) in piece.Zip(await PutAsync(session, piece)))
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
        && (await writer.PutAsync(session, loosened)).Result == Words.Of(RowResult.Created);

    /// <summary>Writes the rows of a piece.</summary>
    private async Task<IReadOnlyList<ImportRow>> PutAsync(WriteSession session, IReadOnlyList<ImportedRow> piece)
    {
        var results = new List<ImportRow>(piece.Count);
        foreach (var rows in piece.Chunk(RowsOfSavepoint))
        {
            results.AddRange(await PutTogetherAsync(session, rows));
        }

        return results;
    }

    /// <summary>Writes rows, together when none of them is refused.</summary>
    /// <remarks>
    /// Most files have no refused row, so rows share a savepoint. When one is refused, they are written again with a savepoint
    /// each, and so are the next ones, until none of them is refused.
    /// </remarks>
    private async Task<IReadOnlyList<ImportRow>> PutTogetherAsync(WriteSession session, ImportedRow[] rows)
    {
        if (!_refuses && await writer.TryPutAllAsync(session, rows, ending) is { } together)
        {
            return together;
        }

        var results = new List<ImportRow>(rows.Length);
        foreach (var row in rows)
        {
            ending.ThrowIfCancellationRequested();
            results.Add(await writer.PutAsync(session, row));
        }

        _refuses = results.Any(result => result.Refusal is not null);
        return results;
    }

    private async Task ForEachPieceAsync(
        SpoolFile rows,
        Func<WriteSession, IReadOnlyList<ImportedRow>, Task<IReadOnlyList<ImportRow>>> put
    )
    {
        foreach (var piece in Pieces(rows))
        {
            ending.ThrowIfCancellationRequested();
            await write(session => put(session, piece));
        }
    }

    private static IEnumerable<IReadOnlyList<ImportedRow>> Pieces(SpoolFile rows)
    {
        var (piece, bytes) = (new List<ImportedRow>(), 0);
        foreach (var row in rows.Rows())
        {
            piece.Add(row);
            bytes += row.Record.Length;
            if (piece.Count == RowsOfPiece || bytes > BytesOfPiece)
            {
                yield return piece;
                (piece, bytes) = ([], 0);
            }
        }

        if (piece.Count > 0)
        {
            yield return piece;
        }
    }
}
