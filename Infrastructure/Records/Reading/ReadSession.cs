using System.Data.Common;
using Dapper;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Engine.Connections;
using Registry.Infrastructure.Engine.Dialects;

namespace Registry.Infrastructure.Records.Reading;

/// <summary>A read of the current records, or of those that were current at an instant.</summary>
/// <remarks>
/// The same statements serve both. For an instant, each table they name is read as the rows that were current then: those
/// that still are, and those that were archived since. A read of the current records costs nothing more.
/// </remarks>
internal sealed class ReadSession
{
    private readonly DbConnection _connection;
    private readonly DateTimeOffset? _knownAt;
    private readonly HeldConnection _held;

    internal ReadSession(SqlDialect dialect, DbConnection connection, DateTimeOffset? knownAt, HeldConnection held)
    {
        Dialect = dialect;
        _connection = connection;
        _knownAt = knownAt;
        _held = held;
    }

    internal SqlDialect Dialect { get; }

    private SqlForm Form => _knownAt is null ? SqlForm.Present : SqlForm.AtInstant;

    internal Task<IReadOnlyList<T>> RowsAsync<T>(Sql statement, object? parameters = null)
    {
        _held.Count();
        return _connection.RowsAsync<T>(
            statement.Text(Form),
            _knownAt is { } instant ? With(parameters, instant) : parameters
        );
    }

    internal async Task<T?> RowAsync<T>(Sql statement, object? parameters = null) =>
        (await RowsAsync<T>(statement, parameters)).SingleOrDefault();

    /// <param name="statement">The statement.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="withDeleted">True to include the records that were deleted after the instant @ChangedSince.</param>
    /// <exception cref="InvalidOperationException">Deleted records are requested for an instant.</exception>
    internal Task<IReadOnlyList<T>> RowsAsync<T>(
        ComposedSql statement,
        DynamicParameters parameters,
        bool withDeleted = false
    )
    {
        if (withDeleted && _knownAt is not null)
        {
            throw new InvalidOperationException("Deleted records can only be read with the current ones.");
        }

        _held.Count();
        return _connection.ComposedRowsAsync<T>(
            statement.Text(withDeleted ? SqlForm.WithDeleted : Form),
            _knownAt is { } instant ? With(parameters, instant) : parameters
        );
    }

    private static DynamicParameters With(object? parameters, DateTimeOffset instant)
    {
        var all = new DynamicParameters(parameters);
        all.Add("KnownAt", instant);
        return all;
    }
}

/// <summary>Reads the current registry, or the registry as of an instant.</summary>
internal static class ReadSessions
{
    /// <summary>Runs a read of one statement.</summary>
    public static Task<T> ReadAsync<T>(
        this RegistryDatabase database,
        DateTimeOffset? knownAt,
        Func<ReadSession, Task<T>> question,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync(
            connection => question(new ReadSession(database.Dialect, connection, knownAt, database.Held)),
            cancellationToken
        );

    /// <summary>Runs a read of several statements in one snapshot.</summary>
    public static Task<T> ReadStateAsync<T>(
        this RegistryDatabase database,
        DateTimeOffset? knownAt,
        Func<ReadSession, Task<T>> question,
        CancellationToken cancellationToken
    ) =>
        database.InOneStateAsync(
            () => database.ReadAsync(knownAt, question, cancellationToken),
            cancellationToken: cancellationToken
        );
}
