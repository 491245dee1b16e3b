using Registry.Api.Tests.Contract;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Access;

public sealed class ClosingReads(Engine engine) : AccessTest(engine)
{
    protected override (string Name, string Value)[] Settings => [("Access:Reads", "closed")];

    [Test]
    public async Task Nobody_reads_without_a_key()
    {
        using var stranger = App.WithoutKey();
        var operations = Operation.Of(await App.ReadAsync("/openapi/v1.json")).Where(operation => operation.IsRead);
        foreach (var operation in operations)
        {
            using var answer = await stranger.SendAsync(operation.Request());

            await IsUnauthorizedAsync(answer);
        }
    }

    [Test]
    public async Task What_a_reader_was_told_is_not_told_to_a_stranger_after_it()
    {
        await App.PostAsync("/v1/forums", RegistryApp.ForumOf("CICA"));
        var key = (string)(await NewKeyAsync(new { label = "Portal", role = "reader" }))["key"]!;
        using var stranger = App.WithoutKey();
        for (var round = 0; round < 3; round++)
        {
            await (await SendAsync(key, "GET", "/v1/forums/CICA")).OkAsync();
            await (await SendAsync(key, "GET", "/v1/forums")).OkAsync();

            await IsUnauthorizedAsync(await stranger.GetAsync("/v1/forums/CICA"));
            await IsUnauthorizedAsync(await stranger.GetAsync("/v1/forums"));
        }
    }

    [Test]
    public async Task A_reader_reads_and_does_not_write()
    {
        var key = (string)(await NewKeyAsync(new { label = "Portal", role = "reader" }))["key"]!;

        await (await SendAsync(key, "GET", "/v1/forums")).OkAsync();
        await (await SendAsync(key, "POST", "/v1/match", """{"queries":[{"name":"Kazakhstan"}]}""")).OkAsync();
        await IsForbiddenAsync(await SendAsync(key, "POST", "/v1/forums", "{ broken"));
        await IsForbiddenAsync(await SendAsync(key, "GET", "/v1/subscriptions"));
        await IsForbiddenAsync(await SendAsync(key, "GET", "/v1/imports"));
    }

    [Test]
    public async Task The_contract_says_that_reads_need_a_key()
    {
        var contract = await App.ReadAsync("/openapi/v1.json");
        var list = contract["paths"]!["/v1/forums"]!["get"]!;

        Assert.That(list["security"]!.AsArray(), Has.Count.EqualTo(2));
        Assert.That(list["responses"]!["401"], Is.Not.Null);
        Assert.That(list["responses"]!["403"], Is.Not.Null);
    }

    [Test]
    public async Task The_health_of_the_program_and_the_contract_are_open()
    {
        using var stranger = App.WithoutKey();

        foreach (var path in new[] { "/health/live", "/health/ready", "/openapi/v1.json", "/problems/forbidden" })
        {
            using var answer = await stranger.GetAsync(path);

            Assert.That(answer.IsSuccessStatusCode, Is.True, path);
        }
    }
}
