using System.Text.Json.Nodes;

namespace Registry.Api.Tests.Support;

/// <summary>Reads lists to their end as a client does: along the member next.</summary>
internal static class Walks
{
    private const int MostPages = 50;

    /// <summary>The member of every item of every page, in the order met.</summary>
    public static async Task<IReadOnlyList<string?>> WalkAsync(
        this RegistryApp app,
        string path,
        Func<JsonNode, JsonNode?> member,
        int mostPages = MostPages
    )
    {
        var met = new List<string?>();
        var next = path;
        for (var pages = 0; next is not null; pages++)
        {
            Assert.That(pages, Is.LessThan(mostPages), "The list has no end.");
            var page = await app.ReadAsync(next);
            met.AddRange(page.Each(member));
            next = (string?)page["next"];
        }

        return met;
    }
}
