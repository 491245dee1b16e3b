using System.Net;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Http;

/// <summary>What a caller is told who did not say which version it means, or did not show who it is.</summary>
public sealed class NamingTheVersion(Engine engine) : RegistryTest(engine)
{
    [Test]
    public async Task Who_named_no_version_is_told_the_present_one_and_can_go_on_with_it()
    {
        await App.EstablishStateAsync("KAZ");
        await App.PatchAsync("/v1/states/KAZ", new { subregion = "Central Asia" });

        using var refused = await App.PatchAsync("/v1/states/KAZ", new { subregion = "Asia" }, ifMatch: null);
        var problem = await refused.ProblemAsync(HttpStatusCode.PreconditionRequired, "version-required");
        var told = (string)problem["currentETag"]!;
        using var taken = await App.PatchAsync("/v1/states/KAZ", new { subregion = "Asia" }, told);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(told, Is.EqualTo("\"2\""));
            Assert.That($"{refused.Headers.ETag}", Is.EqualTo(told));
            Assert.That((string)problem["detail"]!, Does.Contain(told));
            Assert.That(taken.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }
    }

    [TestCase(null, "is missing", null)]
    [TestCase("wrong", "is not known", "error=\"invalid_key\"")]
    public async Task A_key_that_is_missing_and_one_that_is_wrong_are_told_apart(
        string? key,
        string detail,
        string? error
    )
    {
        using var stranger = App.WithoutKey();
        if (key is not null)
        {
            stranger.DefaultRequestHeaders.Add("X-Api-Key", key);
        }

        using var answer = await stranger.DeleteAsync("/v1/states/KAZ");

        var problem = await answer.ProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        var challenge = $"{answer.Headers.WwwAuthenticate}";
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string)problem["detail"]!, Does.Contain(detail));
            Assert.That(challenge, Does.StartWith("ApiKey realm=\"registry\", header=\"X-Api-Key\""));
            Assert.That(challenge, error is null ? Does.Not.Contain("error") : Does.Contain(error));
        }
    }
}
