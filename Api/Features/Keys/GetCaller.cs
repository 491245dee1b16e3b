using MediatR;
using Microsoft.Extensions.Options;
using Registry.Api.Access;
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
                }
        );
    }
}
