using System.Text.Json;
using Registry.Domain.Forums;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Forums;

/// <summary>Reads chairmanships.</summary>
public sealed class ChairmanshipReads(RegistryDatabase database)
    : RecordReads<ChairmanshipModel>(database, ChairmanshipStore.Kind, ChairmanshipSql.List)
{
    /// <summary>Lists the chairmanships of a forum and its bodies, on a date or over time.</summary>
    public Task<ListPage<ResolvedChair>> ResolveAsync(ListRequest request, CancellationToken cancellationToken) =>
        Database.ReadAsync(
            request.KnownAt,
            session => ChairmanshipSql.Resolved.ReadAsync<ResolvedChair>(session, request),
            cancellationToken
        );

    /// <summary>
    /// Lists the gaps and overlaps in the chairmanships of a forum and of each of its bodies that has any.
    /// </summary>
    /// <param name="forum">The forum, which exists.</param>
    /// <param name="today">The day up to which gaps are reported.</param>
    /// <param name="knownAt">The instant as of which the registry is read, or null for the current records.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public Task<IReadOnlyList<(string? Body, ChairFinding Finding)>> ReviewAsync(
        StoredRecord forum,
        DateOnly today,
        DateTimeOffset? knownAt,
        CancellationToken cancellationToken
    ) =>
        Database.ReadStateAsync<IReadOnlyList<(string? Body, ChairFinding Finding)>>(
            knownAt,
            async session =>
            {
                var parameters = new { Forum = forum.Id };
                var chairmanships = await session.RowsAsync<LineRow>(ChairmanshipSql.OfForumAndBodies, parameters);
                var bodies = await session.RowsAsync<BodyRow>(ChairmanshipSql.ChairedBodies, parameters);
                var lives = bodies.ToDictionary(body => body.Code, body => Read<BodyModel>(body.Record).Life);
                return
                [
                    .. from line in chairmanships.GroupBy(row => row.Body)
                    orderby line.Key
                    let life = line.Key is null ? Read<ForumModel>(forum.Record).Life : lives[line.Key]
                    let held = line.Select(row => (row.Id, Read<ChairmanshipModel>(row.Record).Held))
                    from finding in ChairReview.Of(held, life, today)
                    select (line.Key, finding),
                ];
            },
            cancellationToken
        );

    private static T Read<T>(string record) => JsonSerializer.Deserialize<T>(record, RegistryJson.Options)!;

    private sealed record LineRow
    {
        public string Id { get; init; } = "";
        public string? Body { get; init; }
        public string Record { get; init; } = "";
    }

    private sealed record BodyRow
    {
        public string Code { get; init; } = "";
        public string Record { get; init; } = "";
    }
}

/// <summary>A chairmanship with the names of the forum, the body and the chair.</summary>
public sealed record ResolvedChair : ListRow
{
    public string Chairmanship { get; init; } = "";
    public string Forum { get; init; } = "";
    public string? Body { get; init; }
    public string ChairKind { get; init; } = "";
    public string ChairCode { get; init; } = "";
    public string ChairName { get; init; } = "";
    public string? Since { get; init; }
    public string? Until { get; init; }
    public string? Handover { get; init; }
    public int Certainty { get; init; }
}
