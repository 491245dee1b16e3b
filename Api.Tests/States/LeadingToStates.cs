using System.Net;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.States;

/// <summary>States asked for by the codes that others know them by.</summary>
public sealed class LeadingToStates(Engine engine) : CatalogueTest(engine)
{
    [TestCase("KZ", "/v1/states/KAZ")]
    [TestCase("kz", "/v1/states/KAZ")]
    [TestCase("398", "/v1/states/KAZ")]
    [TestCase("004", "/v1/states/AFG")]
    [TestCase("Q232", "/v1/states/KAZ")]
    [TestCase("q232", "/v1/states/KAZ")]
    [TestCase("KZ?knownAt=2026-06-30T12:00:00Z", "/v1/states/KAZ?knownAt=2026-06-30T12:00:00Z")]
    [TestCase("KZ/memberships?on=2012-12-20", "/v1/states/KAZ/memberships?on=2012-12-20")]
    [TestCase("398/history", "/v1/states/KAZ/history")]
    public async Task Another_code_of_a_state_leads_to_its_record(string asked, string record)
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false })
        {
            BaseAddress = App.Http.BaseAddress,
        };
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
        {
            using var request = new HttpRequestMessage(method, $"/v1/states/{asked}");
            using var answer = await client.SendAsync(request);

            using (Assert.EnterMultipleScope())
            {
                Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.PermanentRedirect));
                Assert.That($"{answer.Headers.Location}", Is.EqualTo(record));
            }
        }
    }

    [TestCase("ZZ")]
    [TestCase("999")]
    [TestCase("Q1")]
    [TestCase("Kazakhstan")]
    public async Task What_no_state_is_known_by_is_not_there(string asked)
    {
        using var answer = await App.GetAsync($"/v1/states/{asked}");

        await answer.ProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Test]
    public async Task A_code_in_a_body_leads_nowhere()
    {
        using var answer = await App.AdmitAsync("CICA", "KZ", "2020");

        Assert.That((int)answer.StatusCode, Is.GreaterThanOrEqualTo(400));
    }
}
