using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Tables;

/// <summary>Writes records as the rows of a table, one after the other, so that memory does not grow with the table.</summary>
public interface ITableLines : IAsyncDisposable
{
    /// <summary>Writes the names of the columns.</summary>
    public Task WriteHeaderAsync(CancellationToken cancellationToken);

    /// <summary>Writes the rows of a record.</summary>
    /// <param name="record">The record as JSON, or the tombstone of one.</param>
    /// <param name="nameOf">The names of the records that it names; null where none is known.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    public Task WriteAsync(string record, Func<RecordName, string?>? nameOf, CancellationToken cancellationToken);

    /// <summary>Passes on what is buffered.</summary>
    public Task FlushAsync(CancellationToken cancellationToken);

    /// <summary>Ends the file. One that is left without it is not whole, and no reader takes it for that.</summary>
    public Task FinishAsync(CancellationToken cancellationToken);
}
