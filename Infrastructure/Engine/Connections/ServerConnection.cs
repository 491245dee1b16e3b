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
    private sealed class Command(ServerConnection connection, SqlCommand inner) : DecoratedCommand(connection, inner)
    {
        private readonly ServerConnection _connection = connection;

        public override int ExecuteNonQuery() => Limited(Inner.ExecuteNonQuery);

        public override object? ExecuteScalar() => Limited(Inner.ExecuteScalar);

        public override Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken)
        {
            Inner.CommandTimeout = _connection.TimeoutOf(Inner.CommandTimeout);
            return Inner.ExecuteNonQueryAsync(EitherOf(cancellationToken));
        }

        public override async Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken)
        {
            Inner.CommandTimeout = _connection.TimeoutOf(Inner.CommandTimeout);
            return await Inner.ExecuteScalarAsync(EitherOf(cancellationToken));
        }

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) =>
            Limited(() => Inner.ExecuteReader(behavior));

        protected override async Task<DbDataReader> ExecuteDbDataReaderAsync(
            CommandBehavior behavior,
            CancellationToken cancellationToken
        )
        {
            Inner.CommandTimeout = _connection.TimeoutOf(Inner.CommandTimeout);
            return await Inner.ExecuteReaderAsync(behavior, EitherOf(cancellationToken));
        }

        private CancellationToken EitherOf(CancellationToken cancellationToken) =>
            cancellationToken.CanBeCanceled ? cancellationToken : _connection._caller;

        private T Limited<T>(Func<T> execute)
        {
            var caller = _connection._caller;
            caller.ThrowIfCancellationRequested();
            Inner.CommandTimeout = _connection.TimeoutOf(Inner.CommandTimeout);
            using var leaving = caller.Register(Inner.Cancel);
            return execute();
        }
    }
}
