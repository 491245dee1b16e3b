using System.Security.Claims;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using Registry.Domain.Access;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Api.Access;

/// <summary>Reads what the holder of a token may do from its claims.</summary>
/// <param name="settings">The names of the claims and roles.</param>
/// <param name="areAccepted">True when an issuer of tokens is configured.</param>
internal sealed class Tokens(IOptions<AccessSettings> settings, bool areAccepted)
{
    private const int MaxNameLength = 100;

    private static readonly string[] NameClaims = ["name", "preferred_username", "azp", "client_id", "sub"];

    /// <summary>The claims with scopes: of OAuth 2.0 (RFC 9068), and of Microsoft Entra ID.</summary>
    private static readonly string[] ScopeClaims = ["scope", "scp"];

    /// <summary>True when an issuer of tokens is configured.</summary>
    public bool AreAccepted => areAccepted;

    /// <summary>The caller with a valid token.</summary>
    public Caller CallerOf(ClaimsPrincipal principal, DateTimeOffset? expires)
    {
        var names = settings.Value.Tokens;
        var granted = ValuesOf(principal, names.RoleClaim).Concat(ScopeClaims.SelectMany(Separated)).ToHashSet();
        Role? role =
            granted.Contains(names.Admin) ? Role.Admin
            : granted.Contains(names.Editor) ? Role.Editor
            : granted.Contains(names.Reader) ? Role.Reader
            : null;
        var name =
            NameClaims.Select(principal.FindFirstValue).FirstOrDefault(value => value is { Length: > 0 }) ?? "token";
        return new Caller(
            name.Length > MaxNameLength ? name[..MaxNameLength] : name,
            // No key has an id with a colon, so a token cannot pass for a key.
            $"token:{principal.FindFirstValue("sub") ?? name}",
            role,
            role == Role.Editor ? new(SetOf(names.CollectionsClaim), SetOf(names.ForumsClaim)) : WriteScope.All,
            TierOf(principal, role),
            expires,
            ByToken: true
        );

        IEnumerable<string> Separated(string claim) =>
            ValuesOf(principal, claim)
                .SelectMany(value => value.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries));

        HashSet<string>? SetOf(string claim) => Separated(claim).ToHashSet() is { Count: > 0 } set ? set : null;
    }

    private QuotaTier TierOf(ClaimsPrincipal principal, Role? role) =>
        Enum.GetValues<QuotaTier>()
            .Where(tier => ValuesOf(principal, settings.Value.Tokens.TierClaim).Contains(Words.Of(tier)))
            .DefaultIfEmpty(role == Role.Admin ? QuotaTier.Unlimited : QuotaTier.Standard)
            .Max();

    /// <summary>The reason why a token was refused, without its content.</summary>
    public static string ReasonOf(Exception? failure) =>
        failure switch
        {
            SecurityTokenExpiredException => "The token has expired.",
            SecurityTokenNotYetValidException => "The token is not valid yet.",
            SecurityTokenInvalidAudienceException => "The token is for another audience.",
            SecurityTokenInvalidIssuerException => "The token is from another issuer.",
            SecurityTokenInvalidAlgorithmException => "The algorithm of the signature is not accepted.",
            SecurityTokenSignatureKeyNotFoundException or SecurityTokenInvalidSignatureException =>
                "The signature of the token is not valid.",
            _ => "The header Authorization has no valid bearer token.",
        };

    /// <summary>The values of a claim. A dot leads into a claim that is a JSON object.</summary>
    private static IEnumerable<string> ValuesOf(ClaimsPrincipal principal, string path)
    {
        var (name, member) = path.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot
            ? (path[..dot], path[(dot + 1)..])
            : (path, null);
        foreach (var claim in principal.FindAll(name))
        {
            if (member is null)
            {
                yield return claim.Value;
                continue;
            }

            foreach (var value in Within(claim.Value, member))
            {
                yield return value;
            }
        }
    }

    private static List<string> Within(string json, string member)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return
                document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty(member, out var values)
                && values.ValueKind == JsonValueKind.Array
                ?
                [
                    .. values
                        .EnumerateArray()
                        .Where(value => value.ValueKind == JsonValueKind.String)
                        .Select(value => value.GetString()!),
                ]
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
