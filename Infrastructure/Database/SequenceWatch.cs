using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;

namespace Registry.Infrastructure.Database;

/// <summary>
/// Knows the number of the last change at the moment it is asked, whichever process wrote it, and which records were
/// changed lately.
/// </summary>
/// <remarks>
/// Nothing is told from process to process, so nothing can be lost on the way: the database is asked each time. What the
/// processes on an SQLite file share in memory says whether anybody has committed since it was last looked at
/// (<see cref="LogIndex"/>), and only then is the counter read. A server is asked for the counter, which is one row.
/// </remarks>
public sealed class SequenceWatch(RegistryDatabase database) : IDisposable
{
    /// <summary>How many changes are read to keep up; where there were more, all records count as changed.</summary>
    private const int MostToRead = 1000;

    /// <summary>How many records are known by name to have changed.</summary>
    private const int MostKnown = 20_000;

    private const string ChangesSince = """
        SELECT Sequence, Collection, SubjectId FROM Change WHERE Sequence > @Known ORDER BY Sequence
        """;

    private readonly ConcurrentBag<Lookout> _lookouts = [];
    private readonly Lock _gate = new();
    private readonly Dictionary<RecordName, long> _changed = [];
    private volatile Sight? _seen;

    /// <summary>Of changes up to this one it is not known which records they were of.</summary>
    private long _floor = -1;

    /// <summary>All changes after the floor up to this one are known.</summary>
    private long _known = -1;

    /// <summary>The number of the last change; 0 in an empty registry.</summary>
    /// <exception cref="Domain.BusyException">The database cannot be read.</exception>
    public ValueTask<long> SequenceAsync(CancellationToken cancellationToken) =>
        database.Dialect.IsEmbedded ? new(SequenceInFile()) : new(SequenceOnServerAsync(cancellationToken));

    /// <summary>True when the record was changed after the change given, or may have been.</summary>
    /// <param name="record">The record.</param>
    /// <param name="since">The number of a change.</param>
    /// <param name="now">The number of the last change, asked just now.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
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
            await KeepUpAsync(now, cancellationToken);
        }

        lock (_gate)
        {
            return since < _floor || _changed.GetValueOrDefault(record) > since;
        }
    }

    /// <summary>Closes its connections.</summary>
    public void Dispose()
    {
        _seen = null;
        while (_lookouts.TryTake(out var lookout))
        {
            lookout.Dispose();
        }
    }

    private async Task KeepUpAsync(long now, CancellationToken cancellationToken)
    {
        var known = Volatile.Read(ref _known);
        var changes =
            known < 0 || now - known > MostToRead
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

            if (changes.Count == 0 || _changed.Count + changes.Count > MostKnown)
            {
                // Too much to follow: all that is kept from before counts as changed.
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
        if (_seen is { } seen && seen.StillStands)
        {
            return seen.Sequence;
        }

        var lookout = _lookouts.TryTake(out var free) ? free : null;
        try
        {
            lookout ??= new Lookout(database);
            var sequence = lookout.Sequence(out var sight);
            _lookouts.Add(lookout);
            _seen = sight ?? _seen;
            return sequence;
        }
        catch (Exception error)
        {
            var refusal = database.RefusalOf(error);
            lookout?.Dispose();
            if (refusal is not null)
            {
                throw refusal;
            }

            throw;
        }
    }

    private Task<long> SequenceOnServerAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.QuerySingleAsync<long>(LedgerSql.LastSequence), cancellationToken);

    /// <summary>What the counter said, and the header of the log's index by which it is known to say so still.</summary>
    private sealed record Sight(LogIndex Index, LogIndex.Header Header, long Sequence)
    {
        public bool StillStands => Index.TryRead(out var now) && now.Says(Header);
    }

    /// <summary>A connection that sees whether anybody has committed since it last looked.</summary>
    private sealed class Lookout : IDisposable
    {
        private readonly RegistryDatabase _database;
        private readonly DbConnection _connection;
        private readonly DbCommand _version;
        private readonly DbCommand _counter;
        private readonly LogIndex? _index;
        private long _known = -1;
        private long _sequence;

        public Lookout(RegistryDatabase database)
        {
            _database = database;
            _connection = database.Open(writes: false);
            _version = _connection.CreateCommand();
            _version.CommandText = "PRAGMA data_version";
            _counter = _connection.CreateCommand();
            _counter.CommandText = LedgerSql.LastSequence;
            _ = _version.ExecuteScalar();
            _index = LogIndex.Of(_connection);
        }

        /// <summary>Looks.</summary>
        /// <param name="sight">By what others may know without a look that the answer still stands; null when by nothing.</param>
        public long Sequence(out Sight? sight)
        {
            // What the counter will be known by is noted before it is read: what is committed in between is seen at the next
            // look again.
            if (_index is not null && _index.TryRead(out var header))
            {
                _sequence = (long)_counter.ExecuteScalar()!;
                sight = new Sight(_index, header, _sequence);
                return _sequence;
            }

            sight = null;
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
