using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Contract;

/// <summary>What was released is kept (docs/stability.md).</summary>
public sealed class BreakingTheContract(Engine engine) : CatalogueTest(engine)
{
    private static readonly Change[] Breaks =
    [
        new("an operation is taken away", now => Paths(now).Remove("/v1/forums"), "POST /v1/forums is gone"),
        new(
            "a method is taken away",
            now => Paths(now)["/v1/forums/{code}"]!.AsObject().Remove("patch"),
            "PATCH /v1/forums/{code} is gone"
        ),
        new(
            "an operation is called otherwise",
            now => ListForums(now)["operationId"] = "findForums",
            "GET /v1/forums is called findForums and no longer listForums"
        ),
        new(
            "reading needs a key",
            now => ListForums(now)["security"] = JsonNode.Parse("""[{ "ApiKey": [] }]"""),
            "GET /v1/forums needs a key"
        ),
        new(
            "a parameter is taken away",
            now => ListForums(now)["parameters"]!.AsArray().Remove(Parameter(now, "nature")),
            "GET /v1/forums, query nature is gone"
        ),
        new(
            "a parameter becomes required",
            now => Parameter(now, "nature")["required"] = true,
            "GET /v1/forums, query nature is required"
        ),
        new(
            "a parameter is new and required",
            now =>
                ListForums(now)["parameters"]!
                    .AsArray()
                    .Add(JsonNode.Parse("""{ "name": "x", "in": "query", "required": true, "schema": {} }""")),
            "GET /v1/forums, query x is new and required"
        ),
        new(
            "a parameter takes less",
            now => Parameter(now, "limit")["schema"]!["maximum"] = 100,
            "GET /v1/forums, query limit has maximum 100"
        ),
        new(
            "a parameter is of another type",
            now => Parameter(now, "limit")["schema"]!["type"] = "string",
            "GET /v1/forums, query limit is string and was integer"
        ),
        new(
            "several values are written otherwise",
            now => Parameter(now, "sort")["explode"] = true,
            "GET /v1/forums, query sort is written otherwise"
        ),
        new(
            "a member that is sent becomes required",
            now => Schema(now, "ForumInput")["required"]!.AsArray().Add("founded"),
            "ForumInput.founded is required"
        ),
        new(
            "a member that is sent is taken away",
            now => Schema(now, "ForumInput")["properties"]!.AsObject().Remove("founded"),
            "ForumInput.founded is gone"
        ),
        new(
            "a member that is sent takes less",
            now => Schema(now, "ForumInput")["properties"]!["names"]!["maxItems"] = 3,
            "ForumInput.names has maxItems 3"
        ),
        new(
            "a member that is sent has another pattern",
            now => Schema(now, "ForumInput")["properties"]!["code"]!["pattern"] = "^[A-Z]{4}$",
            "ForumInput.code has the pattern ^[A-Z]{4}$"
        ),
        new(
            "a word can be sent no more",
            now => Schema(now, "BodyKind")["enum"]!.AsArray().RemoveAt(0),
            "BodyKind is no longer summit"
        ),
        new(
            "null can be sent no more",
            now => Schema(now, "ForumPatch")["properties"]!["founded"]!["type"] = "string",
            "ForumPatch.founded is string and was null or string"
        ),
        new(
            "a member of an answer is taken away",
            now => Schema(now, "Forum")["properties"]!.AsObject().Remove("seat"),
            "Forum.seat is gone"
        ),
        new(
            "a member of an answer may be absent",
            now => Unrequire(Schema(now, "Forum"), "name"),
            "Forum.name may be absent"
        ),
        new(
            "a member of an answer is of another type",
            now => Schema(now, "Forum")["properties"]!["version"]!["type"] = "string",
            "Forum.version is string and was integer"
        ),
        new(
            "a member of an answer has another format",
            now => Schema(now, "Forum")["properties"]!["recordedAt"]!["format"] = "date",
            "Forum.recordedAt has the format date and no longer date-time"
        ),
        new(
            "a member of an answer is called by another type",
            now => Schema(now, "Forum")["properties"]!["seat"]!["$ref"] = "#/components/schemas/Link",
            "Forum.seat is a Link and no longer a Seat"
        ),
        new(
            "a list of words becomes any text",
            now => Schema(now, "LegalNature").AsObject().Remove("enum"),
            "LegalNature is no longer one of a list of words"
        ),
        new(
            "a header of an answer is taken away",
            now => Answer(now)["headers"]!.AsObject().Remove("Link"),
            "GET /v1/forums, 200, Link is gone"
        ),
        new(
            "a form of an answer is taken away",
            now => Answer(now)["content"]!.AsObject().Remove("text/csv"),
            "GET /v1/forums, 200, text/csv is gone"
        ),
        new(
            "an answer has another status",
            now => ListForums(now)["responses"]!["202"] = new JsonObject { ["description"] = "Later." },
            "GET /v1/forums, 202 is new, and nobody expects it"
        ),
        new("a schema is called otherwise", RenameForum, "schema Forum is gone"),
        new("a problem says less", now => Unrequire(Schema(now, "Problem"), "type"), "Problem.type may be absent"),
    ];

    private static readonly Change[] Additions =
    [
        new("nothing", _ => { }),
        new(
            "an operation",
            now => Paths(now)["/v1/treaties"] = JsonNode.Parse("""{ "get": { "operationId": "listTreaties" } }""")
        ),
        new(
            "a parameter that may be left out",
            now =>
                ListForums(now)["parameters"]!
                    .AsArray()
                    .Add(JsonNode.Parse("""{ "name": "x", "in": "query", "schema": { "type": "string" } }"""))
        ),
        new("a member of an answer", now => Schema(now, "Forum")["properties"]!["motto"] = Text()),
        new("a member that is always there", now => Schema(now, "Forum")["required"]!.AsArray().Add("founded")),
        new("a member that may be sent", now => Schema(now, "ForumInput")["properties"]!["motto"] = Text()),
        new("a word", now => Schema(now, "BodyKind")["enum"]!.AsArray().Add("tribunal")),
        new("more that is taken", now => Parameter(now, "limit")["schema"]!["maximum"] = 500),
        new("a form of an answer", now => Answer(now)["content"]!["application/xml"] = new JsonObject()),
        new("a header of an answer", now => Answer(now)["headers"]!["Age"] = new JsonObject()),
        new("a refusal", now => ListForums(now)["responses"]!["418"] = new JsonObject()),
        new("a better description", now => ListForums(now)["summary"] = "Lists the forums there are"),
        new("a farewell", now => ListForums(now)["deprecated"] = true),
    ];

    [Test]
    public async Task Nothing_that_was_released_is_broken()
    {
        var released = Path.Combine(Repository.Root, "docs", "api", "released.json");
        if (!File.Exists(released))
        {
            Assert.Pass("Nothing is released yet: there is no docs/api/released.json.");
        }

        var broken = ContractChanges.Breaking(
            JsonNode.Parse(await File.ReadAllTextAsync(released))!,
            await App.ReadAsync("/openapi/v1.json")
        );

        Assert.That(broken, Is.Empty, string.Join('\n', broken));
    }

    [TestCaseSource(nameof(Breaks))]
    public async Task It_is_seen_that(Change change)
    {
        var contract = await App.ReadAsync("/openapi/v1.json");
        var changed = contract.DeepClone();
        change.Make(changed);

        Assert.That(ContractChanges.Breaking(contract, changed), Does.Contain(change.Found));
    }

    [TestCaseSource(nameof(Additions))]
    public async Task Nothing_is_broken_by(Change change)
    {
        var contract = await App.ReadAsync("/openapi/v1.json");
        var changed = contract.DeepClone();
        change.Make(changed);

        Assert.That(ContractChanges.Breaking(contract, changed), Is.Empty);
    }

    private static JsonObject Paths(JsonNode contract) => contract["paths"]!.AsObject();

    private static JsonNode ListForums(JsonNode contract) => contract["paths"]!["/v1/forums"]!["get"]!;

    private static JsonNode Answer(JsonNode contract) => ListForums(contract)["responses"]!["200"]!;

    private static JsonNode Parameter(JsonNode contract, string name) =>
        ListForums(contract)["parameters"]!.AsArray().Single(parameter => (string?)parameter!["name"] == name)!;

    private static JsonObject Schemas(JsonNode contract) => contract["components"]!["schemas"]!.AsObject();

    private static JsonNode Schema(JsonNode contract, string name) => Schemas(contract)[name]!;

    private static JsonObject Text() => new() { ["type"] = "string" };

    private static void Unrequire(JsonNode schema, string name) =>
        schema["required"]!.AsArray().RemoveAll(required => (string?)required == name);

    private static void RenameForum(JsonNode contract)
    {
        var schemas = Schemas(contract);
        schemas["Organization"] = schemas["Forum"]!.DeepClone();
        schemas.Remove("Forum");
        schemas["ForumPage"]!["properties"]!["items"]!["items"]!["$ref"] = "#/components/schemas/Organization";
        foreach (var method in new[] { "get", "put", "patch" })
        {
            foreach (var (_, answer) in Paths(contract)["/v1/forums/{code}"]![method]!["responses"]!.AsObject())
            {
                Rename(answer!);
            }
        }

        Rename(Paths(contract)["/v1/forums"]!["post"]!["responses"]!["201"]!);
        Rename(Paths(contract)["/v1/forums/{code}/restore"]!["post"]!["responses"]!["201"]!);

        static void Rename(JsonNode answer)
        {
            if (answer["content"]?["application/json"]?["schema"] is { } schema)
            {
                schema["$ref"] = "#/components/schemas/Organization";
            }
        }
    }

    /// <summary>A change of the contract, and what is to be said of it.</summary>
    public sealed record Change(string Name, Action<JsonNode> Make, string Found = "")
    {
        public override string ToString() => Name;
    }
}
