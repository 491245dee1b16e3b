using System.Net;
using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Http;

public sealed class Merging(Engine engine) : RegistryTest(engine)
{
    private const string Forum = "/v1/forums/PACT";

    [SetUp]
    public async Task A_forum_with_a_seat()
    {
        await WritingOperation.SettleAsync(App);
        var forum = WritingOperation.Every.Single(operation => operation.Name == "replace a forum");
        await (await App.PutAsync(Forum, forum.Body!, ifMatch: "*")).OkAsync();
    }

    [Test]
    public async Task What_a_patch_does_not_name_stays()
    {
        var before = await App.ReadAsync(Forum);

        var after = await PatchAsync("""{ "founded": "1989-12-31" }""");

        Assert.That((string?)after["founded"], Is.EqualTo("1989-12-31"));
        Assert.That(WithoutKept(after, "founded"), Is.EqualTo(WithoutKept(before, "founded")));
    }

    [Test]
    public async Task The_answer_is_the_record_as_it_is_read()
    {
        var after = await PatchAsync("""{ "founded": "1989" }""");

        Assert.That((await App.ReadAsync(Forum)).ToJsonString(), Is.EqualTo(after.ToJsonString()));
    }

    [TestCase("founded")]
    [TestCase("seat")]
    [TestCase("stages")]
    [TestCase("identifiers")]
    [TestCase("predecessors")]
    [TestCase("sources")]
    public async Task Null_removes_a_member(string member)
    {
        // Stages and bodies keep the forum's founding as it is, so they go first.
        await PatchAsync("""{ "stages": [{ "nature": "treaty", "from": "2000" }] }""");

        var after = await PatchAsync($$"""{ "{{member}}": null }""");

        Assert.That(after.AsObject().ContainsKey(member), Is.False);
    }

    [Test]
    public async Task Null_removes_a_member_within_a_member()
    {
        var after = await PatchAsync("""{ "seat": { "country": null } }""");

        Assert.That(after["seat"]!.ToJsonString(), Is.EqualTo("""{"city":"Almaty"}"""));
    }

    [Test]
    public async Task Null_for_what_is_not_there_changes_nothing_else()
    {
        await PatchAsync("""{ "seat": null }""");
        var before = await App.ReadAsync(Forum);

        var after = await PatchAsync("""{ "seat": null }""");

        Assert.That(WithoutKept(after), Is.EqualTo(WithoutKept(before)));
    }

    [Test]
    public async Task A_member_within_a_member_is_merged()
    {
        var after = await PatchAsync("""{ "seat": { "city": "Astana" } }""");

        Assert.That(after["seat"]!.ToJsonString(), Is.EqualTo("""{"city":"Astana","country":"KAZ"}"""));
    }

    [Test]
    public async Task A_member_that_was_not_there_is_made()
    {
        await PatchAsync("""{ "seat": null }""");

        var after = await PatchAsync("""{ "seat": { "city": "Astana", "country": null } }""");

        Assert.That(after["seat"]!.ToJsonString(), Is.EqualTo("""{"city":"Astana"}"""));
    }

    [Test]
    public async Task A_list_is_replaced_whole()
    {
        var after = await PatchAsync(
            """{ "names": [{ "kind": "official", "language": "fr", "text": "Le Pacte" }], "identifiers": [] }"""
        );

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                after["names"]!.ToJsonString(),
                Is.EqualTo("""[{"kind":"official","language":"fr","text":"Le Pacte"}]""")
            );
            Assert.That(after.AsObject().ContainsKey("identifiers"), Is.False);
            Assert.That((string?)after["name"], Is.EqualTo("Le Pacte"));
        }
    }

    [Test]
    public async Task An_empty_patch_leaves_the_facts_as_they_are()
    {
        var before = await App.ReadAsync(Forum);

        var after = await PatchAsync("{}");

        Assert.That(WithoutKept(after), Is.EqualTo(WithoutKept(before)));
    }

    [TestCase("""{ "motto": "x" }""", "motto")]
    [TestCase("""{ "motto": { "en": null } }""", "motto")]
    [TestCase("""{ "seat": { "street": "x" } }""", "seat.street")]
    [TestCase("""{ "names": [{ "kind": "official", "language": "en", "text": "x", "note": 1 }] }""", "names[0].note")]
    public async Task An_unknown_member_is_named(string patch, string field)
    {
        Assert.That(await FaultsAsync(Forum, patch), Is.EqualTo(new[] { field }));
    }

    // A misspelt removal would otherwise look as if it had worked.
    [TestCase("""{ "foundet": null }""", "foundet")]
    [TestCase("""{ "seat": { "town": null } }""", "seat.town")]
    public async Task An_unknown_member_is_named_also_where_it_is_to_go(string patch, string field)
    {
        Assert.That(await FaultsAsync(Forum, patch), Is.EqualTo(new[] { field }));
    }

    [TestCase(Forum, """{ "code": null }""", "code")]
    [TestCase(Forum, """{ "names": null }""", "names")]
    [TestCase(Forum, """{ "names": [] }""", "names")]
    [TestCase(Forum, """{ "seat": { "city": null } }""", "seat.city")]
    [TestCase("/v1/forums/PACT/bodies/staff", """{ "kind": null }""", "kind")]
    [TestCase("/v1/states/KAZ", """{ "names": null }""", "names")]
    [TestCase("/v1/memberships/pact.kaz", """{ "standings": null }""", "standings")]
    [TestCase("/v1/memberships/pact.kaz", """{ "standings": [] }""", "standings")]
    public async Task What_is_required_cannot_be_removed(string path, string patch, string field)
    {
        Assert.That(await FaultsAsync(path, patch), Is.EqualTo(new[] { field }));
    }

    [TestCase(Forum, "PACT2")]
    [TestCase("/v1/forums/PACT/bodies/staff", "office")]
    [TestCase("/v1/states/KAZ", "KZK")]
    public async Task A_code_is_for_good(string path, string code)
    {
        Assert.That(await FaultsAsync(path, $$"""{ "code": "{{code}}" }"""), Is.EqualTo(new[] { "code" }));
    }

    [TestCase(Forum, """{ "name": "x", "successors": ["X"], "version": 99, "recordedAt": "1900-01-01T00:00:00Z" }""")]
    [TestCase("/v1/forums/PACT/bodies/staff", """{ "name": 7, "forum": "LEAGUE", "version": "x", "recordedAt": [] }""")]
    [TestCase("/v1/states/KAZ", """{ "name": null, "successors": null, "version": null, "recordedAt": null }""")]
    [TestCase(
        "/v1/memberships/pact.kaz",
        """{ "id": "x.y", "forum": "LEAGUE", "member": { "kind": "forum", "code": "OLD" }, "version": 0 }"""
    )]
    public async Task What_the_registry_keeps_itself_is_not_changed(string path, string patch)
    {
        var before = await App.ReadAsync(path);

        var after = await (await App.PatchAsync(path, patch)).OkAsync();

        using (Assert.EnterMultipleScope())
        {
            // Nothing of the caller's own is different: the version stays the same too.
            Assert.That(after.ToJsonString(), Is.EqualTo(before.ToJsonString()));
            Assert.That((await App.ReadAsync(path)).ToJsonString(), Is.EqualTo(before.ToJsonString()));
        }
    }

    [TestCase(Forum)]
    [TestCase("/v1/forums/PACT/bodies/staff")]
    [TestCase("/v1/states/KAZ")]
    [TestCase("/v1/memberships/pact.kaz")]
    public async Task A_record_sent_back_as_it_was_read_is_a_good_patch(string path)
    {
        var before = await App.ReadAsync(path);

        var after = await (await App.PatchAsync(path, before)).OkAsync();

        Assert.That(after.ToJsonString(), Is.EqualTo(before.ToJsonString()));
    }

    [Test]
    public async Task A_patch_that_breaks_a_rule_changes_nothing()
    {
        var before = await App.ReadAsync(Forum);

        var answer = await App.PatchAsync(Forum, """{ "founded": "2001" }""");

        await answer.ProblemAsync(HttpStatusCode.Conflict, "outside-life");
        Assert.That((await App.ReadAsync(Forum)).ToJsonString(), Is.EqualTo(before.ToJsonString()));
    }

    private async Task<JsonNode> PatchAsync(string patch) => await (await App.PatchAsync(Forum, patch)).OkAsync();

    private async Task<IReadOnlyList<string>> FaultsAsync(string path, string patch)
    {
        var before = await App.ReadAsync(path);
        var faults = await (await App.PatchAsync(path, patch)).FieldsAtFaultAsync();
        Assert.That((await App.ReadAsync(path)).ToJsonString(), Is.EqualTo(before.ToJsonString()));
        return faults;
    }

    private static string WithoutKept(JsonNode record, params string[] members)
    {
        var facts = record.DeepClone().AsObject();
        foreach (var member in members.Concat(["version", "recordedAt"]))
        {
            facts.Remove(member);
        }

        return facts.ToJsonString();
    }
}
