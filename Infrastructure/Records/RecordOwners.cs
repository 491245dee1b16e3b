using System.Collections.Concurrent;
using System.Data.Common;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Engine.Connections;

namespace Registry.Infrastructure.Records;

/// <summary>Finds the forum to which a record belongs.</summary>
public sealed class RecordOwners(RegistryDatabase database)
{
    private static readonly ConcurrentDictionary<string, string?> Statements = new();

    /// <summary>Gets the forum of the current version of a record.</summary>
    /// <returns>The code of the forum; null when the record does not exist or belongs to none.</returns>
    public Task<string?> ForumOfAsync(RecordKind kind, string id, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => ForumOfAsync(connection, null, kind, id), cancellationToken);

    internal static async Task<string?> ForumOfAsync(
        DbConnection connection,
        DbTransaction? transaction,
        RecordKind kind,
        string id
    )
    {
        if (kind.IsOwner)
        {
            return id;
        }

        if (kind.Ids == IdForm.CodeInForum)
        {
            return id.Split('/')[0];
        }

        if (Statements.GetOrAdd(kind.Collection, _ => StatementOf(kind)) is not { } statement)
        {
            return null;
        }

        foreach (var owner in await connection.RowsAsync<Owner>(statement, new { SubjectId = id }, transaction))
        {
            if (await ForumOfAsync(connection, transaction, RecordKinds.Of(owner.Collection), owner.Id) is { } forum)
            {
                return forum;
            }
        }

        return null;
    }

    private static string? StatementOf(RecordKind kind) =>
        kind.Parents.OwnersOf(collection =>
            RecordKinds.Of(collection) is { IsOwner: true } or { Ids: IdForm.CodeInForum }
        );

    private sealed record Owner
    {
        public string Collection { get; init; } = "";
        public string Id { get; init; } = "";
    }
}
