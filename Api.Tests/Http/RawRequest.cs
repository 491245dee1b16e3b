using System.Net.Sockets;
using System.Text;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Http;

/// <summary>Sends what a client library would not let through: lines as they are, byte for byte.</summary>
internal static class RawRequest
{
    /// <summary>The status line and the headers of the answer, and its body, as they came.</summary>
    public static async Task<string> SendRawAsync(this RegistryApp app, params string[] lines)
    {
        using var client = app.WithoutKey();
        using var socket = new TcpClient();
        await socket.ConnectAsync(client.BaseAddress!.Host, client.BaseAddress.Port);
        await using var stream = socket.GetStream();
        string[] head = [.. lines, "Host: registry.example", "Connection: close", "", ""];
        await stream.WriteAsync(Encoding.UTF8.GetBytes(string.Join("\r\n", head)));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }

    public static int StatusOf(string answer) => int.Parse(answer.Split(' ')[1], null);
}
