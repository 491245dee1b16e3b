using System.Net.Sockets;
using System.Text;
using Registry.Api.Tests.Search;
using Registry.Api.Tests.Support;
using Registry.Infrastructure.Records.Models;
using static Registry.Api.Tests.Search.SearchScenes;

namespace Registry.Api.Tests.Http;

/// <summary>Addresses whose letters came over the line as they were typed, without percent-encoding.</summary>
public sealed class AddressesAsTyped(Engine engine) : RegistryTest(engine)
{
    [SetUp]
    public async Task A_state_with_a_name_in_Russian() =>
        await App.EstablishStateAsync(
            "KAZ",
            Named("Kazakhstan", kind: "short"),
            Named("Казахстан", "ru", kind: "short")
        );

    [Test]
    public async Task They_are_answered_as_the_encoded_ones()
    {
        var typed = await SendAsync(Encoding.UTF8.GetBytes(Request("GET /v1/search?q=казахстан&types=states")));
        var encoded = await App.ReadAsync(
            "/v1/search?q=%D0%BA%D0%B0%D0%B7%D0%B0%D1%85%D1%81%D1%82%D0%B0%D0%BD&types=states"
        );

        Assert.That(typed, Does.StartWith("HTTP/1.1 200"));
        Assert.That(typed, Does.Contain(encoded.ToJsonString(RegistryJson.Options)));
    }

    [Test]
    public async Task A_line_that_comes_in_pieces_is_one_line()
    {
        var request = Encoding.UTF8.GetBytes(Request("GET /v1/search?q=казахстан"));

        // The first piece is all ASCII, and the second one ends within a letter.
        var typed = await SendAsync(request[..10], request[10..20], request[20..21], request[21..40], request[40..]);

        Assert.That(typed, Does.StartWith("HTTP/1.1 200").And.Contains("\"KAZ\""));
    }

    [Test]
    public async Task What_follows_the_first_line_stays_as_it_is()
    {
        var body = Encoding.UTF8.GetBytes("""{"queries":[{"name":"Казахстан","types":["states"]}]}""");
        var head = Encoding.UTF8.GetBytes(
            $"POST /v1/match?ключ=1 HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n"
        );

        var refused = await SendAsync([.. head, .. body]);

        Assert.That(refused, Does.StartWith("HTTP/1.1 400").And.Contains("ключ").And.Contains("problem+json"));
    }

    [Test]
    public async Task A_body_that_is_not_ASCII_leaves_the_next_request_alone()
    {
        var body = Encoding.UTF8.GetBytes("""{"queries":[{"name":"Казахстан","types":["states"]}]}""");
        var first = Encoding.UTF8.GetBytes(
            $"POST /v1/match HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n"
        );

        var both = await SendAsync([.. first, .. body, .. Encoding.UTF8.GetBytes(Request("GET /v1/states/KAZ"))]);

        Assert.That(both.Split("HTTP/1.1 200"), Has.Length.EqualTo(3), both);
    }

    [Test]
    public async Task Bytes_that_are_not_UTF_8_are_refused_by_name()
    {
        byte[] request =
        [
            .. Encoding.ASCII.GetBytes("GET /v1/search?q="),
            0xE0,
            0xE1,
            .. Encoding.ASCII.GetBytes(" HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"),
        ];

        var refused = await SendAsync(request);

        Assert.That(refused, Does.StartWith("HTTP/1.1 400").And.Contains("problem+json").And.Contains("\"q\""));
    }

    [Test]
    public async Task Whoever_leaves_after_half_a_line_harms_nobody()
    {
        foreach (var _ in Enumerable.Range(0, 5))
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", App.Http.BaseAddress!.Port);
            await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes("GET /v1/search?q=каз"));
        }

        await App.ReadAsync("/v1/states/KAZ");
    }

    private static string Request(string line) => $"{line} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";

    /// <summary>Everything that comes back for the bytes, sent piece by piece with pauses, so that each is read by itself.</summary>
    private async Task<string> SendAsync(params byte[][] pieces)
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync("127.0.0.1", App.Http.BaseAddress!.Port);
        var stream = client.GetStream();
        foreach (var piece in pieces)
        {
            await stream.WriteAsync(piece);
            await stream.FlushAsync();
            await Task.Delay(pieces.Length > 1 ? 100 : 0);
        }

        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
