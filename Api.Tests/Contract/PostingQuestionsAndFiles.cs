using System.Net;
using System.Text.Json.Nodes;
using Registry.Api.Tests.Importing;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Contract;

/// <summary>
/// Every parameter of an import, and every member of a question that is asked by POST, changes the answer and refuses what it cannot
/// understand. A new one gets a row here.
/// </summary>
public sealed class PostingQuestionsAndFiles(Engine engine) : RegistryTest(engine)
{
    private const string Politics = "Api.Tests/Importing/everypolitician.json";

    /// <summary>Members of a query of POST /v1/match: one query with the member and the same without give different candidates.</summary>
    private static readonly Member[] Members =
    [
        new("name", "\"Republic of PER\"", ["\"\"", "7", "null", $"\"{new string('x', 301)}\""]),
        new("types", "[\"forums\"]", ["[]", "[\"nonsense\"]", "\"forums\"", "7"]),
        new("country", "\"PER\"", ["\"Peru\"", "7"]),
        new("kind", "\"treaty\"", ["7", $"\"{new string('x', 33)}\""]),
        new("on", "\"1990\"", ["\"1990-13\"", "\"yesterday\"", "1990"]),
        new("limit", "1", ["0", "21", "\"1\"", "1.5"]),
    ];

    /// <summary>Parameters of POST /v1/imports, each with a file that it changes the outcome of.</summary>
    private static readonly Parameter[] Parameters =
    [
        new("id", "my-list", Imports.NdJson, Imports.Minister("jane-doe"), ["My List", new string('a', 101)]),
        new("dryRun", "true", Imports.NdJson, Imports.Minister("jane-doe"), ["perhaps"]),
        new("partial", "true", Imports.NdJson, Imports.Minister("jane-doe") + "{}\n", ["perhaps"]),
        new(
            "collection",
            "ministers",
            Imports.Csv,
            "names\n\"[{\"\"language\"\":\"\"en\"\",\"\"text\"\":\"\"Jane Doe\"\"}]\"\n",
            ["planets"]
        ),
        new(
            "state",
            "KAZ",
            Imports.Json,
            File.ReadAllText(Path.Combine(Repository.Root, Politics)),
            ["Kazakhstan", "kz"]
        ),
    ];

    [TestCaseSource(nameof(Members))]
    public async Task A_member_of_a_query_has_an_effect(Member member)
    {
        await SettleAsync();
        var plain = new JsonObject { ["name"] = "Republic of KAZ" };
        var with = plain.DeepClone();
        with[member.Name] = JsonNode.Parse(member.Value);

        var without = await CandidatesAsync(plain);

        Assert.That(without, Is.Not.Empty);
        Assert.That(await CandidatesAsync(with), Is.Not.EqualTo(without));
        foreach (var wrong in member.Refused)
        {
            with[member.Name] = JsonNode.Parse(wrong);
            using var answer = await App.PostAsync("/v1/match", new { queries = new[] { with } });
            var problem = await answer.ProblemAsync(HttpStatusCode.BadRequest, "invalid-request");
            Assert.That(
                problem["errors"]!.AsObject().Select(error => error.Key),
                Has.Some.StartsWith($"queries[0].{member.Name}"),
                wrong
            );
        }
    }

    [TestCaseSource(nameof(Parameters))]
    public async Task A_parameter_of_an_import_has_an_effect(Parameter parameter)
    {
        var with = await OutcomeAsync(App, $"?{parameter.Name}={parameter.Value}", parameter);
        var without = await OfAnotherRegistryAsync();

        Assert.That(with, Does.StartWith("done"));
        Assert.That(with, Is.Not.EqualTo(without));
        foreach (var wrong in parameter.Refused)
        {
            using var answer = await App.SendFileAsync(
                parameter.File,
                parameter.MediaType,
                $"?{parameter.Name}={Uri.EscapeDataString(wrong)}"
            );
            var problem = await answer.ProblemAsync(HttpStatusCode.BadRequest, "invalid-request");
            Assert.That(problem["errors"]!.AsObject().ContainsKey(parameter.Name), problem.ToJsonString());
        }

        // What the first file put on record would be a difference by itself.
        async Task<string> OfAnotherRegistryAsync()
        {
            var database = await TestDatabases.TakeAsync(App.Database.Engine);
            try
            {
                await using var other = await RegistryApp.StartAsync(database);
                return await OutcomeAsync(other, "", parameter);
            }
            finally
            {
                await TestDatabases.GiveBackAsync(database);
            }
        }
    }

    [Test]
    public async Task A_field_of_a_reconciliation_has_an_effect_and_refuses_what_it_cannot_understand()
    {
        await SettleAsync();

        var queries = await (await ReconcileAsync("queries", """{"q0":{"query":"KAZ"}}""")).OkAsync();
        var extend = await (
            await ReconcileAsync("extend", """{"ids":["states/KAZ"],"properties":[{"id":"alpha2"}]}""")
        ).OkAsync();

        Assert.That((string?)queries["q0"]!["result"]![0]!["id"], Is.EqualTo("states/KAZ"));
        Assert.That((string?)extend["rows"]!["states/KAZ"]!["alpha2"]![0]!["str"], Is.EqualTo("KZ"));
        foreach (var field in new[] { "queries", "extend" })
        {
            using var answer = await ReconcileAsync(field, "nonsense");
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), field);
        }
    }

    [Test]
    public async Task Nothing_that_can_be_posted_is_without_a_row()
    {
        var contract = await App.ReadAsync("/openapi/v1.json");
        var import = Operation.Of(contract).Single(operation => operation.Id == "startImport");
        var schemas = contract["components"]!["schemas"]!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Members.Select(row => row.Name), Is.EquivalentTo(MembersOf("MatchQuery")));
            Assert.That(Parameters.Select(row => row.Name), Is.EquivalentTo(import.Parameters("query").Keys));
            Assert.That(MembersOf("ReconcileNamesForm"), Is.EquivalentTo(new[] { "queries", "extend" }));
        }

        IEnumerable<string> MembersOf(string schema) =>
            schemas[schema]!["properties"]!.AsObject().Select(member => member.Key);
    }

    /// <summary>Two states of alike names, a forum and a post.</summary>
    private async Task SettleAsync()
    {
        foreach (var (code, alpha2) in new[] { ("KAZ", "KZ"), ("PER", "PE") })
        {
            await (
                await App.PostAsync(
                    "/v1/states",
                    new
                    {
                        code,
                        alpha2,
                        existence = new { from = "1991" },
                        names = RegistryApp.NamesOf($"Republic of {code}", "short"),
                    }
                )
            ).CreatedAsync();
        }

        await (
            await App.PostAsync(
                "/v1/forums",
                new { code = "PACT", names = RegistryApp.NamesOf("Pact of the Republic of KAZ") }
            )
        ).CreatedAsync();
        await App.EstablishPostAsync("kaz.deputy");
    }

    private async Task<string> CandidatesAsync(JsonNode query) =>
        (await (await App.PostAsync("/v1/match", new { queries = new[] { query } })).OkAsync())["results"]![0]![
            "candidates"
        ]!.ToJsonString();

    private Task<HttpResponseMessage> ReconcileAsync(string field, string value) =>
        App.Http.PostAsync("/v1/reconcile", new FormUrlEncodedContent([new(field, value)]));

    /// <summary>The outcome of the file in a registry with one state.</summary>
    private static async Task<string> OutcomeAsync(RegistryApp app, string query, Parameter parameter)
    {
        await (
            await app.PostAsync("/v1/states", new { code = "KAZ", names = RegistryApp.NamesOf("KAZ", "short") })
        ).CreatedAsync();
        using var answer = await app.SendFileAsync(parameter.File, parameter.MediaType, query);
        if (answer.StatusCode == HttpStatusCode.BadRequest)
        {
            return await answer.Content.ReadAsStringAsync();
        }

        var import =
            answer.StatusCode == HttpStatusCode.Accepted
                ? await app.EndedAsync(answer.Headers.Location!.OriginalString)
                : await answer.CreatedAsync();
        var kept = await app.LastSequenceAsync();
        var id = parameter.Name == "id" ? import["id"] : null;
        return $"{Imports.Counts(import)}, at {kept} {id}";
    }

    /// <summary>A member of a query, a value that it has as JSON, and values that it refuses.</summary>
    public sealed record Member(string Name, string Value, string[] Refused)
    {
        public override string ToString() => Name;
    }

    /// <summary>A parameter of an import, a value, the file that is sent with it, and values that it refuses.</summary>
    public sealed record Parameter(string Name, string Value, string MediaType, string File, string[] Refused)
    {
        public override string ToString() => Name;
    }
}
