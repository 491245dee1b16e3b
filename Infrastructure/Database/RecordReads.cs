using Dapper;
using Registry.Domain;

namespace Registry.Infrastructure.Database;

/// <summary>Reads single records and lists of them as they are stored, without building domain objects.</summary>
public abstract class RecordReads
{
    private readonly RegistryDatabase _database;
    private readonly RecordKind _kind;
    private readonly ListSql _list;

    private protected RecordReads(RegistryDatabase database, RecordKind kind, ListSql list)
    {
        _database = database;
        _kind = kind;
        _list = list;
    }

    private protected RegistryDatabase Database => _database;

    /// <summary>The record as it stands.</summary>
    /// <exception cref="NotFoundException">The id was never given.</exception>
    /// <exception cref="GoneException">The record was deleted.</exception>
    public Task<StoredRecord> GetAsync(string id, CancellationToken cancellationToken) =>
        _database.ReadAsync(
            async connection =>
                await connection.QuerySingleOrDefaultAsync<StoredRecord>(_kind.Main.Find, new { Id = id })
                ?? throw (
                    await connection.ExecuteScalarAsync<int?>(_kind.Main.WasHeld, new { Id = id }) is null
                        ? new NotFoundException(_kind.Noun, id)
                        : new GoneException(_kind.Noun, id)
                ),
            cancellationToken
        );

    /// <summary>One page of the collection.</summary>
    public Task<ListPage<RecordListRow>> ListAsync(ListRequest request, CancellationToken cancellationToken) =>
        _database.ReadAsync(
            connection => _list.ReadAsync<RecordListRow>(_database.Dialect, connection, request),
            cancellationToken
        );
}
