using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Http;

/// <summary>A cursor holds the place of a page, however long the names are that it goes by.</summary>
public sealed class FollowingLongNames(Engine engine) : RegistryTest(engine)
{
    [TestCase("x")]
    [TestCase("Ж")]
    [TestCase("政")]
    [TestCase("\"")]
    public async Task The_next_page_of_the_longest_names_can_be_followed(string letter)
    {
        var name = string.Concat(Enumerable.Repeat(letter, 300));
        foreach (var code in new[] { "ONE", "TWO" })
        {
            var names = RegistryApp.NamesOf(name);
            await (await App.PostAsync("/v1/forums", new { code, names })).CreatedAsync();
        }

        var seen = new List<string?>();
        for (var next = "/v1/forums?sort=name&limit=1"; next is not null; )
        {
            var page = await App.ReadAsync(next);
            seen.AddRange(page.Each(forum => forum["code"]));
            next = (string?)page["next"];
        }

        Assert.That(seen, Is.EquivalentTo(new[] { "ONE", "TWO" }));
    }
}
