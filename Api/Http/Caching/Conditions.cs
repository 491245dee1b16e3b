using System.Diagnostics.CodeAnalysis;
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
/// <c>"3-fr"</c>, and compressed <c>"3-gzip"</c> or <c>"3-fr-brotli"</c>. All of them are equally valid for a write.
/// </summary>
/// <remarks>
/// Each content coding has a strong entity tag of its own, because its bytes differ (RFC 9110, 8.8.3). A condition accepts
/// any of them: they are one version, and the coding that the client holds is as current as every other one. The suffix of br
/// is "brotli", because <c>"3-br"</c> is the version with its name in Breton.
/// </remarks>
internal static partial class Conditions
{
    private const string Gzip = "-gzip";
    private const string Brotli = "-brotli";

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

    /// <summary>The entity tag of the same response in a content coding; a weak one is that of all codings.</summary>
    public static EntityTagHeaderValue Coded(EntityTagHeaderValue tag, string coding) =>
        tag.IsWeak ? tag : new EntityTagHeaderValue(Coded(tag.Tag.Value!, coding));

    /// <inheritdoc cref="Coded(EntityTagHeaderValue, string)"/>
    public static string Coded(string tag, string coding) =>
        SuffixOf(coding) is not { } suffix || tag is not ['"', .., '"'] || EndsWith(tag, suffix)
            ? tag
            : $"{tag.AsSpan(0, tag.Length - 1)}{suffix}\"";

    /// <summary>The entity tag without the suffix of a content coding.</summary>
    public static EntityTagHeaderValue Uncoded(EntityTagHeaderValue tag) =>
        tag.IsWeak || Without(tag.Tag.Value!) is not { } plain ? tag : new EntityTagHeaderValue(plain);

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
    public static bool Holds(HttpRequest request, EntityTagHeaderValue current) => Held(request, current) is not null;

    /// <summary>
    /// The entity tag of the representation that the client has already, in whichever coding; null when it has none. A
    /// response 304 names it, so that a cache finds what it stored under that tag (RFC 9111, 4.3.4).
    /// </summary>
    public static string? Held(HttpRequest request, EntityTagHeaderValue current)
    {
        var held = request.Headers.IfNoneMatch;
        if (held.Count == 0)
        {
            return null;
        }

        var tag = current.ToString();
        return held is [{ } one] && one == tag ? tag : Among(held, current, tag);
    }

    /// <summary>True when the client names this entity tag, not just any one.</summary>
    public static bool Names(HttpRequest request, EntityTagHeaderValue current)
    {
        var held = request.Headers.IfNoneMatch;
        return held.Count > 0
            && (
                held is [{ } one] && one == current.ToString()
                || TryParse(held, out var tags)
                    && tags.Any(tag =>
                        !tag.Equals(EntityTagHeaderValue.Any) && tag.Compare(current, useStrongComparison: false)
                    )
            );
    }

    /// <summary>True when the condition names any entity tag, with an asterisk.</summary>
    public static bool NamesAny(HttpRequest request) =>
        request.Headers.IfNoneMatch is { Count: > 0 } held
        && TryParse(held, out var tags)
        && tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any));

    [GeneratedRegex("^\"(?<version>0|[1-9][0-9]{0,9})(-[a-z]{2,3}([.-][a-z0-9.-]*)?)?(-gzip|-brotli)?\"\\z")]
    private static partial Regex Version();

    private static bool TryParse(StringValues held, [NotNullWhen(true)] out IList<EntityTagHeaderValue>? tags) =>
        EntityTagHeaderValue.TryParseList(held.OfType<string>().ToList(), out tags);

    private static string? Among(StringValues held, EntityTagHeaderValue current, string tag)
    {
        if (!TryParse(held, out var tags))
        {
            return null;
        }

        var plain = Uncoded(current);
        var match = tags.FirstOrDefault(each =>
            each.Equals(EntityTagHeaderValue.Any) || Uncoded(each).Compare(plain, useStrongComparison: false)
        );
        return match is null ? null
            : match.IsWeak || match.Equals(EntityTagHeaderValue.Any) || current.IsWeak ? tag
            : match.ToString();
    }

    private static string? SuffixOf(string coding) =>
        coding switch
        {
            "gzip" => Gzip,
            "br" => Brotli,
            _ => null,
        };

    private static string? Without(string tag) =>
        EndsWith(tag, Gzip) ? $"{tag.AsSpan(0, tag.Length - Gzip.Length - 1)}\""
        : EndsWith(tag, Brotli) ? $"{tag.AsSpan(0, tag.Length - Brotli.Length - 1)}\""
        : null;

    private static bool EndsWith(string tag, string suffix) =>
        tag.AsSpan(0, tag.Length - 1).EndsWith(suffix, StringComparison.Ordinal);
}
