using System.Net;
using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Contract;

/// <summary>What the address that all others are found from lists.</summary>
public sealed class StartingFromTheIndex(Engine engine) : CatalogueTest(engine)
{
    [TestCase("/v1")]
    [TestCase("/v1/")]
    public async Task It_lists_the_operations_of_the_contract_and_no_others(string path)
    {
        var index = await App.ReadAsync(path);

        var listed = index["collections"]!
            .AsArray()
            .SelectMany(entry => entry!["operations"]!.AsArray())
            .Select(operation => $"{operation!["method"]} {operation["path"]}");
        var described = (await App.ReadAsync("/openapi/v1.json"))["paths"]!
            .AsObject()
            .Where(described => described.Key.StartsWith("/v1/", StringComparison.Ordinal))
            .SelectMany(described =>
                described.Value!.AsObject().Select(item => $"{item.Key.ToUpperInvariant()} {described.Key}")
            );
        Assert.That(listed, Is.EquivalentTo(described));
    }

    [Test]
    public async Task Every_address_that_it_names_is_there()
    {
        var index = await App.ReadAsync("/v1");

        var addresses = index
            .AsObject()
            .Where(member => member.Value is JsonValue)
            .Select(member => (string)member.Value!)
            .Concat(
                index["collections"]!
                    .AsArray()
                    .Where(entry =>
                        entry!["operations"]!
                            .AsArray()
                            .Any(operation =>
                                (string)operation!["method"]! == "GET"
                                && (string)operation["path"]! == (string)entry["path"]!
                            )
                    )
                    .Select(entry => (string)entry!["path"]!)
            )
            .ToArray();
        Assert.That(addresses, Has.Length.GreaterThan(15));
        foreach (var address in addresses)
        {
            using var answer = await App.Http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead);

            // The service for names asks what is searched for.
            var expected = address == "/v1/search" ? HttpStatusCode.BadRequest : HttpStatusCode.OK;
            Assert.That(answer.StatusCode, Is.EqualTo(expected), address);
        }
    }

    [Test]
    public async Task It_is_read_without_a_body_too()
    {
        using var answer = await App.SendAsync(HttpMethod.Head, "/v1");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }
}
