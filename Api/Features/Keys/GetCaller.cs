using MediatR;
using Microsoft.Extensions.Options;
using Registry.Api.Access;
using Registry.Api.Access.Quotas;
using Registry.Domain.Access;

namespace Registry.Api.Features.Keys;

/// <summary>Get the caller.</summary>
/// <remarks>Says who the registry takes the caller for, and what the caller may do. Without key or token, the caller is anonymous.</remarks>
public sealed record GetCaller : IRequest<CallerModel>;

/// <summary>The caller of a request.</summary>
public sealed record CallerModel
{
    /// <summary>The label of the key or the name in the token, which the history shows as the actor; anonymous without either.</summary>
    public required string Name { get; init; }

    /// <summary>The way in which the caller was authenticated.</summary>
    public required CallerCredentials Credentials { get; init; }

    /// <summary>The id of the key, or <c>token:</c> with the subject of the token (claim sub).</summary>
    public string? KeyId { get; init; }

    /// <summary>The role; each one includes those before it. Absent for a token that grants none.</summary>
    public Role? Role { get; init; }

    /// <summary>The forums whose records the caller may write; absent when all.</summary>
    public IReadOnlyList<string>? Forums { get; init; }

    /// <summary>The collections that the caller may write; absent when all.</summary>
    public IReadOnlyList<string>? Collections { get; init; }

    /// <summary>The time from which the key or token is refused, in UTC; absent when it does not expire.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>The quotas of the caller, and what is left of them; absent when the caller has none.</summary>
    public QuotaModel? Quota { get; init; }
}

/// <summary>
/// The quotas of a caller, in units: a response from the cache and a 304 cost 1, a record 2, a page of a list 5, a whole list 50
/// and more by its size.
/// </summary>
public sealed record QuotaModel
{
    /// <summary>The tier of the key or token; absent for an anonymous caller.</summary>
    public QuotaTier? Tier { get; init; }

    /// <summary>The units that the caller can use at once.</summary>
    public required int Burst { get; init; }

    /// <summary>The units that the caller regains in a second, up to a burst.</summary>
    public required int PerSecond { get; init; }

    /// <summary>The units that the caller can use now.</summary>
    public required long LeftAtOnce { get; init; }

    /// <summary>The units that the caller can use in a day (UTC), at all servers of the registry together.</summary>
    public required long PerDay { get; init; }

    /// <summary>The units that the caller can use until the end of the day.</summary>
    public required long LeftToday { get; init; }

    /// <summary>The end of the day, in UTC.</summary>
    public required DateTimeOffset DayEnds { get; init; }

    internal static QuotaModel? Of(QuotaCharge? charge) =>
        charge is null
            ? null
            : new QuotaModel
            {
                Tier = charge.Tier,
                Burst = charge.Quota.Burst,
                PerSecond = charge.Quota.PerSecond,
                LeftAtOnce = charge.LeftAtOnce,
                PerDay = charge.Quota.PerDay,
                LeftToday = charge.LeftToday,
                DayEnds = charge.DayEnds,
            };
}

/// <summary>The way in which a caller was authenticated.</summary>
public enum CallerCredentials
{
    /// <summary>Neither key nor token.</summary>
    None,

    /// <summary>An API key.</summary>
    Key,

    /// <summary>A bearer token.</summary>
    Token,
}

internal sealed class GetCallerHandler(CurrentCaller current, IOptions<AccessSettings> settings)
    : IRequestHandler<GetCaller, CallerModel>
{
    public Task<CallerModel> Handle(GetCaller request, CancellationToken cancellationToken)
    {
        var caller = current.Caller;
        return Task.FromResult(
            caller is null
                ? new CallerModel
                {
                    Name = "anonymous",
                    Credentials = CallerCredentials.None,
                    Role = settings.Value.Reads == ReadAccess.Open ? Role.Reader : null,
                    Quota = QuotaModel.Of(current.Quota),
                }
                : new CallerModel
                {
                    Name = caller.Name,
                    Credentials = caller.ByToken ? CallerCredentials.Token : CallerCredentials.Key,
                    KeyId = caller.KeyId,
                    Role = caller.Role,
                    Forums = caller.Scope.Forums?.Order().ToArray(),
                    Collections = caller.Scope.Collections?.Order().ToArray(),
                    Expires = caller.Expires,
                    Quota = QuotaModel.Of(current.Quota),
                }
        );
    }
}
