using System.Text.Json.Nodes;
using Registry.Api.Http.Bodies;

namespace Registry.Api.Tests.Http;

/// <summary>Appendix A of RFC 7396, but for the cases in which record or patch is no object: those are refused before.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class MergePatchOfRfc7396
{
    [TestCase("""{"a":"b"}""", """{"a":"c"}""", """{"a":"c"}""")]
    [TestCase("""{"a":"b"}""", """{"b":"c"}""", """{"a":"b","b":"c"}""")]
    [TestCase("""{"a":"b"}""", """{"a":null}""", """{}""")]
    [TestCase("""{"a":"b","b":"c"}""", """{"a":null}""", """{"b":"c"}""")]
    [TestCase("""{"a":["b"]}""", """{"a":"c"}""", """{"a":"c"}""")]
    [TestCase("""{"a":"c"}""", """{"a":["b"]}""", """{"a":["b"]}""")]
    [TestCase("""{"a":{"b":"c"}}""", """{"a":{"b":"d","c":null}}""", """{"a":{"b":"d"}}""")]
    [TestCase("""{"a":[{"b":"c"}]}""", """{"a":[1]}""", """{"a":[1]}""")]
    [TestCase("""{"e":null}""", """{"a":1}""", """{"e":null,"a":1}""")]
    [TestCase("""{}""", """{"a":{"bb":{"ccc":null}}}""", """{"a":{"bb":{}}}""")]
    public void The_table_of_the_RFC_holds(string record, string patch, string result)
    {
        Assert.That(Apply(record, patch), Is.EqualTo(result));
    }

    /// <summary>Section 3 of RFC 7396.</summary>
    [Test]
    public void The_example_of_the_RFC_holds()
    {
        var result = Apply(
            """
            {
              "title": "Goodbye!", "author": { "givenName": "John", "familyName": "Doe" },
              "tags": ["example", "sample"], "content": "This will be unchanged"
            }
            """,
            """
            { "title": "Hello!", "phoneNumber": "+01-123-456-7890", "author": { "familyName": null }, "tags": ["example"] }
            """
        );

        var expected = JsonNode.Parse(
            """
            {
              "title": "Hello!", "author": { "givenName": "John" }, "tags": ["example"],
              "content": "This will be unchanged", "phoneNumber": "+01-123-456-7890"
            }
            """
        );
        Assert.That(JsonNode.DeepEquals(JsonNode.Parse(result), expected), Is.True, result);
    }

    [TestCase("""{"a":1}""", """{"a":{"b":2}}""", """{"a":{"b":2}}""")]
    [TestCase("""{"a":[1]}""", """{"a":{"b":null}}""", """{"a":{}}""")]
    [TestCase("""{"a":null}""", """{"a":{"b":2}}""", """{"a":{"b":2}}""")]
    [TestCase("""{"a":{"b":1}}""", """{"a":{}}""", """{"a":{"b":1}}""")]
    [TestCase("""{"a":{"b":1}}""", """{"a":[]}""", """{"a":[]}""")]
    [TestCase("""{"a":[1]}""", """{"a":[null,{"b":null}]}""", """{"a":[null,{"b":null}]}""")]
    [TestCase("""{"a":1}""", """{}""", """{"a":1}""")]
    [TestCase("""{"a":1}""", """{"A":null}""", """{"a":1}""")]
    public void What_the_table_leaves_open_follows_its_algorithm(string record, string patch, string result)
    {
        Assert.That(Apply(record, patch), Is.EqualTo(result));
    }

    [Test]
    public void The_patch_itself_is_left_as_it_was()
    {
        var patch = JsonNode.Parse("""{"a":{"b":[1]},"c":null}""")!.AsObject();

        var result = MergePatch.Apply("""{"c":1}""", patch);
        result["a"]!["b"]!.AsArray().Add(2);

        Assert.That(patch.ToJsonString(), Is.EqualTo("""{"a":{"b":[1]},"c":null}"""));
    }

    private static string Apply(string record, string patch) =>
        MergePatch.Apply(record, JsonNode.Parse(patch)!.AsObject()).ToJsonString();
}
