using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Importing;

/// <summary>
/// Export, import into an empty registry, export: the same, byte for byte, but for the head, the versions and the instants,
/// which each registry has of its own.
/// </summary>
public sealed class CarryingARegistryOver(Engine engine) : RegistryTest(engine)
{
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    public async Task Whatever_it_holds_it_is_the_same_there(int seed)
    {
        var lines = new MadeRegistry(seed).Lines();
        var made = await App.ImportAsync(string.Concat(lines));
        Assert.That(
            (string?)made["status"],
            Is.EqualTo("done"),
            $"{made} {await App.RowsAsync(made, "?result=refused")}"
        );
        var export = await App.Http.GetStringAsync("/v1/export");

        await using var other = await RegistryApp.StartAsync(await TestDatabases.TakeAsync(App.Database.Engine));
        var carried = await other.ImportAsync(Shuffled(export, seed));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Imports.Counts(carried), Is.EqualTo($"done: {lines.Count} 0 0 0"));
            Assert.That(await other.ExportedAsync(), Is.EqualTo(await App.ExportedAsync()));
        }

        await TestDatabases.GiveBackAsync(other.Database);
    }

    /// <summary>Lines may come in any order.</summary>
    private static string Shuffled(string export, int seed)
    {
        var lines = export.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        new Random(seed).Shuffle(lines);
        return string.Join('\n', lines);
    }
}

public sealed class CarryingTheCatalogueOver(Engine engine) : CatalogueTest(engine)
{
    [Test]
    public async Task The_default_catalogue_is_the_same_in_another_registry()
    {
        await using var other = await RegistryApp.StartAsync(await TestDatabases.TakeAsync(App.Database.Engine));

        var carried = await other.ImportAsync(await App.Http.GetStringAsync("/v1/export"), query: "?id=catalogue");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)carried["status"], Is.EqualTo("done"), carried.ToJsonString());
            Assert.That(await other.ExportedAsync(), Is.EqualTo(await App.ExportedAsync()));
        }

        await TestDatabases.GiveBackAsync(other.Database);
    }
}
