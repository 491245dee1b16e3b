using System.Data.Common;
using Dapper;

namespace Registry.Infrastructure.Engine;

/// <summary>Reads rows that hold whole records.</summary>
/// <remarks>
/// The rows are read by the calling thread: Microsoft.Data.SqlClient reads NVARCHAR(MAX) columns many times slower
/// asynchronously, and SQLite has no asynchronous reading at all. So there is nothing to await, and the tasks say only
/// what the callers need to compose.
/// </remarks>
internal static class Queries
{
    public static Task<IReadOnlyList<T>> RowsAsync<T>(
        this DbConnection connection,
        string sql,
        object? parameters = null,
        DbTransaction? transaction = null
    ) => Task.FromResult<IReadOnlyList<T>>(connection.Query<T>(sql, parameters, transaction).AsList());

    /// <summary>Reads rows with a statement that is composed for one request, and keeps nothing of it.</summary>
    /// <remarks>
    /// Dapper finds what it prepared for a statement by the whole text, and never lets go of a text that was used twice.
    /// What it prepares for these parameters is next to nothing, and the code that reads a row it keeps by the type and the
    /// columns.
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
