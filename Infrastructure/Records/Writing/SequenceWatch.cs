using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Engine.Connections;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Records.Writing;

/// <summary>
/// Gets the sequence of the last change, whichever process wrote it, and the records that were changed lately.
/// </summary>
/// <remarks>
/// Processes send no messages to each other, so none can be lost: the database is asked each time. On an SQLite file,
/// <c>PRAGMA data_version</c> shows whether any connection, of this process or of another, has committed since the last
/// check, and only then is the counter read. On a server, the counter is read each time, which is one row.
/// </remarks>
public sealed class SequenceWatch(RegistryDatabase database) : IDisposable
{
    /// <summary>
    /// The maximum number of changes that are read to catch up; after more, all records count as changed.
    /// </summary>
    private const int MaxChangesRead = 1000;

    /// <summary>The maximum number of changed records that are kept by name.</summary>
    private const int MaxChangedRecords = 20_000;

    private const string ChangesSince = """
        SELECT Sequence, Collection, SubjectId FROM Change WHERE Sequence > @Known ORDER BY Sequence
        """;

    private readonly ConcurrentBag<CounterReader> _readers = [];
    private readonly Lock _gate = new();
    private readonly Dictionary<RecordName, long> _changed = [];

    /// <summary>The floor: for changes up to this sequence, the changed records are unknown.</summary>
    private long _floor = -1;

    /// <summary>The last known sequence: all changes after the floor up to it are known.</summary>
    private long _known = -1;

    /// <summary>Gets the sequence of the last change; 0 in an empty registry.</summary>
    /// <exception cref="Domain.BusyException">The database cannot be read.</exception>
    public ValueTask<long> SequenceAsync(CancellationToken cancellationToken) =>
        database.Dialect.IsEmbedded ? new(SequenceInFile()) : new(SequenceOnServerAsync(cancellationToken));

    /// <summary>True when the record was changed after the given sequence, or may have been.</summary>
    /// <param name="record">The record.</param>
    /// <param name="since">The sequence of a change.</param>
    /// <param name="now">The sequence of the last change, just read.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async ValueTask<bool> HasChangedAsync(
        RecordName record,
        long since,
        long now,
        CancellationToken cancellationToken
    )
    {
        if (since == now)
        {
            return false;
        }

        if (Volatile.Read(ref _known) < now)
        {
            await CatchUpAsync(now, cancellationToken);
        }

        lock (_gate)
        {
            return since < _floor || _changed.GetValueOrDefault(record) > since;
        }
    }

    /// <summary>Closes its connections.</summary>
    public void Dispose()
    {
        while (_readers.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }

    private async Task CatchUpAsync(long now, CancellationToken cancellationToken)
    {
        var known = Volatile.Read(ref _known);
        var changes =
            known < 0 || now - known > MaxChangesRead
                ? []
                : await database.ReadAsync(
                    connection => connection.RowsAsync<Change>(ChangesSince, new { Known = known }),
                    cancellationToken
                );
        lock (_gate)
        {
            if (_known >= now)
            {
                return;
            }

            if (changes.Count == 0 || _changed.Count + changes.Count > MaxChangedRecords)
            {
                // There are too many changes to follow: everything known before counts as changed.
                _changed.Clear();
                _floor = _known = now;
                return;
            }

            foreach (var change in changes)
            {
                _changed[new RecordName(change.Collection, change.SubjectId)] = change.Sequence;
            }

            _known = changes[^1].Sequence;
        }
    }

    private long SequenceInFile()
    {
        var reader = _readers.TryTake(out var free) ? free : null;
        try
        {
            reader ??= new CounterReader(database);
            var sequence = reader.Read();
            _readers.Add(reader);
            return sequence;
        }
        catch (Exception error)
        {
            var refusal = database.RefusalOf(error);
            reader?.Dispose();
            if (refusal is not null)
            {
                throw refusal;
            }

            throw;
        }
    }

    private Task<long> SequenceOnServerAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.QuerySingleAsync<long>(LedgerSql.LastSequence), cancellationToken);

    /// <summary>A connection that reads the counter when the file has changed since the last read.</summary>
    private sealed class CounterReader : IDisposable
    {
        private readonly RegistryDatabase _database;
        private readonly DbConnection _connection;
        private readonly DbCommand _version;
        private readonly DbCommand _counter;
        private long _known = -1;
        private long _sequence;

        public CounterReader(RegistryDatabase database)
        {
            _database = database;
            _connection = database.Open(writes: false);
            _version = _connection.CreateCommand();
            _version.CommandText = "PRAGMA data_version";
            _counter = _connection.CreateCommand();
            _counter.CommandText = LedgerSql.LastSequence;
        }

        public long Read()
        {
            // The version is read first: a commit between the two reads is seen by the next check.
            var version = (long)_version.ExecuteScalar()!;
            if (version != _known)
            {
                _sequence = (long)_counter.ExecuteScalar()!;
                _known = version;
            }

            return _sequence;
        }

        public void Dispose()
        {
            _version.Dispose();
            _counter.Dispose();
            _database.Close(_connection);
        }
    }

    private sealed record Change
    {
        public long Sequence { get; init; }
        public string Collection { get; init; } = "";
        public string SubjectId { get; init; } = "";
    }
}
