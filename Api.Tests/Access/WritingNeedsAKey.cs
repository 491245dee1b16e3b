using System.Net;
using System.Text;
using Registry.Api.Tests.Http;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Access;

public sealed class WritingNeedsAKey(Engine engine) : UnwrittenTest(engine)
{
    private const string Header = "X-Api-Key";

    private static readonly string[][] KeysThatOpenNothing =
    [
        [],
        [""],
        ["wrong"],
        [RegistryApp.AdminKey[..^1]],
        [RegistryApp.AdminKey + "x"],
        [RegistryApp.AdminKey.ToUpperInvariant()],
        [$"\"{RegistryApp.AdminKey}\""],
        [$"ApiKey {RegistryApp.AdminKey}"],
        ["wrong", RegistryApp.AdminKey],
        [RegistryApp.AdminKey, RegistryApp.AdminKey],
    ];

    [TestCaseSource(typeof(WritingOperation), nameof(WritingOperation.Every))]
    public async Task Without_the_key_nothing_is_written(WritingOperation operation)
    {
        await RefusedAsync(operation, operation.Body is null ? null : Encoding.UTF8.GetBytes(operation.Body));
    }

    [TestCaseSource(typeof(WritingOperation), nameof(WritingOperation.WithBody))]
    public async Task A_stranger_is_not_told_what_is_wrong_with_the_body(WritingOperation operation)
    {
        await RefusedAsync(operation, Encoding.UTF8.GetBytes("{ broken"));
        await RefusedAsync(operation, Encoding.UTF8.GetBytes("<forum/>"), "application/xml");
        await RefusedAsync(operation with { Path = $"{operation.Path}?nonsense=1" }, null);
    }

    [TestCaseSource(typeof(WritingOperation), nameof(WritingOperation.Every))]
    public async Task A_stranger_is_not_told_what_is_on_file(WritingOperation operation)
    {
        var nowhere = operation with { Path = operation.PathToNothing ?? operation.Path };

        await RefusedAsync(nowhere, operation.Body is null ? null : Encoding.UTF8.GetBytes(operation.Body));
    }

    [TestCase(RegistryApp.AdminKey, "wrong")]
    [TestCase("wrong", RegistryApp.AdminKey)]
    [TestCase(RegistryApp.AdminKey, RegistryApp.AdminKey)]
    public async Task Two_keys_on_lines_of_their_own_are_none(string first, string second)
    {
        var answer = await App.SendRawAsync(
            "DELETE /v1/forums/LEAGUE HTTP/1.1",
            "If-Match: *",
            $"{Header}: {first}",
            $"{Header}: {second}"
        );

        Assert.That(RawRequest.StatusOf(answer), Is.EqualTo(401), answer);
        await (await App.GetAsync("/v1/forums/LEAGUE")).OkAsync();
    }

    [TestCase("?api_key=")]
    [TestCase("?X-Api-Key=")]
    public async Task A_key_in_the_address_is_none(string parameter)
    {
        using var stranger = App.WithoutKey();

        using var answer = await stranger.DeleteAsync($"/v1/forums/LEAGUE{parameter}{RegistryApp.AdminKey}");

        await answer.ProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [TestCaseSource(typeof(Negotiation), nameof(Negotiation.Reads))]
    public async Task Whoever_asks_may_read(string path)
    {
        using var stranger = App.WithoutKey();
        foreach (var keys in KeysThatOpenNothing)
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
            {
                var request = new HttpRequestMessage(method, path);
                request.Headers.TryAddWithoutValidation(Header, keys);

                using var answer = await stranger.SendAsync(request);

                Assert.That(
                    answer.StatusCode,
                    Is.EqualTo(HttpStatusCode.OK),
                    $"{method} with {string.Join(", ", keys)}"
                );
            }
        }
    }

    private async Task RefusedAsync(WritingOperation operation, byte[]? body, string? mediaType = null)
    {
        using var stranger = App.WithoutKey();
        var before = await App.QueryAsync<long>("SELECT Sequence FROM ChangeCounter");
        foreach (var keys in KeysThatOpenNothing)
        {
            var request = operation.With(body, mediaType);
            request.Headers.TryAddWithoutValidation(Header, keys);

            using var answer = await stranger.SendAsync(request);

            await answer.ProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
            Assert.That(answer.Headers.WwwAuthenticate.ToString(), Does.StartWith("ApiKey ").And.Contain(Header));
        }

        Assert.That(await App.QueryAsync<long>("SELECT Sequence FROM ChangeCounter"), Is.EqualTo(before));
    }
}
