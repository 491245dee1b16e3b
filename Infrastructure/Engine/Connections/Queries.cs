using System.Data.Common;
using Dapper;

namespace Registry.Infrastructure.Engine.Connections;

/// <summary>Reads rows with whole records.</summary>
/// <remarks>
/// The calling thread reads the rows: Microsoft.Data.SqlClient reads NVARCHAR(MAX) columns many times slower
/// asynchronously, and SQLite has no asynchronous API. So nothing is awaited, and the tasks exist only for the
/// composition of the callers.
/// </remarks>
internal static class Queries
{
    public static Task<IReadOnlyList<T>> RowsAsync<T>(
        this DbConnection connection,
        string sql,
        object? parameters = null,
        DbTransaction? transaction = null
    ) => Task.FromResult<IReadOnlyList<T>>(connection.Query<T>(sql, parameters, transaction).AsList());

    /// <summary>Reads rows with a statement that is composed for one request, without caching it.</summary>
    /// <remarks>
    /// Dapper caches a statement by its whole text, and never evicts a text that was used twice. Preparing these
    /// parameters costs little, and the code that reads a row is cached by the type and the columns.
    /// </remarks>
    public static Task<IReadOnlyList<T>> ComposedRowsAsync<T>(
        this DbConnection connection,
        string sql,
        DynamicParameters parameters
    ) =>
        Task.FromResult<IReadOnlyList<T>>(
            connection
                .Query<T>(new CommandDefinition(sql, parameters, flags: CommandFlags.Buffered | CommandFlags.NoCache))
                .AsList()
        );

    public static Task<T?> RowAsync<T>(
        this DbConnection connection,
        string sql,
        object? parameters = null,
        DbTransaction? transaction = null
    ) => Task.FromResult(connection.QuerySingleOrDefault<T>(sql, parameters, transaction));
}
