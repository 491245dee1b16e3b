using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Registry.Api.Tests.Contract;

/// <summary>Breaks a request in its parameters, headers, body, path or method.</summary>
internal sealed class Breaking(
    FuzzedRequest request,
    Random random,
    IReadOnlyList<string> cursors,
    IReadOnlyDictionary<string, string[]> ids
)
{
    /// <summary>The broken values for a parameter, a header or a member, percent-encoded.</summary>
    private static readonly string[] Hostile =
    [
        "",
        "%20",
        "%00",
        "a%00b",
        "%01%1F",
        "%0D%0AX-Injected:%201",
        "%7F",
        "%ED%A0%80",
        "%ED%B0%80x",
        "%FF%FE",
        "%C0%AF",
        "%E2%80%AE%D7%90%D7%91",
        "%EF%BF%BD",
        "%EF%BB%BFx",
        "e%CC%81",
        "%C4%B0",
        "%F0%9F%87%B0%F0%9F%87%BF",
        "%",
        "%2",
        "%zz",
        "%25",
        "_",
        "*",
        ",",
        ",,,",
        "a,,b",
        "+",
        "-",
        "--id",
        "-id",
        "id,-id",
        "id,id,id,id",
        "nonsense",
        "null",
        "true",
        "TRUE",
        "1",
        "0",
        "-1",
        "1.5",
        "1e308",
        "NaN",
        "0x10",
        "%D9%A3",
        "2147483648",
        "-2147483649",
        "9223372036854775807",
        "-9223372036854775808",
        "99999999999999999999",
        "0000",
        "0001",
        "0001-01-01",
        "9999-12-31",
        "10000",
        "-0001",
        "2022-02-30",
        "2022-13",
        "2022-00",
        "2100-02-29",
        "1992-05-15T00:00",
        "0001-01-01T00:00:00Z",
        "0001-01-01T00:00:00%2B14:00",
        "9999-12-31T23:59:59.9999999Z",
        "9999-12-31T23:59:59-14:00",
        "2026-06-30T24:00:00Z",
        "2026-06-30T12:00:60Z",
        "..",
        "..%2F..%2Fetc%2Fpasswd",
        "%27%20OR%201=1%20--",
        "%22;DROP%20TABLE%20Forum;--",
        "%3Cscript%3E",
        "%5B%5D",
        "%7B%7D",
        "%7B%22q0%22:%7B%7D%7D",
        "csv",
        "xlsx",
        "ndjson",
        "ics",
        "atom",
        "claims",
        "kk",
        "zz-ZZ",
        "en-x-private",
    ];

    private static readonly string[] Words =
    [
        "sort",
        "format",
        "fields",
        "expand",
        "lang",
        "limit",
        "cursor",
        "count",
        "bom",
        "knownAt",
        "changedSince",
        "deleted",
        "version",
        "on",
        "from",
        "until",
        "forum",
        "kind",
        "unknown",
        "%00",
        "",
        "Sort",
        "LIMIT",
        "items[0]",
        "__proto__",
    ];

    private static readonly Dictionary<string, string[]> HeaderValues = new()
    {
        ["If-Match"] =
        [
            "\"1\"",
            "W/\"1\"",
            "\"",
            "\"\"",
            "*, \"1\"",
            "\"999999999999999999999\"",
            "\"-1\"",
            "nonsense",
        ],
        ["If-None-Match"] = ["*", "\"1\"", "W/\"1\"", "\"", "\"1\",, \"2\"", "W/\"\u0080\"", "nonsense"],
        ["Accept"] =
        [
            "*/*;q=0",
            "text/html",
            "application/json;q=2",
            ";;;",
            "text/csv",
            "application/x-ndjson",
            "application/*",
            "application/json;profile=\"",
            "text/calendar",
            "application/atom+xml",
            "text/event-stream",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ],
        ["Accept-Language"] =
        [
            "ru",
            "*",
            "kk;q=0",
            "en;q=nonsense",
            "zh-Hant-HK-x-a-b-c",
            "-",
            "en-US-en-US",
            "\u0661",
        ],
        ["Accept-Encoding"] = ["gzip", "br", "zstd", "identity;q=0", "*;q=0", "gzip;q=nonsense", "gzip, br;q=0.5"],
        ["Content-Type"] =
        [
            "application/json",
            "application/json; charset=utf-16",
            "application/json; charset=iso-8859-1",
            "application/json; charset=\"",
            "application/merge-patch+json",
            "application/x-ndjson",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "multipart/form-data",
            "text/csv",
            "text/csv; charset=windows-1251",
            "text/csv; header=absent",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/xml",
            "nonsense",
            "",
        ],
        ["Content-Encoding"] = ["gzip", "br", "deflate", "zstd", "identity", "gzip, gzip", "nonsense", ""],
        ["Idempotency-Key"] = ["fuzz-same", "", "\"quoted\"", "a b", "\u0080\u00FF"],
        ["Range"] = ["bytes=0-5", "bytes=-1", "bytes=9-1", "bytes=0-0,2-3", "items=1", "nonsense"],
        ["Prefer"] =
        [
            "wait=0",
            "wait=-1",
            "wait=99999999999",
            "return=minimal",
            "respond-async",
            "wait=1;wait",
            "=",
            "",
        ],
        ["Last-Event-ID"] = ["1", "-1", "99999999999999999999", "nonsense", ""],
        ["X-Api-Key"] = ["", "nonsense", $"reg_{new string('0', 49)}"],
        ["Authorization"] = ["Bearer x", "Bearer a.b.c", "Basic", "Bearer", "Basic Og=="],
        ["Origin"] = ["null", "https://elsewhere.example", "nonsense"],
        ["X-Forwarded-For"] = ["nonsense", "::1, 1.2.3.4", "1.2.3.4:99999"],
        ["X-Forwarded-Host"] = ["elsewhere.example", "a b", "\u0080"],
        ["traceparent"] = ["00-0-0-00", "nonsense", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"],
        ["If-Modified-Since"] = ["nonsense", "Mon, 01 Jan 0001 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT"],
    };

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private static readonly JsonDocumentOptions Once = new() { AllowDuplicateProperties = false };

    private static readonly string[] Methods =
    [
        "HEAD",
        "OPTIONS",
        "GET",
        "POST",
        "PUT",
        "PATCH",
        "DELETE",
        "TRACE",
        "QUERY",
        "NONSENSE",
    ];

    public void BreakSomething()
    {
        switch (random.Next(request.Body is null ? 12 : 20))
        {
            case < 6:
                BreakQuery();
                break;
            case < 9:
                BreakHeader();
                break;
            case < 11:
                BreakPath();
                break;
            case 11:
                request.Method = Pick(Methods);
                request.IsElsewhere = true;
                Note($"method {request.Method}");
                break;
            default:
                BreakBody();
                break;
        }
    }

    private T Pick<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];

    private void Note(string what) => request.Breaks.Add(what.Length > 100 ? $"{what[..100]}…" : what);

    /// <summary>A percent-encoded value that is hardly right anywhere.</summary>
    private string HostileValue() =>
        random.Next(12) switch
        {
            // Within the limit of the request line, and beyond it.
            0 => new string(Pick(['a', '9', ',', '-', '.']), random.Next(101, 7_000)),
            1 when random.Next(4) == 0 => new string('a', 10 * 1024),
            _ => Pick(Hostile),
        };

    private void BreakQuery()
    {
        var query = request.Query;
        var known = request.Operation.Parameters("query").Keys.ToArray();
        var what = random.Next(8);
        if (known.Contains("cursor") && cursors.Count > 0 && what < 2)
        {
            var cursor = Pick(cursors);
            Add("cursor", what == 0 ? cursor : Flipped(cursor));
        }
        else if (query.Count > 0 && what == 2)
        {
            var (name, value) = Pick(query);
            Add(name, random.Next(2) == 0 ? value : HostileValue());
        }
        else if (query.Count > 0 && what < 5)
        {
            var at = random.Next(query.Count);
            query[at] = (query[at].Name, HostileValue());
            Note($"{query[at].Name}={query[at].Value}");
        }
        else if (query.Count > 0 && what == 5)
        {
            var at = random.Next(query.Count);
            Note($"without {query[at].Name}");
            query.RemoveAt(at);
        }
        else
        {
            Add(known.Length > 0 && random.Next(4) > 0 ? Pick(known) : Pick(Words), HostileValue());
        }

        void Add(string name, string value)
        {
            query.Add((name, value));
            Note($"{name}={value}");
        }
    }

    private string Flipped(string cursor)
    {
        var signs = cursor.ToCharArray();
        var at = random.Next(signs.Length);
        var flipped = (char)(signs[at] ^ (1 << random.Next(6)));
        signs[at] = char.IsAsciiLetterOrDigit(flipped) || flipped is '-' or '_' ? flipped : 'A';
        return new string(signs);
    }

    private void BreakHeader()
    {
        var known = request
            .Operation.Parameters("header")
            .Keys.Where(name => name != "X-Reason" && HeaderValues.ContainsKey(name))
            .ToArray();
        var name = known.Length > 0 && random.Next(3) == 0 ? Pick(known) : Pick([.. HeaderValues.Keys]);
        var value = random.Next(8) switch
        {
            0 => new string(Pick(['a', '"', ',', '*']), random.Next(4) == 0 ? 33_000 : 10 * 1024),
            1 => Pick(["\u0001", "a\tb", "\u00ED\u00A0\u0080", "\u00E2\u0080\u00AE", "\u00FF\u00FE", "\u007F"]),
            _ => Pick(HeaderValues[name]),
        };
        if (random.Next(4) > 0)
        {
            request.Headers.RemoveAll(header => header.Name == name);
        }

        if (name == "Content-Type")
        {
            request.MediaType = value;
        }
        else if (random.Next(8) > 0)
        {
            request.Headers.Add((name, value));
        }

        Note($"{name}: {value}");
    }

    private void BreakPath()
    {
        var segments = request.Path.Split('/');
        var at = random.Next(2, Math.Max(segments.Length, 3));
        if (segments.Length <= at)
        {
            return;
        }

        var was = segments[at];
        segments[at] = random.Next(12) switch
        {
            0 => HostileValue(),
            1 => $"{was}%2F{was}",
            2 => Pick([".", "..", "%2e%2e", "%2E", "...", "..%5c"]),
            3 => was.ToUpperInvariant(),
            4 => was.ToLowerInvariant(),
            5 => new string('a', random.Next(101, 9_000)),
            6 => $"{was}/",
            7 => $"{was}/{Pick(Hostile)}",
            8 => $"{was}{Pick([";x=1", ".json", ":", "%20", "%00", "%2500", "~", "%23", "%3F"])}",
            9 => $"/{was}",
            _ => Pick(Pick([.. ids.Values])),
        };
        request.Path = string.Join('/', segments);
        request.IsElsewhere = true;
        Note($"path {request.Path}");
    }

    private void BreakBody()
    {
        var body = request.Body!;
        var node = Parsed(body);
        switch (random.Next(node is null ? 4 : 12))
        {
            case 0:
                request.Body = body[..random.Next(body.Length + 1)];
                Note("body cut");
                break;
            case 1 when body.Length > 0:
                body = [.. body];
                body[random.Next(body.Length)] ^= (byte)(1 << random.Next(8));
                request.Body = body;
                Note("bit of the body");
                break;
            case 2:
                Encode(body);
                break;
            case 3:
                request.Body = Pick<byte[]>([
                    [],
                    [.. body, .. "}"u8],
                    [.. body, .. body],
                    "null"u8.ToArray(),
                    "[]"u8.ToArray(),
                    "\"text\""u8.ToArray(),
                    [.. "/* c */"u8, .. body],
                    [0],
                    Encoding.UTF8.GetBytes(Deep(random.Next(2) == 0 ? 100 : 20_000)),
                    Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat("0", 50_000))}]"),
                    Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{}\n", 2_000))),
                ]);
                Note("another body");
                break;
            case 4 when node is { Count: > 0 }:
                // JsonObject cannot have a member twice.
                var doubled = Pick(node.ToArray());
                var text = Encoding.UTF8.GetString(body);
                request.Body = Encoding.UTF8.GetBytes(
                    $"{{{JsonSerializer.Serialize(doubled.Key)}:{doubled.Value?.ToJsonString() ?? "null"},{text[(text.IndexOf('{') + 1)..]}"
                );
                Note($"{doubled.Key} twice");
                break;
            case var _ when node is not null:
                BreakMember(node);
                break;
        }
    }

    private static JsonObject? Parsed(byte[] body)
    {
        try
        {
            var members = JsonNode.Parse(Strict.GetString(body), null, Once) as JsonObject;

            // Names and texts are read now: lone surrogates show only then.
            _ = members is null ? 0 : Places(members).Sum(place => place.ToString().Length);
            return members;
        }
        catch (Exception unreadable)
            when (unreadable is JsonException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private void Encode(byte[] body)
    {
        var text = Encoding.UTF8.GetString(body);
        var how = random.Next(9);
        request.Body = how switch
        {
            0 => [.. Encoding.UTF8.Preamble, .. body],
            1 => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)],
            2 => Encoding.Unicode.GetBytes(text),
            3 => [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(text)],
            4 => Encoding.UTF32.GetBytes(text),
            5 => Encoding.Latin1.GetBytes(text.Replace('e', 'é')),
            6 => [.. body[..(body.Length / 2)], 0xED, 0xA0, 0x80, .. body[(body.Length / 2)..]],
            7 => Compressed(body),
            _ => [.. Compressed(body).SkipLast(random.Next(1, 12))],
        };
        if (how >= 7)
        {
            request.Headers.RemoveAll(header => header.Name == "Content-Encoding");
            request.Headers.Add(("Content-Encoding", "gzip"));
        }

        Note($"encoding {how}");
    }

    private static byte[] Compressed(byte[] body)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
        {
            gzip.Write(body);
        }

        return bytes.ToArray();
    }

    private static string Deep(int levels) =>
        string.Concat(Enumerable.Repeat("{\"a\":[", levels)) + string.Concat(Enumerable.Repeat("]}", levels));

    private void BreakMember(JsonNode body)
    {
        var places = Places(body).ToArray();
        if (places.Length == 0)
        {
            return;
        }

        var place = Pick(places);
        var name = place.GetPath();
        var parent = place.Parent!;
        if (parent is JsonObject members && random.Next(4) == 0)
        {
            var key = place.GetPropertyName();
            var value = place.DeepClone();
            members.Remove(key);
            if (random.Next(2) == 0)
            {
                members[Pick([$"{key}2", key.ToUpperInvariant(), "", "$ref", "version", "recordedAt", "\0"])] = value;
            }

            Note($"{name} removed or renamed");
        }
        else
        {
            var instead = Instead(place);
            place.ReplaceWith(instead);
            Note($"{name} as {instead?.ToJsonString() ?? "null"}");
        }

        request.Body = Encoding.UTF8.GetBytes(
            // The writer knows no lone surrogates.
            body.ToJsonString().Replace("LONE-SURROGATE", "\\uD800", StringComparison.Ordinal)
        );
    }

    private JsonNode? Instead(JsonNode place) =>
        random.Next(14) switch
        {
            0 => null,
            1 => new JsonObject(),
            2 => new JsonArray(),
            3 => JsonValue.Create(Pick([-1, 0, int.MaxValue, long.MinValue])),
            4 => JsonNode.Parse(Pick(["1e400", "-0.0", "0.1", "99999999999999999999999999", "1E-400"])),
            5 => JsonValue.Create(random.Next(2) == 0),
            6 => new JsonArray([.. Enumerable.Range(0, Pick([2, 51, 2_000])).Select(_ => place.DeepClone())]),
            7 => JsonNode.Parse(Deep(Pick([3, 25]))),
            8 => JsonValue.Create(new string(Pick(['a', '\u0301', '9']), Pick([101, 501, 2_001, 30_000]))),
            9 => JsonValue.Create(Pick(["LONE-SURROGATE", "\0", "a\u0001b", "\u202Ea", "\uFFFD", "\u2028", " ", ""])),
            10 => JsonValue.Create(Pick(Pick([.. ids.Values]))),
            11 => new JsonObject { ["kind"] = "state", ["code"] = "ZZZ" },
            _ => JsonValue.Create(Uri.UnescapeDataString(Pick(Hostile))),
        };

    private static IEnumerable<JsonNode> Places(JsonNode node) =>
        node switch
        {
            JsonObject members => members.Select(member => member.Value).OfType<JsonNode>(),
            JsonArray items => items.OfType<JsonNode>(),
            _ => [],
        }
            is var inside
            ? inside.Concat(inside.SelectMany(Places))
            : [];
}
