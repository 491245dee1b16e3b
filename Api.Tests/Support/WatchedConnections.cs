using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Engine.Connections;

namespace Registry.Api.Tests.Support;

/// <summary>
/// Stands between the program and the driver: sees every connection that is opened and every statement that is sent, and can
/// fail in the place of the driver.
/// </summary>
public sealed class WatchedConnections
{
    /// <summary>What stands for the opening of a connection among the statements.</summary>
    public const string Opening = "(open)";

    private readonly Lock _gate = new();

    /// <summary>Called before each statement is sent, and before a connection is opened; what it throws, the driver throws.</summary>
    public Action<string> Before { get; set; } = _ => { };

    /// <summary>The repetition after transient faults; null for that of the program.</summary>
    internal TransientFaults? Faults { get; init; }

    /// <summary>How many connections are open.</summary>
    public int Open { get; private set; }

    /// <summary>How many were open at most, since this was set last.</summary>
    public int MostOpen { get; set; }

    /// <summary>The database, with this before its driver.</summary>
    internal RegistryDatabase DatabaseOf(TestDatabase database) =>
        database.Engine == Engine.Sqlite
            ? RegistryDatabase.Sqlite(database.ConnectionString, null, Around, faults: Faults)
            : RegistryDatabase.SqlServer(database.ConnectionString, Around, Faults);

    private DbConnection Around(DbConnection inner) => new Connection(this, inner);

    private void Count(int more)
    {
        lock (_gate)
        {
            Open += more;
            MostOpen = Math.Max(MostOpen, Open);
        }
    }

    private sealed class Connection(WatchedConnections watch, DbConnection inner) : DbConnection
    {
        private bool _isOpen;

        [AllowNull]
        public override string ConnectionString
        {
            get => inner.ConnectionString;
            set => inner.ConnectionString = value;
        }

        public override string Database => inner.Database;

        public override string DataSource => inner.DataSource;

        public override string ServerVersion => inner.ServerVersion;

        public override ConnectionState State => inner.State;

        public override void Open() => OpenAsync(CancellationToken.None).GetAwaiter().GetResult();

        public override async Task OpenAsync(CancellationToken cancellationToken)
        {
            watch.Before(Opening);
            await inner.OpenAsync(cancellationToken);
            watch.Count(1);
            _isOpen = true;
        }

        public override void ChangeDatabase(string databaseName) => inner.ChangeDatabase(databaseName);

        public override void Close() => inner.Close();

        protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel)
        {
            watch.Before("(begin)");
            return inner.BeginTransaction(isolationLevel);
        }

        public override bool CanCreateBatch => inner.CanCreateBatch;

        protected override DbCommand CreateDbCommand() => new Command(watch, this, inner.CreateCommand());

        protected override DbBatch CreateDbBatch() => new Batch(watch, this, inner.CreateBatch());

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                watch.Count(_isOpen ? -1 : 0);
                _isOpen = false;
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }

    private sealed class Command(WatchedConnections watch, Connection connection, DbCommand inner)
        : DecoratedCommand(connection, inner)
    {
        public override int ExecuteNonQuery() => Watched(Inner.ExecuteNonQuery);

        public override object? ExecuteScalar() => Watched(Inner.ExecuteScalar);

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) =>
            Watched(() => Inner.ExecuteReader(behavior));

        private T Watched<T>(Func<T> execute)
        {
            watch.Before(CommandText);
            return execute();
        }
    }

    private sealed class Batch(WatchedConnections watch, Connection connection, DbBatch inner) : DbBatch
    {
        public override int Timeout
        {
            get => inner.Timeout;
            set => inner.Timeout = value;
        }

        protected override DbBatchCommandCollection DbBatchCommands => inner.BatchCommands;

        protected override DbConnection? DbConnection
        {
            get => connection;
            set => throw new NotSupportedException("A batch belongs to the connection that made it.");
        }

        protected override DbTransaction? DbTransaction
        {
            get => inner.Transaction;
            set => inner.Transaction = value;
        }

        public override void Cancel() => inner.Cancel();

        public override int ExecuteNonQuery() => Watched().ExecuteNonQuery();

        public override Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken = default) =>
            Watched().ExecuteNonQueryAsync(cancellationToken);

        public override object? ExecuteScalar() => Watched().ExecuteScalar();

        public override Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken = default) =>
            Watched().ExecuteScalarAsync(cancellationToken);

        public override void Prepare() => inner.Prepare();

        public override Task PrepareAsync(CancellationToken cancellationToken = default) =>
            inner.PrepareAsync(cancellationToken);

        protected override DbBatchCommand CreateDbBatchCommand() => inner.CreateBatchCommand();

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) =>
            Watched().ExecuteReader(behavior);

        protected override async Task<DbDataReader> ExecuteDbDataReaderAsync(
            CommandBehavior behavior,
            CancellationToken cancellationToken
        ) => await Watched().ExecuteReaderAsync(behavior, cancellationToken);

        /// <summary>The batch, after each of its statements was seen.</summary>
        private DbBatch Watched()
        {
            foreach (var command in inner.BatchCommands.Cast<DbBatchCommand>())
            {
                watch.Before(command.CommandText);
            }

            return inner;
        }
    }
}
