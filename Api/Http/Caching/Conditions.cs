using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Mapping;

namespace Registry.Api.Http.Caching;

/// <summary>
/// Entity tags and conditional requests (RFC 9110). Version 3 of a record is <c>"3"</c>; with its name in French it is
/// <c>"3-fr"</c>, which is equally valid for a write.
/// </summary>
internal static partial class Conditions
{
    public static EntityTagHeaderValue TagOf(int version) =>
        new($"\"{version.ToString(CultureInfo.InvariantCulture)}\"");

    /// <summary>The entity tag of a record in the languages of its name.</summary>
    public static EntityTagHeaderValue TagOf(StoredRecord stored) =>
        stored.Languages is null
            ? TagOf(stored.Version)
            : new(string.Create(CultureInfo.InvariantCulture, $"\"{stored.Version}-{stored.Languages}\""));

    /// <summary>
    /// The weak entity tag of a response that is not one version of a record: valid for reads, never for writes.
    /// </summary>
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

            // A weak tag never matches If-Match (RFC 9110, 13.1.1), nor does a tag that the registry never issued.
            if (
                !tag.IsWeak
                && Version().Match(tag.Tag.Value!) is { Success: true } match
                && int.TryParse(
                    match.Groups["version"].ValueSpan,
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var version
                )
            )
            {
                versions.Add(version);
            }
        }

        return new ExpectedVersion(versions);
    }

    /// <summary>True when the client has the representation already (If-None-Match, weak comparison).</summary>
    public static bool Holds(HttpRequest request, EntityTagHeaderValue current)
    {
        var held = request.Headers.IfNoneMatch;
        return held.Count > 0 && (held is [{ } one] && one == current.ToString() || IsAmong(held, current));
    }

    [GeneratedRegex("^\"(?<version>0|[1-9][0-9]{0,9})(-[a-z]{2,3}[a-z0-9.-]*)?\"\\z")]
    private static partial Regex Version();

    private static bool IsAmong(StringValues held, EntityTagHeaderValue current) =>
        EntityTagHeaderValue.TryParseList(held.OfType<string>().ToList(), out var tags)
        && tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(current, useStrongComparison: false));
}
