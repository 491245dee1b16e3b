using System.Net;
using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Provenance;

public sealed class ClaimingFields(Engine engine) : RegistryTest(engine)
{
    [SetUp]
    public Task Establish() => App.EstablishMembershipAsync();

    [Test]
    public async Task A_claim_that_differs_from_the_record_is_a_rival_and_leaves_the_record_alone()
    {
        var agreeing = await (await App.ClaimAsync("/standings/0/from", "2000")).CreatedAsync();
        var differing = await (await App.ClaimAsync("/standings/0/from", "2001", "dataset")).CreatedAsync();

        var membership = await App.ReadAsync("/v1/memberships/pact.kaz");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)agreeing["id"], Is.EqualTo("pact.kaz.standings-0-from.gazette"));
            Assert.That((bool?)agreeing["rival"], Is.False);
            Assert.That((bool?)differing["rival"], Is.True);
            Assert.That((bool?)differing["preferred"], Is.False);
            Assert.That((string?)membership["standings"]![0]!["from"], Is.EqualTo("2000"));
            Assert.That((int?)membership["version"], Is.EqualTo(1));
        }
    }

    [Test]
    public async Task A_correction_of_the_record_turns_its_claims_into_rivals_or_back()
    {
        await App.ClaimAsync("/standings/0/from", "2000", id: "early");
        await App.ClaimAsync("/standings/0/from", "2001", "dataset", id: "late");

        await App.PutAsync(
            "/v1/memberships/pact.kaz",
            new { standings = new[] { new { standing = "member", from = "2001" } } },
            "*"
        );

        var (early, late) = (await App.ReadAsync("/v1/claims/early"), await App.ReadAsync("/v1/claims/late"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That((bool?)early["rival"], Is.True);
            Assert.That((bool?)late["rival"], Is.False);
            Assert.That((int?)late["version"], Is.EqualTo(2));
        }
    }

    [TestCase("/standings/0/nonsense")]
    [TestCase("/standings/1/from")]
    [TestCase("/standings/00/from")]
    [TestCase("/standings/-/from")]
    [TestCase("/standings/from")]
    [TestCase("/standings/0/from/year")]
    [TestCase("/version")]
    [TestCase("/member/code")]
    [TestCase("/id")]
    [TestCase("/claims")]
    public async Task A_field_is_one_that_the_record_has_or_could_have(string field)
    {
        var answer = await App.ClaimAsync(field, "2001");

        Assert.That(await answer.FieldsAtFaultAsync(), Is.EqualTo(new[] { "field" }));
    }

    [TestCase("standings/0/from")]
    [TestCase("/")]
    [TestCase("")]
    [TestCase("/a~2b")]
    public async Task A_field_is_a_pointer(string field) =>
        Assert.That(await (await App.ClaimAsync(field, "2001")).FieldsAtFaultAsync(), Is.EqualTo(new[] { "field" }));

    [TestCase("/standings/0/from", "\"soon\"", "value")]
    [TestCase("/standings/0/from", "7", "value")]
    [TestCase("/standings/0/from", "null", "value")]
    [TestCase("/standings/0/standing", "\"friend\"", "value")]
    [TestCase("/standings/0/basis", "\"\"", "value")]
    [TestCase("/standings", "[]", "value")]
    [TestCase("/standings", "[{\"standing\":\"member\",\"from\":\"later\"}]", "value[0].from")]
    [TestCase("/standings/0", "{\"standing\":\"member\",\"from\":\"1999\",\"more\":1}", "value.more")]
    [TestCase("/standings/0", "null", "value")]
    public async Task A_value_is_one_that_the_field_could_have(string field, string value, string fault)
    {
        var answer = await App.ClaimAsync(field, JsonNode.Parse(value));

        Assert.That(await answer.FieldsAtFaultAsync(), Is.EqualTo(new[] { fault }));
    }

    [Test]
    public async Task A_field_without_a_value_can_be_claimed_and_that_it_has_none()
    {
        var ended = await (await App.ClaimAsync("/standings/0/until", "2010")).CreatedAsync();
        var none = await (await App.ClaimAsync("/standings/0/until", null, "dataset")).CreatedAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((bool?)ended["rival"], Is.True);
            Assert.That((bool?)none["rival"], Is.False);
            Assert.That(none.AsObject().ContainsKey("value"), Is.True);
        }
    }

    [Test]
    public async Task What_a_claim_names_is_on_record()
    {
        var subject = await App.ClaimAsync("/standings/0/from", "2001", subject: "pact.usa");
        var source = await App.ClaimAsync("/standings/0/from", "2001", "nobody");
        var collection = await App.ClaimAsync("/title", "x", collection: "sources", subject: "gazette");

        await subject.ProblemAsync(HttpStatusCode.Conflict, "unknown-reference");
        await source.ProblemAsync(HttpStatusCode.Conflict, "unknown-reference");
        Assert.That(await collection.FieldsAtFaultAsync(), Is.EqualTo(new[] { "subject.collection" }));
    }

    [Test]
    public async Task What_is_missing_is_named()
    {
        var answer = await App.PostAsync("/v1/claims", new { note = "" });

        Assert.That(
            await answer.FieldsAtFaultAsync(),
            Is.EqualTo(new[] { "confidence", "field", "note", "source", "subject", "value" })
        );
    }

    [Test]
    public async Task A_record_and_a_source_stay_while_a_claim_names_them()
    {
        await App.ClaimAsync("/standings/0/from", "2001", id: "late");

        var record = await App.DeleteAsync("/v1/memberships/pact.kaz");
        var source = await App.DeleteAsync("/v1/sources/gazette");
        var citing = await App.ReadAsync("/v1/sources/gazette/citations");
        await App.DeleteAsync("/v1/claims/late");
        var later = await App.DeleteAsync("/v1/memberships/pact.kaz");

        await record.ProblemAsync(HttpStatusCode.Conflict, "still-in-use");
        await source.ProblemAsync(HttpStatusCode.Conflict, "still-in-use");
        Assert.That(citing.Each(row => row["id"]), Is.EqualTo(new[] { "late" }));
        Assert.That(later.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
    }

    [Test]
    public async Task Claims_are_listed_by_what_they_say_and_where()
    {
        await App.ClaimAsync("/standings/0/from", "2000", id: "early");
        await App.ClaimAsync("/standings/0/from", "2001", "dataset", id: "late");
        await App.ClaimAsync("/standings/0/basis", "Treaty", id: "alone");
        await App.ClaimAsync("/founded", "1992", collection: "forums", subject: "PACT", id: "founding");
        await App.ClaimAsync("/region", "asia", collection: "states", subject: "KAZ", id: "place");
        await App.PreferAsync("early");

        foreach (
            var (filter, ids) in new[]
            {
                ("disputed=true", "early late"),
                ("disputed=false", "alone founding place"),
                ("forum=pact", "alone early founding late"),
                ("collection=states", "place"),
                ("subject=pact.kaz", "alone early late"),
                ("field=/standings/0/from&rival=true", "late"),
                ("source=dataset", "late"),
                ("preferred=true", "early"),
                ("rival=false", "early"),
                ("disputed=true&forum=PACT&rival=true", "late"),
            }
        )
        {
            var page = await App.ReadAsync($"/v1/claims?{filter}");
            Assert.That(page.Each(claim => claim["id"]), Is.EqualTo(ids.Split(' ')), filter);
        }

        var bySubject = await App.ReadAsync("/v1/claims?sort=subject");
        Assert.That(
            bySubject.Each(claim => claim["id"]),
            Is.EqualTo(new[] { "founding", "alone", "early", "late", "place" })
        );
    }

    [Test]
    public async Task A_claim_is_known_as_it_was()
    {
        await App.ClaimAsync("/standings/0/from", "2000", id: "early");
        var then = (string?)(await App.ReadAsync("/v1/claims/early"))["recordedAt"];
        await App.ClaimAsync("/standings/0/from", "2001", "dataset", id: "late");

        var disputed = await App.ReadAsync($"/v1/claims?disputed=true&knownAt={then}");

        Assert.That(disputed["items"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task A_record_can_be_read_with_the_claims_on_it()
    {
        await App.ClaimAsync("/standings/0/from", "2000", id: "early");
        await App.ClaimAsync("/standings/0/from", "2001", "dataset", id: "late");
        var plain = await App.Http.GetStringAsync("/v1/memberships/pact.kaz");

        var answer = await App.GetAsync("/v1/memberships/pact.kaz?expand=claims");

        var expanded = (await answer.OkAsync()).AsObject();
        var field = expanded["claims"]!["/standings/0/from"]!;
        expanded.Remove("claims");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((bool?)field["disputed"], Is.True);
            Assert.That(
                field["claims"]!.AsArray().Select(claim => $"{claim!["id"]} {claim["value"]} {claim["rival"]}"),
                Is.EqualTo(new[] { "early 2000 false", "late 2001 true" })
            );
            Assert.That(
                field["sources"]!.AsArray().Select(source => (string?)source!["id"]),
                Is.EqualTo(new[] { "gazette", "dataset" })
            );
            Assert.That(answer.Headers.ETag?.IsWeak, Is.True);
            Assert.That(JsonNode.DeepEquals(expanded, JsonNode.Parse(plain)), Is.True);
        }

        var again = await App.SendAsync(
            HttpMethod.Get,
            "/v1/memberships/pact.kaz?expand=claims",
            ifNoneMatch: answer.Headers.ETag!.ToString()
        );
        var change = await App.PatchAsync("/v1/memberships/pact.kaz", new { }, answer.Headers.ETag.ToString());
        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
        await change.ProblemAsync(HttpStatusCode.PreconditionFailed, "stale-version");
    }

    [Test]
    public async Task Only_claims_can_be_read_with_a_record() =>
        Assert.That(
            await (await App.GetAsync("/v1/memberships/pact.kaz?expand=sources")).FieldsAtFaultAsync(),
            Is.EqualTo(new[] { "expand" })
        );
}
