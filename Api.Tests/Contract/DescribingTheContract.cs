using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Contract;

public sealed class DescribingTheContract(Engine engine) : CatalogueTest(engine)
{
    [Test]
    public async Task The_file_in_the_repository_is_what_is_served()
    {
        var file = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "openapi.yaml"));

        var served = await App.Http.GetStringAsync("/openapi/v1.yaml");

        Assert.That(
            served == file,
            Is.True,
            "Bring the file up to date: dotnet run --project Api -- openapi ../openapi.yaml"
        );
    }

    [Test]
    public async Task Every_operation_has_a_summary_an_example_and_its_errors()
    {
        foreach (var (name, operation) in await OperationsAsync())
        {
            using (Assert.EnterMultipleScope())
            {
                Assert.That((string?)operation["summary"], Is.Not.Null.And.Not.Empty, name);
                Assert.That(operation["responses"]!["500"], Is.Not.Null, name);
                Assert.That(operation["responses"]!["400"], Is.Not.Null, name);
                Assert.That(
                    name.StartsWith("delete", StringComparison.Ordinal) || HasExample(operation),
                    Is.True,
                    name
                );
                Assert.That(
                    operation["parameters"]?.AsArray().All(parameter => parameter!["description"] is not null) ?? true,
                    Is.True,
                    name
                );
            }
        }
    }

    /// <summary>"List the bodies of a forum", not "Lists ..." and not a paragraph (docs/style.md).</summary>
    [Test]
    public async Task Every_title_of_an_operation_is_a_short_imperative_of_its_own()
    {
        var titles = (await OperationsAsync()).Select(named => (string)named.Operation["summary"]!).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(titles, Is.Unique);
            Assert.That(titles, Has.All.Matches(@"^[A-Z][a-z]+(?<![^s]s) [^.;:]{1,50}$"));
        }
    }

    [Test]
    public async Task Every_member_of_every_schema_is_described()
    {
        var contract = await App.ReadAsync("/openapi/v1.json");

        var bare =
            from schema in contract["components"]!["schemas"]!.AsObject()
            from member in schema.Value!["properties"]?.AsObject() ?? []
            where member.Value!["description"] is null
            select $"{schema.Key}.{member.Key}";

        Assert.That(bare, Is.Empty);
    }

    private static bool HasExample(JsonNode operation) =>
        operation["requestBody"]?["content"]?.AsObject().All(type => IsShown(type.Value!))
        ?? (operation["responses"]!["200"] ?? operation["responses"]!["201"])!["content"]!
            .AsObject()
            .All(type => IsShown(type.Value!));

    /// <summary>The bytes of a workbook are no text that an example could show.</summary>
    private static bool IsShown(JsonNode mediaType) =>
        mediaType["example"] is not null || (string?)mediaType["schema"]!["format"] == "binary";

    private async Task<IEnumerable<(string Name, JsonNode Operation)>> OperationsAsync() =>
        from path in (await App.ReadAsync("/openapi/v1.json"))["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select ($"{operation.Key} {path.Key}", operation.Value!);
}

internal static class Contracts
{
    /// <summary>The path with the examples of its parameters in their places, and those that have to be given behind it.</summary>
    public static string Filled(string path, JsonNode operation) =>
        QueryHelpers.AddQueryString(
            In("path", operation)
                .Aggregate(
                    path,
                    (filled, parameter) =>
                        filled.Replace($"{{{parameter.Key}}}", parameter.Value, StringComparison.Ordinal)
                ),
            In("query", operation).Where(parameter => parameter.Value is not null)
        );

    private static IEnumerable<KeyValuePair<string, string?>> In(string place, JsonNode operation) =>
        from parameter in operation["parameters"]?.AsArray() ?? []
        where (string?)parameter!["in"] == place
        select KeyValuePair.Create((string)parameter["name"]!, (string?)parameter["example"]);
}
