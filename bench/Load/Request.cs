using System.Globalization;
using System.Text;
using Registry.Bench.Servers;

namespace Registry.Bench.Load;

/// <summary>Requests as they go over the wire, written once and sent many times.</summary>
internal static class Request
{
    /// <summary>A question.</summary>
    public static byte[] Get(string path, params (string Name, string Value)[] headers) =>
        Bytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{Lines(headers)}\r\n");

    /// <summary>A correction of a membership.</summary>
    public static byte[] Patch(string path, string body, int version)
    {
        (string, string)[] headers =
        [
            ("X-Api-Key", Product.Key),
            ("If-Match", string.Create(CultureInfo.InvariantCulture, $"\"{version}\"")),
            ("Content-Type", "application/merge-patch+json"),
            ("Content-Length", Encoding.UTF8.GetByteCount(body).ToString(CultureInfo.InvariantCulture)),
        ];
        return Bytes($"PATCH {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{Lines(headers)}\r\n{body}");
    }

    /// <summary>A question with a body.</summary>
    public static byte[] Post(string path, string body, string mediaType) =>
        Bytes(
            string.Create(
                CultureInfo.InvariantCulture,
                $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {mediaType}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"
            )
        );

    private static string Lines((string Name, string Value)[] headers) =>
        string.Concat(headers.Select(header => $"{header.Name}: {header.Value}\r\n"));

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
