using Microsoft.Extensions.DependencyInjection;
using Registry.Api.Http.Caching;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Http;

/// <summary>More different requests than the cache of responses has room for.</summary>
public sealed class BoundingTheCache(Engine engine) : SettledTest(engine)
{
    private const int Room = 1024 * 1024 / RenderedReads.Overhead;

    protected override (string Name, string Value)[] Settings => [(RenderedReads.Setting, "1")];

    [Test]
    public async Task Small_responses_take_the_room_that_they_have_in_memory()
    {
        for (var number = 0; number < Room + 200; number++)
        {
            using var answer = await App.GetAsync($"/v1/search?q=nobody{number}");
        }

        Assert.That(App.Services.GetRequiredService<RenderedReads>().Count, Is.InRange(1, Room));
    }
}
