using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Registry.Api.Tests.Changes;
using Registry.Api.Tests.Importing;
using Registry.Api.Tests.Provenance;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.History;

public sealed class ChangingNothing(Engine engine) : RegistryTest(engine)
{
    private static readonly string[] OfEveryKind =
    [
        "/v1/sources/gazette",
        "/v1/states/KAZ",
        "/v1/forums/PACT",
        "/v1/forums/PACT/bodies/staff",
        "/v1/memberships/pact.kaz",
        "/v1/ministers/jane-doe",
        "/v1/posts/pact.staff.head",
        "/v1/appointments/pact.staff.head.jane-doe",
        "/v1/meetings/pact-summit-1",
        "/v1/documents/pact-charter",
        "/v1/outcomes/pact-summit-1.1",
        "/v1/chairmanships/pact.kaz.2020",
        "/v1/claims/one",
    ];

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private long _sequence;

    [SetUp]
    public async Task A_record_of_every_kind()
    {
        await Something.OfEveryKindAsync(App);
        await App.EstablishSourceAsync("gazette");
        await (await App.ClaimAsync("/standings/0/from", "2000", id: "one")).CreatedAsync();
        _sequence = await HeadAsync();
    }

    [TestCaseSource(nameof(OfEveryKind))]
    public async Task A_patch_that_changes_nothing_makes_no_version(string address)
    {
        var record = await App.ReadAsync(address);
        var member = record.AsObject().First(member => member.Key is not ("id" or "code" or "name"));
        var same = new JsonObject { [member.Key] = member.Value!.DeepClone() };

        foreach (var patch in new[] { "{}", same.ToJsonString(), """{ "sources": null }""" })
        {
            if (patch.Contains("sources", StringComparison.Ordinal) && address.Contains("/sources/"))
            {
                continue;
            }

            var answer = await App.PatchAsync(address, patch);
            if (answer.StatusCode == HttpStatusCode.BadRequest && patch.Contains("sources", StringComparison.Ordinal))
            {
                // A claim cites one source and has no such list.
                continue;
            }

            Assert.That((await answer.OkAsync()).ToJsonString(), Is.EqualTo(record.ToJsonString()), patch);
            Assert.That(answer.Headers.ETag!.Tag, Is.EqualTo($"\"{record["version"]}\""));
        }

        Assert.That(await HeadAsync(), Is.EqualTo(_sequence));
    }

    [TestCaseSource(nameof(OfEveryKind))]
    public async Task A_put_of_what_is_on_file_makes_no_version(string address)
    {
        var record = await App.ReadAsync(address);
        var bare = record.DeepClone().AsObject();
        bare.Remove("version");
        bare.Remove("recordedAt");
        var odd = JsonSerializer.Serialize(Reversed(bare), Indented);

        foreach (var body in new[] { record.ToJsonString(), bare.ToJsonString(), odd })
        {
            var answer = await App.PutAsync(address, body, "*");

            Assert.That((await answer.OkAsync()).ToJsonString(), Is.EqualTo(record.ToJsonString()), body);
            Assert.That(answer.Headers.ETag!.Tag, Is.EqualTo($"\"{record["version"]}\""));
        }

        Assert.That(await HeadAsync(), Is.EqualTo(_sequence));
    }

    [Test]
    public async Task Nulls_and_defaults_spelled_out_change_nothing()
    {
        var appointment = (await App.ReadAsync("/v1/appointments/pact.staff.head.jane-doe")).AsObject();
        appointment["acting"] = false;
        appointment["until"] = null;
        appointment["sources"] = new JsonArray();

        var answer = await App.PutAsync(
            "/v1/appointments/pact.staff.head.jane-doe",
            appointment.ToJsonString(),
            "\"1\""
        );

        Assert.That((int?)(await answer.OkAsync())["version"], Is.EqualTo(1));
        Assert.That(await HeadAsync(), Is.EqualTo(_sequence));
    }

    [Test]
    public async Task Who_means_another_version_still_hears_so()
    {
        await (await App.PatchAsync("/v1/states/KAZ", "{}", "\"2\"")).ProblemAsync(
            HttpStatusCode.PreconditionFailed,
            "stale-version"
        );
        await (await App.PatchAsync("/v1/states/KAZ", "{}", null)).ProblemAsync(
            HttpStatusCode.PreconditionRequired,
            "version-required"
        );
    }

    [Test]
    public async Task A_claim_that_is_preferred_already_stays_as_it_is()
    {
        await (await App.PreferAsync("one", new { reason = "The gazette" })).CreatedAsync();
        _sequence = await HeadAsync();

        var answer = await App.PreferAsync("one", new { reason = "The gazette" });

        Assert.That((int?)(await answer.OkAsync())["version"], Is.EqualTo(2));
        Assert.That(answer.Headers.ETag!.Tag, Is.EqualTo("\"2\""));
        Assert.That(await HeadAsync(), Is.EqualTo(_sequence));
    }

    [Test]
    public async Task An_import_of_what_is_on_file_makes_no_version()
    {
        var export = await (await App.GetAsync("/v1/export")).Content.ReadAsStringAsync();

        var import = await App.ImportAsync(export);

        Assert.That((string?)import["status"], Is.EqualTo("done"), import.ToString());
        Assert.That((int?)import["unchanged"], Is.EqualTo(OfEveryKind.Length), import.ToString());
        Assert.That(await HeadAsync(), Is.EqualTo(_sequence));
    }

    private async Task<long> HeadAsync() =>
        (await App.ReadAsync("/v1/changes?limit=1000"))["items"]!.AsArray().Max(change => (long)change!["sequence"]!);

    private static JsonNode? Reversed(JsonNode? node) =>
        node switch
        {
            JsonObject members => new JsonObject(
                members.Reverse().Select(member => KeyValuePair.Create(member.Key, Reversed(member.Value)))
            ),
            JsonArray items => new JsonArray([.. items.Select(Reversed)]),
            _ => node?.DeepClone(),
        };
}
