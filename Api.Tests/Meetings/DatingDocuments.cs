using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Meetings;

/// <summary>Documents by the dates of their steps.</summary>
public sealed class DatingDocuments(Engine engine) : RegistryTest(engine)
{
    [SetUp]
    public async Task A_document_with_several_steps()
    {
        await App.EstablishForumAsync("PACT");
        await (
            await App.PostAsync(
                "/v1/documents",
                """
                {
                  "id": "pact-charter", "forum": "PACT", "kind": "charter",
                  "titles": [{ "language": "en", "text": "Charter" }],
                  "steps": [
                    { "status": "drafted", "on": "2020" },
                    { "status": "discussed", "on": "2022-03" },
                    { "status": "adopted", "on": "2024-05-15" }
                  ]
                }
                """
            )
        ).CreatedAsync();
    }

    [TestCase("from=2020&until=2020", true)]
    [TestCase("from=2020-06-15&until=2020-06-15", true)]
    [TestCase("from=2021&until=2021", false)]
    [TestCase("from=2021-01-01&until=2022-02-28", false)]
    [TestCase("from=2022&until=2022", true)]
    [TestCase("from=2022-03-31&until=2024-05-14", true)]
    [TestCase("from=2022-04&until=2024-05-14", false)]
    [TestCase("from=2024-05-15", true)]
    [TestCase("from=2024-05-16", false)]
    [TestCase("until=2019", false)]
    [TestCase("until=2020-01-01", true)]
    [TestCase("from=2025&until=2026", false)]
    public async Task A_step_between_the_dates_is_enough(string query, bool found) =>
        Assert.That(
            (await App.ReadAsync($"/v1/documents?{query}"))["items"]!.AsArray(),
            Has.Count.EqualTo(found ? 1 : 0)
        );

    [TestCase("2019-12-31")]
    [TestCase("2020-06-01", "drafted")]
    [TestCase("2022-02-28", "drafted")]
    [TestCase("2022-03-15", "drafted", "discussed")]
    [TestCase("2022-03-31", "discussed")]
    [TestCase("2022", "drafted", "discussed")]
    [TestCase("2023", "discussed")]
    [TestCase("2024-05", "discussed", "adopted")]
    [TestCase("2024-05-15", "adopted")]
    [TestCase("2026", "adopted")]
    public async Task A_document_stands_as_a_step_left_it_until_it_has_certainly_taken_the_next(
        string on,
        params string[] statuses
    )
    {
        var found = new List<string>();
        foreach (var status in new[] { "planned", "drafted", "discussed", "adopted", "signed" })
        {
            var page = await App.ReadAsync($"/v1/documents?on={on}&status={status}");
            if (page["items"]!.AsArray().Count > 0)
            {
                found.Add(status);
            }
        }

        Assert.That(found, Is.EqualTo(statuses));
    }
}
