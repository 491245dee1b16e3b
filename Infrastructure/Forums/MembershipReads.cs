using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Forums;

/// <summary>Reads memberships.</summary>
public sealed class MembershipReads(RegistryDatabase database)
    : RecordReads<MembershipModel>(database, MembershipStore.Kind, MembershipSql.List)
{
    /// <summary>Lists the standings on a date.</summary>
    public Task<ListPage<ResolvedStanding>> ResolveAsync(ListRequest request, CancellationToken cancellationToken) =>
        Database.ReadAsync(
            request.KnownAt,
            session => MembershipSql.Resolved.ReadAsync<ResolvedStanding>(session, request),
            cancellationToken
        );
}

/// <summary>A standing on the requested date.</summary>
public sealed record ResolvedStanding : ListRow
{
    public string Forum { get; init; } = "";
    public string ForumName { get; init; } = "";
    public string MemberKind { get; init; } = "";
    public string MemberCode { get; init; } = "";
    public string MemberName { get; init; } = "";
    public string Standing { get; init; } = "";
    public string Since { get; init; } = "";
    public string? Until { get; init; }
    public string Membership { get; init; } = "";
    public int Certainty { get; init; }
}
