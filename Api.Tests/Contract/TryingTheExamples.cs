using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Contract;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[OnEveryEngine]
public sealed class TryingTheExamples(Engine engine)
{
    private static readonly string[] Order = ["put", "patch", "post"];

    [Test]
    public async Task Every_write_is_accepted_as_its_example_has_it()
    {
        await using var app = await RegistryApp.StartAsync(
            await TestDatabases.TakeUntouchedAsync(engine),
            withCatalogue: true
        );
        await Contracts.SettleAsync(app);

        // Recorded twice, so that they can be merged.
        await app.EstablishMinisterAsync("m-tileuberdi");
        await app.EstablishPostAsync("kaz.minister-of-foreign-affairs", kind: "foreign-minister");
        var paths = (await app.ReadAsync("/openapi/v1.json"))["paths"]!.AsObject();

        foreach (var method in Order)
        {
            foreach (var (path, item) in paths)
            {
                if (item![method] is { } operation)
                {
                    var address = Contracts.Filled(path, operation);
                    var answer = FormOf(operation) is { } form
                        ? await app.Http.PostAsync(address, form)
                        : await app.SendAsync(
                            new HttpMethod(method.ToUpperInvariant()),
                            address,
                            ExampleOf(operation),
                            ifMatch: "*"
                        );
                    Assert.That(
                        answer.IsSuccessStatusCode,
                        Is.True,
                        $"{method} {path}: {await answer.Content.ReadAsStringAsync()}"
                    );
                }
            }
        }
    }

    private static FormUrlEncodedContent? FormOf(JsonNode operation) =>
        operation["requestBody"]?["content"]!["application/x-www-form-urlencoded"] is { } form
            ? new(form["example"]!.AsObject().Select(field => KeyValuePair.Create(field.Key, (string)field.Value!)))
            : null;

    private static string? ExampleOf(JsonNode operation) =>
        (
            operation["requestBody"]?["content"]!.AsObject() is { } content
                ? content["application/json"] ?? content.Single().Value!
                : null
        )?["example"]!.ToJsonString();
}
