using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Registry.Infrastructure.Engine.Connections;

/// <summary>A connection to a server whose statements are measured (<see cref="StatementSpan"/>).</summary>
/// <param name="inner">The connection of the driver.</param>
/// <param name="system">The database system, as the semantic conventions of OpenTelemetry name it.</param>
internal sealed class MeasuredConnection(DbConnection inner, string system) : DbConnection
{
    /// <summary>The measured connection.</summary>
    public DbConnection Inner => inner;

    public override bool CanCreateBatch => inner.CanCreateBatch;

    /// <summary>Begins the measurement of a batch, if the connection is measured.</summary>
    public static StatementSpan BeginBatch(DbConnection connection) =>
        connection is MeasuredConnection measured
            ? StatementSpan.Begin(StatementNames.Batch, measured.System)
            : default;

    private string System => system;

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

    public override void Open() => inner.Open();

    public override Task OpenAsync(CancellationToken cancellationToken) => inner.OpenAsync(cancellationToken);

    public override void ChangeDatabase(string databaseName) => inner.ChangeDatabase(databaseName);

    public override void Close() => inner.Close();

    public override Task CloseAsync() => inner.CloseAsync();

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) =>
        inner.BeginTransaction(isolationLevel);

    protected override ValueTask<DbTransaction> BeginDbTransactionAsync(
        IsolationLevel isolationLevel,
        CancellationToken cancellationToken
    ) => inner.BeginTransactionAsync(isolationLevel, cancellationToken);

    protected override DbCommand CreateDbCommand() => new Command(this, inner.CreateCommand(), system);

    protected override DbBatch CreateDbBatch() => inner.CreateBatch();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private sealed class Command(DbConnection connection, DbCommand inner, string system)
        : DecoratedCommand(connection, inner)
    {
        /// <summary>The span of the rows that are being read.</summary>
        private StatementSpan _reading;

        public override int ExecuteNonQuery() => Measured(command => command.ExecuteNonQuery());

        public override object? ExecuteScalar() => Measured(command => command.ExecuteScalar());

        public override Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken) =>
            MeasuredAsync(command => command.ExecuteNonQueryAsync(cancellationToken));

        public override Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken) =>
            MeasuredAsync(command => command.ExecuteScalarAsync(cancellationToken));

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
        {
            var span = StatementSpan.Begin(CommandText, system);
            try
            {
                return Reading(span, Inner.ExecuteReader(behavior));
            }
            catch (Exception error)
            {
                span.End(error);
                throw;
            }
        }

        protected override async Task<DbDataReader> ExecuteDbDataReaderAsync(
            CommandBehavior behavior,
            CancellationToken cancellationToken
        )
        {
            var span = StatementSpan.Begin(CommandText, system);
            try
            {
                return Reading(span, await Inner.ExecuteReaderAsync(behavior, cancellationToken));
            }
            catch (Exception error)
            {
                span.End(error);
                throw;
            }
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _reading.End();
                _reading = default;
            }

            base.Dispose(disposing);
        }

        /// <summary>Lets the span go on until the command is disposed, while the rows are read.</summary>
        private DbDataReader Reading(StatementSpan span, DbDataReader reader)
        {
            _reading.End();
            _reading = span;
            return reader;
        }

        private T Measured<T>(Func<DbCommand, T> execute)
        {
            var span = StatementSpan.Begin(CommandText, system);
            try
            {
                var result = execute(Inner);
                span.End();
                return result;
            }
            catch (Exception error)
            {
                span.End(error);
                throw;
            }
        }

        private async Task<T> MeasuredAsync<T>(Func<DbCommand, Task<T>> execute)
        {
            var span = StatementSpan.Begin(CommandText, system);
            try
            {
                var result = await execute(Inner);
                span.End();
                return result;
            }
            catch (Exception error)
            {
                span.End(error);
                throw;
            }
        }
    }
}
