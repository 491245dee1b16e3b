using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.SqlClient;

namespace Registry.Infrastructure.Engine.Connections;

/// <summary>A connection to a SQL Server whose statements end when their caller has left, or when their time is over.</summary>
/// <remarks>
/// Statements are executed by synchronous methods of the driver, which know no token: a caller who leaves cancels the statement
/// that runs.
/// </remarks>
internal sealed class ServerConnection(SqlConnection inner) : DbConnection
{
    private CancellationToken _caller;
    private int? _seconds;

    /// <summary>The connection to a server within others; null for another engine.</summary>
    public static ServerConnection? Within(DbConnection? connection) =>
        connection as ServerConnection ?? (connection as MeasuredConnection)?.Inner as ServerConnection;

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

    public override bool CanCreateBatch => true;

    /// <summary>Limits the statements from here on.</summary>
    /// <param name="time">The maximum time of each; null for the one in the connection string.</param>
    /// <param name="caller">Signals that the caller has left.</param>
    public void Limit(TimeSpan? time, CancellationToken caller)
    {
        _seconds = time is { } most ? Math.Max(1, (int)Math.Ceiling(most.TotalSeconds)) : null;
        _caller = caller;
    }

    public override void Open() => inner.Open();

    public override Task OpenAsync(CancellationToken cancellationToken) => inner.OpenAsync(cancellationToken);

    public override void ChangeDatabase(string databaseName) => inner.ChangeDatabase(databaseName);

    public override void Close() => inner.Close();

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) =>
        inner.BeginTransaction(isolationLevel);

    protected override DbCommand CreateDbCommand() => new Command(this, inner.CreateCommand());

    protected override DbBatch CreateDbBatch() => new SqlBatch(inner) { Timeout = TimeoutOf(inner.CommandTimeout) };

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private int TimeoutOf(int usual) => _seconds ?? usual;

    /// <summary>Wraps a command of the driver.</summary>
    private sealed class Command(ServerConnection connection, SqlCommand inner) : DbCommand
    {
        [AllowNull]
        public override string CommandText
        {
            get => inner.CommandText;
#pragma warning disable CA2100 // The text is that of the command in front of it.
            set => inner.CommandText = value;
#pragma warning restore CA2100
        }

        public override int CommandTimeout
        {
            get => inner.CommandTimeout;
            set => inner.CommandTimeout = value;
        }

        public override CommandType CommandType
        {
            get => inner.CommandType;
            set => inner.CommandType = value;
        }

        public override UpdateRowSource UpdatedRowSource
        {
            get => inner.UpdatedRowSource;
            set => inner.UpdatedRowSource = value;
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

        protected override DbParameterCollection DbParameterCollection => inner.Parameters;

        protected override DbTransaction? DbTransaction
        {
            get => inner.Transaction;
            set => inner.Transaction = (SqlTransaction?)value;
        }

        public override void Cancel() => inner.Cancel();

        public override int ExecuteNonQuery() => Limited(inner.ExecuteNonQuery);

        public override object? ExecuteScalar() => Limited(inner.ExecuteScalar);

        public override Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken)
        {
            inner.CommandTimeout = connection.TimeoutOf(inner.CommandTimeout);
            return inner.ExecuteNonQueryAsync(EitherOf(cancellationToken));
        }

        public override async Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken)
        {
            inner.CommandTimeout = connection.TimeoutOf(inner.CommandTimeout);
            return await inner.ExecuteScalarAsync(EitherOf(cancellationToken));
        }

        public override void Prepare() => inner.Prepare();

        protected override DbParameter CreateDbParameter() => inner.CreateParameter();

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) =>
            Limited(() => inner.ExecuteReader(behavior));

        protected override async Task<DbDataReader> ExecuteDbDataReaderAsync(
            CommandBehavior behavior,
            CancellationToken cancellationToken
        )
        {
            inner.CommandTimeout = connection.TimeoutOf(inner.CommandTimeout);
            return await inner.ExecuteReaderAsync(behavior, EitherOf(cancellationToken));
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }

        private CancellationToken EitherOf(CancellationToken cancellationToken) =>
            cancellationToken.CanBeCanceled ? cancellationToken : connection._caller;

        private T Limited<T>(Func<T> execute)
        {
            var caller = connection._caller;
            caller.ThrowIfCancellationRequested();
            inner.CommandTimeout = connection.TimeoutOf(inner.CommandTimeout);
            using var leaving = caller.Register(inner.Cancel);
            return execute();
        }
    }
}
