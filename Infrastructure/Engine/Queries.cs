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

    public static Task<T?> RowAsync<T>(
        this DbConnection connection,
        string sql,
        object? parameters = null,
        DbTransaction? transaction = null
    ) => Task.FromResult(connection.QuerySingleOrDefault<T>(sql, parameters, transaction));
}
