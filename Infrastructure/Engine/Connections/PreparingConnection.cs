using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Registry.Infrastructure.Engine.Connections;

/// <summary>A connection that keeps its statements prepared.</summary>
/// <remarks>
/// The driver of SQLite parses a statement again for every command, which takes longer than its execution. Here a
/// disposed command leaves its prepared statement to the next command with the same text.
/// </remarks>
internal sealed class PreparingConnection(SqliteConnection inner) : DbConnection
{
    /// <summary>
    /// The maximum number of prepared statements. Apart from the filters of lists, there are fewer; of those, the ones that
    /// were used last are kept.
    /// </summary>
    internal const int MaxPrepared = 256;

    private readonly Dictionary<string, LinkedListNode<DbCommand>> _prepared = new(StringComparer.Ordinal);

    /// <summary>The prepared statements, the one used last at the end.</summary>
    private readonly LinkedList<DbCommand> _byUse = [];

    /// <summary>The number of statements that are prepared and not in use.</summary>
    internal int Prepared => _prepared.Count;

    /// <summary>True when a statement is prepared and not in use.</summary>
    internal bool Has(string text) => _prepared.ContainsKey(text);

    /// <summary>The handle of the SQLite connection, or null for another engine or a closed connection.</summary>
    public static sqlite3? HandleOf(DbConnection connection) =>
        ((connection as PreparingConnection)?.Inner ?? connection as SqliteConnection)?.Handle;

    private SqliteConnection Inner => inner;

    private StatementLimit? _limit;

    /// <summary>The limit of the statements of a connection; null for another engine or a closed connection.</summary>
    public static StatementLimit? LimitOf(DbConnection connection) =>
        connection is PreparingConnection { Inner.Handle: { } handle } own
            ? own._limit ??= StatementLimit.On(handle)
            : null;

    /// <summary>The same text for every file: Dapper caches its generated code by this text.</summary>
    [AllowNull]
    public override string ConnectionString
    {
        get => nameof(PreparingConnection);
        set => inner.ConnectionString = value;
    }

    public override string Database => inner.Database;

    public override string DataSource => inner.DataSource;

    public override string ServerVersion => inner.ServerVersion;

    public override ConnectionState State => inner.State;

    public override void Open() => inner.Open();

    public override Task OpenAsync(CancellationToken cancellationToken) => inner.OpenAsync(cancellationToken);

    public override void ChangeDatabase(string databaseName) => inner.ChangeDatabase(databaseName);

    public override void Close()
    {
        foreach (var command in _byUse)
        {
            command.Dispose();
        }

        _prepared.Clear();
        _byUse.Clear();
        inner.Close();
    }

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) =>
        inner.BeginTransaction(isolationLevel);

    protected override DbCommand CreateDbCommand() => new Command(this);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Close();
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private DbCommand Take(string text)
    {
        if (_prepared.Remove(text, out var place))
        {
            _byUse.Remove(place);
            place.Value.Parameters.Clear();
            return place.Value;
        }

        var command = inner.CreateCommand();
#pragma warning disable CA2100 // The text is that of the command in front of it.
        command.CommandText = text;
#pragma warning restore CA2100
        return command;
    }

    private void GiveBack(DbCommand command)
    {
        command.Transaction = null;
        var place = new LinkedListNode<DbCommand>(command);
        if (!_prepared.TryAdd(command.CommandText, place))
        {
            command.Dispose();
            return;
        }

        _byUse.AddLast(place);
        if (_prepared.Count > MaxPrepared && _byUse.First is { } oldest)
        {
            _byUse.RemoveFirst();
            _prepared.Remove(oldest.Value.CommandText);
            oldest.Value.Dispose();
        }
    }

    /// <summary>Wraps a prepared command while it is in use.</summary>
    private sealed class Command(PreparingConnection connection) : DbCommand
    {
        private const string System = "sqlite";

        private DbCommand _inner = connection.Take("");

        /// <summary>The span of the rows that are being read.</summary>
        private StatementSpan _reading;

        [AllowNull]
        public override string CommandText
        {
            get => _inner.CommandText;
            set
            {
                var former = _inner;
                _inner = connection.Take(value ?? "");
                _inner.Transaction = former.Transaction;

                if (former.Parameters.Count > 0)
                {
                    // A new text keeps the parameters: Dapper adds those of a list before it writes them into the text.
                    DbParameter[] parameters = [.. former.Parameters.Cast<DbParameter>()];
                    former.Parameters.Clear();
                    _inner.Parameters.AddRange(parameters);
                }

                connection.GiveBack(former);
            }
        }

        public override int CommandTimeout
        {
            get => _inner.CommandTimeout;
            set => _inner.CommandTimeout = value;
        }

        public override CommandType CommandType
        {
            get => _inner.CommandType;
            set => _inner.CommandType = value;
        }

        public override UpdateRowSource UpdatedRowSource
        {
            get => _inner.UpdatedRowSource;
            set => _inner.UpdatedRowSource = value;
        }

        public override bool DesignTimeVisible { get; set; }

        protected override DbConnection? DbConnection
        {
            get => connection;
            set
            {
                if (value != connection)
                {
                    throw new NotSupportedException("A command belongs to the connection that created it.");
                }
            }
        }

        protected override DbParameterCollection DbParameterCollection => _inner.Parameters;

        protected override DbTransaction? DbTransaction
        {
            get => _inner.Transaction;
            set => _inner.Transaction = value;
        }

        public override void Cancel() => _inner.Cancel();

        public override int ExecuteNonQuery() => Measured(command => command.ExecuteNonQuery());

        public override object? ExecuteScalar() => Measured(command => command.ExecuteScalar());

        public override void Prepare() => _inner.Prepare();

        protected override DbParameter CreateDbParameter() => new SignedParameter();

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
        {
            var span = StatementSpan.Begin(CommandText, System);
            try
            {
                var reader = _inner.ExecuteReader(behavior);

                // The statement goes on while its rows are read.
                _reading.End();
                _reading = span;
                return reader;
            }
            catch (Exception error)
            {
                span.End(error);
                throw;
            }
        }

        private T Measured<T>(Func<DbCommand, T> execute)
        {
            var span = StatementSpan.Begin(CommandText, System);
            try
            {
                var result = execute(_inner);
                span.End();
                return result;
            }
            catch (Exception error)
            {
                span.End(error);
                throw;
            }
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing && _inner is not null)
            {
                _reading.End();
                _reading = default;
                connection.GiveBack(_inner);
                _inner = null!;
            }

            base.Dispose(disposing);
        }
    }

    /// <summary>
    /// A parameter with its prefix. Without one, the driver tries three prefixes, each with a search through all
    /// parameters of the statement.
    /// </summary>
    private sealed class SignedParameter : SqliteParameter
    {
        private const char Sign = '@';

        [AllowNull]
        public override string ParameterName
        {
            get => base.ParameterName;
            set => base.ParameterName = value is null or [Sign, ..] ? value : Sign + value;
        }
    }
}
