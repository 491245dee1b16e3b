using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Http;

/// <summary>Lists of memberships that others change while they are read.</summary>
public sealed class WalkingWhileOthersWrite(Engine engine) : RegistryTest(engine)
{
    private const int States = 20;

    /// <summary>How many memberships there are at first; more where the whole story is to be told.</summary>
    private static readonly int Memberships = int.Parse(
        Environment.GetEnvironmentVariable("REGISTRY_TEST_MEMBERSHIPS") ?? "200",
        CultureInfo.InvariantCulture
    );

    [TestCase("/v1/memberships?limit=9")]
    [TestCase("/v1/memberships?limit=9&sort=-member,forum")]
    [TestCase("/v1/memberships?format=ndjson")]
    public async Task Each_that_stays_is_met_once(string list)
    {
        var forums = Memberships / States;
        var states = Enumerable
            .Range(0, States + 1)
            .Select(number => $"A{(char)('A' + (number / 26))}{(char)('A' + (number % 26))}")
            .ToArray();
        foreach (var state in states)
        {
            await App.EstablishStateAsync(state);
        }

        await Parallel.ForAsync(
            0,
            forums,
            async (number, _) =>
            {
                await App.EstablishForumAsync($"F{number}");
                foreach (var state in states[..States])
                {
                    await (await App.AdmitAsync($"F{number}", state, from: "2000")).CreatedAsync();
                }
            }
        );
        var before = await App.WalkAsync("/v1/memberships?limit=200", item => item["id"], mostPages: 1000);
        var deleted = new ConcurrentBag<string>();
        using var done = new CancellationTokenSource();
        var writing = Enumerable.Range(0, 4).Select(writer => WriteAsync(writer, done.Token)).ToArray();

        var met = list.Contains("ndjson", StringComparison.Ordinal)
            ? (await App.Http.GetStringAsync(list))
                .TrimEnd('\n')
                .Split('\n')
                .Select(line => (string?)JsonNode.Parse(line)!["id"])
                .ToList()
            : await App.WalkAsync(list, item => item["id"], mostPages: 10_000);

        await done.CancelAsync();
        await Task.WhenAll(writing);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(met, Is.Unique);
            Assert.That(before.Except(deleted).Except(met), Is.Empty);
            Assert.That(deleted, Is.Not.Empty);
        }

        async Task WriteAsync(int writer, CancellationToken stop)
        {
            // Each takes its own part of the forums: one member goes, another one comes.
            for (var number = writer; number < forums && !stop.IsCancellationRequested; number += 4)
            {
                var leaving = $"f{number}.{states[number % States].ToLowerInvariant()}";
                using var gone = await App.DeleteAsync($"/v1/memberships/{leaving}");
                deleted.Add(leaving);
                await (await App.AdmitAsync($"F{number}", states[States], from: "2001")).CreatedAsync();
            }
        }
    }
}
