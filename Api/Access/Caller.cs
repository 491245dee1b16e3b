using Registry.Api.Access.Quotas;
using Registry.Domain.Access;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Api.Access;

/// <summary>The authenticated caller of a request.</summary>
/// <param name="Name">The label of the key or the name in the token: the actor in history and change log.</param>
/// <param name="KeyId">The id of the key, or <c>token:</c> with the subject of the token.</param>
/// <param name="Role">The role; null for a token that grants none.</param>
/// <param name="Scope">The records that an editor may write.</param>
/// <param name="Tier">The quota tier.</param>
/// <param name="Expires">The time from which the key or token is refused, in UTC; null for never.</param>
/// <param name="ByToken">True when the caller has a token, false when it has a key.</param>
internal sealed record Caller(
    string Name,
    string KeyId,
    Role? Role,
    WriteScope Scope,
    QuotaTier Tier,
    DateTimeOffset? Expires,
    bool ByToken = false
)
{
    /// <summary>The caller of a request; null when it is not authenticated, or was not asked to be.</summary>
    public static Caller? Of(HttpContext context) => context.Features.Get<Caller>();
}

/// <summary>The caller of the current request.</summary>
internal sealed class CurrentCaller
{
    /// <summary>The caller; null when it is not authenticated, or was not asked to be.</summary>
    public Caller? Caller { get; set; }

    /// <summary>The quotas of the caller; null when it has none.</summary>
    public QuotaCharge? Quota { get; set; }
}

/// <summary>The reason why the credentials of a request were refused.</summary>
/// <param name="Detail">A sentence for the caller. It does not repeat the credentials.</param>
internal sealed record RefusedCredentials(string Detail);
