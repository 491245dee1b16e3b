using Dapper;
using Registry.Domain;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Models;

namespace Registry.Infrastructure.Records.Reading;

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

    internal RegistryDatabase Database => _database;

    internal RecordKind RecordKind => _kind;

    /// <summary>Gets the current record, or the record as of an instant.</summary>
    /// <exception cref="NotFoundException">The id has never existed, or not by then.</exception>
    /// <exception cref="GoneException">The record was deleted by then.</exception>
    public Task<StoredRecord> GetAsync(string id, DateTimeOffset? knownAt, CancellationToken cancellationToken) =>
        _database.ReadAsync(
            knownAt,
            async session =>
                await session.RowAsync<StoredRecord>(_kind.Main.Find, new { Id = id }) is { } stored
                    ? stored with
                    {
                        CurrentName = knownAt is null ? new RecordName(_kind.Collection, stored.Id) : null,
                    }
                    : throw (
                        await ExistedAsync(id, knownAt, cancellationToken)
                            ? new GoneException(_kind.Noun, id)
                            : new NotFoundException(_kind.Noun, id)
                    ),
            cancellationToken
        );

    /// <summary>Gets one version of a record.</summary>
    /// <exception cref="NotFoundException">The record or version does not exist, or not by then.</exception>
    /// <exception cref="GoneException">The version is a deletion.</exception>
    public Task<StoredRecord> GetVersionAsync(
        string id,
        int version,
        DateTimeOffset? knownAt,
        CancellationToken cancellationToken
    ) =>
        _database.ReadAsync(
            null,
            async session =>
                await session.RowAsync<StoredRecord>(
                    HistorySql.Version,
                    new
                    {
                        _kind.Collection,
                        SubjectId = id,
                        Version = version,
                        Instant = knownAt ?? DateTimeOffset.MaxValue,
                    }
                ) switch
                {
                    null => throw new NotFoundException($"version {version} of the {_kind.Noun}", id),
                    { Record.Length: 0 } => throw new GoneException(_kind.Noun, id),
                    var stored => stored,
                },
            cancellationToken
        );

    /// <summary>Lists the versions of a record, including deletions.</summary>
    /// <exception cref="NotFoundException">The id has never existed.</exception>
    public Task<ListPage<RecordedChange>> HistoryAsync(
        string id,
        ListRequest request,
        CancellationToken cancellationToken
    ) =>
        _database.ReadStateAsync(
            null,
            async session =>
            {
                if (await session.RowAsync<long>(HistorySql.Last, new { _kind.Collection, SubjectId = id }) == 0)
                {
                    throw new NotFoundException(_kind.Noun, id);
                }

                var filters = new HistoryFilters
                {
                    Collection = _kind.Collection,
                    SubjectId = id,
                    KnownAt = request.KnownAt,
                };
                return await HistorySql.List.ReadAsync<RecordedChange>(session, request with { Filters = filters });
            },
            cancellationToken
        );

    /// <summary>Lists one page of the collection.</summary>
    public Task<ListPage<RecordListRow>> ListAsync(ListRequest request, CancellationToken cancellationToken) =>
        _database.ReadAsync(
            request.KnownAt,
            async session =>
            {
                var page = await _list.ReadAsync<RecordListRow>(session, request);
                return request.WithDeleted
                    ? page with
                    {
                        Rows = [.. page.Rows.Select(row => row.WithTombstone())],
                    }
                    : page;
            },
            cancellationToken
        );

    private Task<bool> ExistedAsync(string id, DateTimeOffset? knownAt, CancellationToken cancellationToken) =>
        _database.ReadAsync(
            async connection =>
                await connection.ExecuteScalarAsync<int?>(
                    knownAt is null ? _kind.Main.LastVersion : _kind.Main.LastVersionBefore,
                    new { Id = id, Instant = knownAt }
                )
                    is not null,
            cancellationToken
        );
}

/// <summary>Reads the records of one collection.</summary>
/// <typeparam name="TModel">The type of the record in the contract.</typeparam>
public abstract class RecordReads<TModel> : RecordReads
    where TModel : RecordModel
{
    private protected RecordReads(RegistryDatabase database, RecordKind kind, ListSql list)
        : base(database, kind, list) { }
}
