using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Changes;

/// <summary>A registry with one record of every collection.</summary>
internal static class Something
{
    public static async Task OfEveryKindAsync(RegistryApp app)
    {
        await app.EstablishStateAsync("KAZ");
        await app.EstablishForumAsync("PACT");
        await PostAsync(
            "/v1/forums/PACT/bodies",
            new
            {
                code = "staff",
                kind = "secretariat",
                names = RegistryApp.NamesOf("Staff"),
            }
        );
        await (await app.AdmitAsync("PACT", "KAZ", from: "2000")).CreatedAsync();
        await PostAsync("/v1/ministers", new { id = "jane-doe", names = Texts("Jane Doe") });
        await PostAsync(
            "/v1/posts",
            new
            {
                id = "pact.staff.head",
                kind = "head-of-secretariat",
                of = new { kind = "body", code = "PACT/staff" },
                titles = Texts("Head"),
            }
        );
        await PostAsync(
            "/v1/ministers/jane-doe/appointments",
            new
            {
                id = "pact.staff.head.jane-doe",
                post = "pact.staff.head",
                from = "2020",
            }
        );
        await PostAsync(
            "/v1/forums/PACT/chairmanships",
            new
            {
                id = "pact.kaz.2020",
                chair = new { kind = "state", code = "KAZ" },
                from = "2020",
            }
        );
        await PostAsync(
            "/v1/meetings",
            new
            {
                id = "pact-summit-1",
                forum = "PACT",
                body = "staff",
                kind = "summit",
                titles = Texts("First Summit"),
                starts = "2020-05-01",
                ends = "2020-05-02",
                status = "held",
            }
        );
        await PostAsync(
            "/v1/documents",
            new
            {
                id = "pact-charter",
                forum = "PACT",
                body = "staff",
                kind = "charter",
                titles = Texts("Charter"),
                steps = new[] { new { status = "drafted", on = "2020-05-01" } },
            }
        );
        await PostAsync(
            "/v1/meetings/pact-summit-1/outcomes",
            new { verb = "decided", texts = Texts("To meet again") }
        );

        async Task PostAsync(string path, object body) => await (await app.PostAsync(path, body)).CreatedAsync();
    }

    public static object[] Texts(string text) => [new { language = "en", text }];
}
