using System.Data.Common;
using Dapper;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Engine.Connections;

namespace Registry.Infrastructure.Verification;

/// <summary>Reads for a verification, without the time limits of requests.</summary>
internal sealed class SnapshotReader(RegistryDatabase database, CancellationToken cancellationToken)
{
    /// <summary>More than any statement takes; only the cancellation ends it.</summary>
    private static readonly TimeSpan LongestStatement = TimeSpan.FromDays(7);

    /// <summary>The timeout of commands in seconds, where 0 is none; null for SQLite, which has one for locks only.</summary>
    private int? Timeout => database.Dialect.IsEmbedded ? null : 0;

    /// <summary>Reads on the connection with the snapshot.</summary>
    public Task<T> ReadAsync<T>(Func<DbConnection, T> question) =>
        ReadAsync(connection => Task.FromResult(question(connection)));

    /// <summary>Reads on the connection with the snapshot.</summary>
    public Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> question) =>
        database.ReadAsync(
            async connection =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                var limit = PreparingConnection.LimitOf(connection);
                limit?.Start(LongestStatement, cancellationToken);
                try
                {
                    return await question(connection);
                }
                finally
                {
                    limit?.Stop();
                }
            },
            cancellationToken
        );

    /// <summary>Reads the first texts that a statement selects.</summary>
    public Task<IReadOnlyList<string>> TextsAsync(string statement, int most) =>
        ReadAsync<IReadOnlyList<string>>(connection =>
            [.. connection.Query<string>(statement, buffered: false, commandTimeout: Timeout).Take(most)]
        );

    /// <summary>Reads a number.</summary>
    public Task<long?> NumberAsync(string statement) =>
        ReadAsync(connection => connection.ExecuteScalar<long?>(statement, commandTimeout: Timeout));
}
