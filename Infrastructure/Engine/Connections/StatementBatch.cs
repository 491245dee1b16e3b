using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Dapper;

namespace Registry.Infrastructure.Engine.Connections;

/// <summary>Statements for a server that are sent together, in one round trip.</summary>
/// <remarks>
/// The server goes on with the next statement after one that failed. Where the error has ended the transaction, the statements after
/// it would be outside of any; so each of them is executed in a transaction only. After any other error, the caller rolls back.
/// </remarks>
/// <param name="connection">The connection, in a transaction.</param>
internal sealed class StatementBatch(DbConnection connection)
{
    /// <summary>The condition before each statement.</summary>
    internal const string InTransaction = "IF @@TRANCOUNT > 0 ";

    /// <summary>The maximum number of statements: a longer batch is sent in parts, so that its memory is bounded.</summary>
    private const int MaxStatements = 200;

    private readonly List<Func<DbException, Task>?> _errors = [];
    private DbBatch? _batch;

    /// <summary>Adds a statement that returns no rows.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="failed">Called with an error of the statement, to throw the one that it stands for; null for no other.</param>
    public async Task AddAsync(string sql, object parameters, Func<DbException, Task>? failed)
    {
        if (_errors.Count >= MaxStatements)
        {
            await SendAsync();
        }

        Record(InTransaction + sql, parameters);
        _errors.Add(failed);
    }

    /// <summary>Drops the statements that were not sent.</summary>
    public void Clear()
    {
        _batch?.Dispose();
        _batch = null;
        _errors.Clear();
    }

    /// <summary>Sends the statements.</summary>
    public Task SendAsync() =>
        _batch is null
            ? Task.CompletedTask
            : SendAsync(async batch =>
            {
                await batch.ExecuteNonQueryAsync();
                return 0;
            });

    /// <summary>Sends the statements, and a query after them.</summary>
    public Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters)
    {
        if (_batch is null)
        {
            return connection.RowsAsync<T>(sql, parameters);
        }

        Record(sql, parameters);
        _errors.Add(null);
        return SendAsync<IReadOnlyList<T>>(batch =>
        {
            using var reader = batch.ExecuteReader();
            var rows = reader.Parse<T>().AsList();

            // Errors of the other statements come with their results.
            while (reader.NextResult()) { }

            return Task.FromResult<IReadOnlyList<T>>(rows);
        });
    }

    /// <summary>Sends the statements, and several queries after them.</summary>
    /// <returns>The rows of each query.</returns>
    public Task<IReadOnlyList<DataTable>> TablesAsync(IReadOnlyList<(string Sql, object Parameters)> queries)
    {
        foreach (var (sql, parameters) in queries)
        {
            Record(sql, parameters);
            _errors.Add(null);
        }

        return SendAsync<IReadOnlyList<DataTable>>(batch =>
        {
            using var reader = batch.ExecuteReader();
            var tables = new List<DataTable>();
            do
            {
                tables.Add(TableOf(reader));
            } while (reader.NextResult());

            return Task.FromResult<IReadOnlyList<DataTable>>(tables);
        });
    }

    /// <summary>The rows of a table.</summary>
    public static IReadOnlyList<T> RowsOf<T>(DataTable table)
    {
        using var reader = table.CreateDataReader();
        return reader.Parse<T>().AsList();
    }

    private static DataTable TableOf(DbDataReader reader)
    {
        var table = new DataTable();
        for (var column = 0; column < reader.FieldCount; column++)
        {
            table.Columns.Add(reader.GetName(column), reader.GetFieldType(column));
        }

        while (reader.Read())
        {
            var values = new object[reader.FieldCount];
            reader.GetValues(values);
            table.Rows.Add(values);
        }

        return table;
    }

    private async Task<T> SendAsync<T>(Func<DbBatch, Task<T>> send)
    {
        var (batch, errors) = (_batch!, _errors.ToArray());
        _batch = null;
        _errors.Clear();
        await using (batch)
        {
            var span = MeasuredConnection.BeginBatch(connection);
            try
            {
                var result = await send(batch);
                span.End();
                return result;
            }
            catch (DbException error)
            {
                span.End(error);
                if (error.BatchCommand is { } command && errors[batch.BatchCommands.IndexOf(command)] is { } failed)
                {
                    await failed(error);
                }

                throw;
            }
        }
    }

    /// <summary>Appends a command to the batch, with the parameters as Dapper makes them.</summary>
    private void Record(string sql, object? parameters)
    {
        _batch ??= connection.CreateBatch();
        using var recorder = new Recorder(_batch);
        recorder.Execute(sql, parameters);
    }

    /// <summary>A connection whose commands are appended to a batch instead of being executed.</summary>
    private sealed class Recorder(DbBatch batch) : DbConnection
    {
        [AllowNull]
        public override string ConnectionString
        {
            get => nameof(Recorder);
            set => throw new NotSupportedException();
        }

        public override string Database => "";

        public override string DataSource => "";

        public override string ServerVersion => "";

        public override ConnectionState State => ConnectionState.Open;

        public override void Open() { }

        public override void Close() { }

        public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();

        protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) =>
            throw new NotSupportedException();

        protected override DbCommand CreateDbCommand() => new Command(batch);
    }

    /// <summary>A command that is appended to a batch when it is executed.</summary>
    private sealed class Command(DbBatch batch) : DbCommand
    {
        private readonly DbBatchCommand _inner = batch.CreateBatchCommand();

        [AllowNull]
        public override string CommandText
        {
            get => _inner.CommandText;
            set => _inner.CommandText = value ?? "";
        }

        public override int CommandTimeout { get; set; }

        public override CommandType CommandType
        {
            get => _inner.CommandType;
            set => _inner.CommandType = value;
        }

        public override UpdateRowSource UpdatedRowSource { get; set; }

        public override bool DesignTimeVisible { get; set; }

        protected override DbConnection? DbConnection { get; set; }

        protected override DbParameterCollection DbParameterCollection => _inner.Parameters;

        protected override DbTransaction? DbTransaction { get; set; }

        public override void Cancel() { }

        public override int ExecuteNonQuery()
        {
            // Dapper clears the parameters of a command that was executed.
            DbParameter[] parameters = [.. _inner.Parameters.Cast<DbParameter>()];
            _inner.Parameters.Clear();
            var appended = batch.CreateBatchCommand();
            appended.CommandText = CommandText;
            appended.Parameters.AddRange(parameters);
            batch.BatchCommands.Add(appended);
            return 0;
        }

        public override object? ExecuteScalar() => throw new NotSupportedException();

        public override void Prepare() { }

        protected override DbParameter CreateDbParameter() => _inner.CreateParameter();

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) =>
            throw new NotSupportedException();
    }
}
