using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Tables;

/// <summary>Writes records as the rows of a table, row by row, so that memory does not grow with the table.</summary>
public interface ITableLines : IAsyncDisposable
{
    /// <summary>Writes the names of the columns.</summary>
    public Task WriteHeaderAsync(CancellationToken cancellationToken);

    /// <summary>Writes the rows of a record.</summary>
    /// <param name="record">The record, or its tombstone, as JSON.</param>
    /// <param name="nameOf">Gets the names of the records to which it refers, or null.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    public Task WriteAsync(string record, Func<RecordName, string?>? nameOf, CancellationToken cancellationToken);

    /// <summary>Flushes the buffer.</summary>
    public Task FlushAsync(CancellationToken cancellationToken);

    /// <summary>Ends the file. Without its end, readers recognize it as incomplete.</summary>
    public Task FinishAsync(CancellationToken cancellationToken);
}
