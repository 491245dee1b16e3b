using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Registry.Infrastructure.Database;

namespace Registry.Api.Http;

/// <summary>Versions of records as strong entity tags (RFC 9110): version 3 is <c>"3"</c>.</summary>
internal static class Conditions
{
    public static EntityTagHeaderValue TagOf(int version) =>
        new($"\"{version.ToString(CultureInfo.InvariantCulture)}\"");

    /// <summary>The tag of an answer that no version stands for: good for reading again, never for a change.</summary>
    public static EntityTagHeaderValue WeakTagOf(string body) => WeakTagOf(Encoding.UTF8.GetBytes(body));

    /// <inheritdoc cref="WeakTagOf(string)"/>
    public static EntityTagHeaderValue WeakTagOf(ReadOnlySpan<byte> body) =>
        new($"\"{Convert.ToHexStringLower(SHA256.HashData(body)[..8])}\"", isWeak: true);

    public static ExpectedVersion Expected(IEnumerable<EntityTagHeaderValue> tags)
    {
        var versions = new List<int>();
        foreach (var tag in tags)
        {
            if (tag.Equals(EntityTagHeaderValue.Any))
            {
                return ExpectedVersion.Any;
            }

            // A weak tag never matches a condition on a change, and a tag we never gave matches nothing.
            if (
                !tag.IsWeak
                && int.TryParse(
                    tag.Tag.AsSpan().Trim('"'),
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var version
                )
                && tag.Equals(TagOf(version))
            )
            {
                versions.Add(version);
            }
        }

        return new ExpectedVersion(versions);
    }

    /// <summary>True when the caller holds the representation already (If-None-Match, weak comparison).</summary>
    public static bool Holds(HttpRequest request, EntityTagHeaderValue current)
    {
        var held = request.Headers.IfNoneMatch;
        return held.Count > 0 && (held is [{ } one] && one == current.ToString() || IsAmong(held, current));
    }

    private static bool IsAmong(StringValues held, EntityTagHeaderValue current) =>
        EntityTagHeaderValue.TryParseList(held.OfType<string>().ToList(), out var tags)
        && tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(current, useStrongComparison: false));
}
