using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Access;

/// <summary>Makes bearer tokens, and the settings under which the program takes them.</summary>
internal static class TestTokens
{
    private const string Issuer = "dotnet-user-jwts";
    private const string Audience = "http://localhost:5080";

    private static readonly byte[] Secret = SHA256.HashData("a signing key of tests"u8);

    /// <summary>The settings as <c>dotnet user-jwts</c> writes them.</summary>
    public static (string Name, string Value)[] Settings =>
        [
            ("Authentication:Schemes:Bearer:ValidIssuer", Issuer),
            ("Authentication:Schemes:Bearer:ValidAudiences:0", Audience),
            ("Authentication:Schemes:Bearer:SigningKeys:0:Issuer", Issuer),
            ("Authentication:Schemes:Bearer:SigningKeys:0:Value", Convert.ToBase64String(Secret)),
        ];

    /// <summary>The claims of an editor.</summary>
    public static JsonObject Editor() => new() { ["roles"] = new JsonArray("registry-editor") };

    /// <summary>A token that expired two minutes ago.</summary>
    public static string Expired() =>
        Of(Editor(), expires: RegistryApp.Today.ToDateTime(new TimeOnly(11, 58), DateTimeKind.Utc));

    public static string Of(
        JsonObject claims,
        string issuer = Issuer,
        string audience = Audience,
        string algorithm = "HS256",
        byte[]? key = null,
        DateTime? from = null,
        DateTime? expires = null
    )
    {
        var now = RegistryApp.Today.ToDateTime(new TimeOnly(12, 0), DateTimeKind.Utc);
        var payload = claims.DeepClone().AsObject();
        payload["iss"] = issuer;
        payload["aud"] = audience;
        payload["sub"] = "subject-1";
        payload["nbf"] = Seconds(from ?? now.AddHours(-1));
        payload["exp"] = Seconds(expires ?? now.AddHours(1));
        var signed = $"{Encoded(new JsonObject { ["alg"] = algorithm, ["typ"] = "JWT" })}.{Encoded(payload)}";
        var bytes = Encoding.ASCII.GetBytes(signed);
        var signature = algorithm switch
        {
            "none" => [],
            "HS512" => HMACSHA512.HashData(key ?? Secret, bytes),
            _ => HMACSHA256.HashData(key ?? Secret, bytes),
        };
        return $"{signed}.{WebEncoders.Base64UrlEncode(signature)}";
    }

    private static long Seconds(DateTime time) => new DateTimeOffset(time).ToUnixTimeSeconds();

    private static string Encoded(JsonObject part) =>
        WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(part.ToJsonString()));
}
