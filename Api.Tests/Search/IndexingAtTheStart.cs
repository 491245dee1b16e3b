using Dapper;
using Registry.Api.Tests.Support;
using static Registry.Api.Tests.Search.SearchScenes;

namespace Registry.Api.Tests.Search;

/// <summary>A registry from before there was an index, or whose index is of another make.</summary>
[OnEveryEngine]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class IndexingAtTheStart(Engine engine)
{
    [TestCase(
        "DELETE FROM SearchToken",
        "DELETE FROM SearchName",
        "DELETE FROM SearchTokenHistory",
        "DELETE FROM SearchNameHistory",
        "DELETE FROM SearchFormat"
    )]
    [TestCase("UPDATE SearchFormat SET Format = 0", "UPDATE SearchToken SET Token = CONCAT('x', Token)")]
    public async Task The_index_is_made_from_the_records(params string[] damage)
    {
        var database = await TestDatabases.TakeAsync(engine);
        string? recorded;
        await using (var before = await RegistryApp.StartAsync(database))
        {
            await before.EstablishStateAsync("KAZ", Named("Oldland"));
            await before.EstablishStateAsync("GON", Named("Goneland"));
            await before.DeleteAsync("/v1/states/GON");
            await before.PatchAsync("/v1/states/KAZ", new { names = new[] { Named("Newland") } });
            recorded = (string?)(await before.ReadAsync("/v1/states/KAZ"))["recordedAt"];
        }

        await using (var connection = database.Connect())
        {
            foreach (var statement in damage)
            {
                await connection.ExecuteAsync(statement);
            }
        }

        await using var after = await RegistryApp.StartAsync(database);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await after.FoundAsync("newland"), Is.EqualTo(new[] { "states/KAZ" }));
            Assert.That(await after.FoundAsync("newland", $"&knownAt={recorded}"), Is.EqualTo(new[] { "states/KAZ" }));
            Assert.That(await after.FoundAsync("goneland"), Is.Empty);
            Assert.That(await after.FoundAsync("oldland"), Is.Empty);
            Assert.That(await after.QueryAsync<int>("SELECT COUNT(*) FROM SearchFormat"), Is.EqualTo(new[] { 1 }));
        }

        await (await after.PatchAsync("/v1/states/KAZ", new { names = new[] { Named("Nextland") } })).OkAsync();
        Assert.That(await after.FoundAsync("nextland"), Has.Count.EqualTo(1));
        Assert.That(await after.FoundAsync("newland"), Is.Empty);
    }
}
