using Dapper;
using Registry.Infrastructure.Engine;

namespace Registry.Infrastructure.Access;

/// <summary>Stores the keys with write access, as hashes.</summary>
public sealed class AccessKeyStore(RegistryDatabase database, TimeProvider clock)
{
    /// <summary>True when a key has ever been created.</summary>
    public Task<bool> AnyAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection => await connection.ExecuteScalarAsync<int>(AccessKeySql.Count) > 0,
            cancellationToken
        );

    /// <summary>Gets the name of the key with the hash, or null.</summary>
    public Task<string?> FindAsync(string hash, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection => connection.QuerySingleOrDefaultAsync<string?>(AccessKeySql.Find, new { Hash = hash }),
            cancellationToken
        );

    /// <summary>Stores a key under a new name.</summary>
    public Task AddAsync(string id, string hash, CancellationToken cancellationToken) =>
        database.TransactAsync(
            (connection, transaction) =>
                connection.ExecuteAsync(
                    AccessKeySql.Insert,
                    new
                    {
                        Id = id,
                        Hash = hash,
                        CreatedAt = clock.GetUtcNow(),
                    },
                    transaction
                ),
            cancellationToken
        );
}

internal static class AccessKeySql
{
    public const string Count = "SELECT COUNT(*) FROM AccessKey";

    public const string Find = "SELECT Id FROM AccessKey WHERE Hash = @Hash";

    public const string Insert = "INSERT INTO AccessKey (Id, Hash, CreatedAt) VALUES (@Id, @Hash, @CreatedAt)";
}
