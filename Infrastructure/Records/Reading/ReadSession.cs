using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;
using Registry.Infrastructure.Engine;

namespace Registry.Infrastructure.Records.Reading;

/// <summary>One look at the database: as it stands, or as it stood at an instant.</summary>
/// <remarks>
/// The same statements serve both. For an instant, each table they name is read as the rows that stood then: those that
/// stand and stood already, and those that stood and were archived since. A look at the present costs nothing more.
/// </remarks>
internal sealed class ReadSession
{
    private static readonly ConcurrentDictionary<string, string> AsKnown = new(StringComparer.Ordinal);

    private static readonly ConcurrentDictionary<string, string> AndDeleted = new(StringComparer.Ordinal);

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

    /// <summary>The statement over the rows that stood at the instant @KnownAt.</summary>
    internal static string AtInstant(string statement) => AsKnown.GetOrAdd(statement, InstantSql.Of);

    /// <summary>The statement over the rows that stand and those of the records deleted after the instant @ChangedSince.</summary>
    internal static string WithDeleted(string statement) =>
        AndDeleted.GetOrAdd(
            statement,
            text =>
                InstantSql
                    .Tables()
                    .Replace(
                        text,
                        match =>
                            RecordKinds.KindsByTable.TryGetValue(match.Groups["table"].Value, out var kind)
                                ? $"{match.Groups["verb"].Value} ({RecordKinds.TablesByName[match.Groups["table"].Value].WithDeleted(kind)})"
                                : match.Value
                    )
        );

    internal Task<IReadOnlyList<T>> RowsAsync<T>(string statement, object? parameters = null)
    {
        _held.Count();
        return _knownAt is { } instant
            ? _connection.RowsAsync<T>(AtInstant(statement), With(parameters, instant))
            : _connection.RowsAsync<T>(statement, parameters);
    }

    internal async Task<T?> RowAsync<T>(string statement, object? parameters = null) =>
        (await RowsAsync<T>(statement, parameters)).SingleOrDefault();

    private static DynamicParameters With(object? parameters, DateTimeOffset instant)
    {
        var all = new DynamicParameters(parameters);
        all.Add("KnownAt", instant);
        return all;
    }
}

/// <summary>Reads of the registry as it stands, or as it stood at an instant.</summary>
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

    /// <summary>Runs a read of several statements, which all see one state of the registry.</summary>
    public static Task<T> ReadStateAsync<T>(
        this RegistryDatabase database,
        DateTimeOffset? knownAt,
        Func<ReadSession, Task<T>> question,
        CancellationToken cancellationToken
    ) => database.InOneStateAsync(() => database.ReadAsync(knownAt, question, cancellationToken));
}
