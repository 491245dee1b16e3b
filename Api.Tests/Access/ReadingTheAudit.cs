using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Registry.Api.Tests.Support;
using Registry.Infrastructure.Audit;

namespace Registry.Api.Tests.Access;

public sealed class ReadingTheAudit(Engine engine) : AccessTest(engine)
{
    protected override (string Name, string Value)[] Settings => [("Webhooks:AllowedHosts", "127.0.0.1")];

    [Test]
    public async Task A_write_is_there_with_its_caller_request_and_changes()
    {
        var key = await NewEditorAsync("Portal");
        await (await SendAsync(key, "POST", "/v1/forums", RegistryApp.ForumOf("CICA"))).CreatedAsync();

        var entry = (await AuditAsync("action=written"))[0];

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)entry["actor"], Is.EqualTo("Portal"));
            Assert.That((string?)entry["keyId"], Is.EqualTo("portal"));
            Assert.That((string?)entry["role"], Is.EqualTo("editor"));
            Assert.That((string?)entry["method"], Is.EqualTo("POST"));
            Assert.That((string?)entry["path"], Is.EqualTo("/v1/forums"));
            Assert.That((string?)entry["address"], Is.EqualTo("127.0.0.1"));
            Assert.That((string?)entry["requestId"], Is.Not.Empty);
            Assert.That((long?)entry["firstSequence"], Is.EqualTo(1));
            Assert.That((long?)entry["lastSequence"], Is.EqualTo(1));
        }
    }

    [Test]
    public async Task A_change_of_a_key_is_there_without_the_key()
    {
        var created = await NewKeyAsync(new { label = "Portal", role = "reader" });
        var rotated = await (await App.PostAsync("/v1/keys/portal/rotate", new { })).OkAsync();
        await (await App.PatchAsync("/v1/keys/portal", new { owner = "IT" })).OkAsync();
        await (await App.SendAsync(HttpMethod.Post, "/v1/keys/portal/revoke")).OkAsync();

        var page = await App.ReadAsync("/v1/audit?sort=at");

        Assert.That(
            page.Each(entry => entry["action"]),
            Is.EqualTo(new[] { "key-created", "key-rotated", "key-updated", "key-revoked" })
        );
        Assert.That(page.Each(entry => entry["subject"]), Is.All.EqualTo("keys/portal"));
        Assert.That(
            page.ToJsonString(),
            Does.Not.Contain((string)created["key"]!).And.Not.Contain((string)rotated["key"]!)
        );
    }

    [Test]
    public async Task A_refused_write_is_there_with_its_reason_and_the_id_that_the_caller_was_told()
    {
        var key = await NewEditorAsync("Portal");
        var problem = await (await SendAsync(key, "POST", "/v1/forums", new { code = "?" })).ProblemAsync(
            HttpStatusCode.BadRequest,
            "invalid-request"
        );

        var entry = (await AuditAsync("action=write-refused"))[0];

        Assert.That((int?)entry["status"], Is.EqualTo(400));
        Assert.That((string?)entry["problem"], Is.EqualTo("invalid-request"));
        Assert.That((string?)entry["actor"], Is.EqualTo("Portal"));
        Assert.That((string?)entry["requestId"], Is.EqualTo((string?)problem["traceId"]));
    }

    [Test]
    public async Task What_a_caller_may_not_do_is_there()
    {
        var key = await NewEditorAsync("Portal", ["CICA"]);
        await IsForbiddenAsync(await SendAsync(key, "GET", "/v1/audit"));
        await IsForbiddenAsync(await SendAsync(key, "DELETE", "/v1/forums/CSTO", null, ("If-Match", "*")));

        var entries = await AuditAsync("action=access-denied", 2);

        Assert.That(
            entries.Select(entry => $"{entry["method"]} {entry["path"]}"),
            Is.EqualTo(new[] { "DELETE /v1/forums/CSTO", "GET /v1/audit" })
        );
    }

    [Test]
    public async Task Failed_authentications_of_one_address_share_an_entry_without_the_credentials()
    {
        for (var round = 0; round < 5; round++)
        {
            await IsUnauthorizedAsync(await SendAsync($"guess-{round}", "POST", "/v1/forums", "{}"));
        }

        await App.Services.GetRequiredService<AuditStore>().StoreAsync(all: true);

        var entries = await AuditAsync("action=authentication-failed");
        Assert.That(entries.Sum(entry => (int)entry["occurrences"]!), Is.EqualTo(5));
        Assert.That(entries, Has.Count.LessThanOrEqualTo(2));
        Assert.That(entries[0].ToJsonString(), Does.Not.Contain("guess"));
        Assert.That(entries[0].AsObject(), Has.No.ContainKey("actor"));
    }

    [Test]
    public async Task A_write_that_is_rolled_back_leaves_no_entry()
    {
        await App.PostAsync("/v1/forums", RegistryApp.ForumOf("CICA"));
        await (await App.PostAsync("/v1/forums", RegistryApp.ForumOf("CICA"))).ProblemAsync(
            HttpStatusCode.Conflict,
            "already-exists"
        );

        Assert.That(await AuditAsync("action=written"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Subscriptions_are_in_it_too()
    {
        await (
            await App.PostAsync("/v1/subscriptions", new { id = "portal", url = "http://127.0.0.1:9/hook" })
        ).CreatedAsync();
        await (await App.PatchAsync("/v1/subscriptions/portal", new { paused = true })).OkAsync();
        await App.DeleteAsync("/v1/subscriptions/portal");

        var entries = await AuditAsync("action=written", 3);

        Assert.That(entries.Select(entry => (string?)entry["subject"]), Is.All.EqualTo("subscriptions/portal"));
        Assert.That(entries.Select(entry => (string?)entry["method"]), Is.EqualTo(new[] { "DELETE", "PATCH", "POST" }));
    }

    [Test]
    public async Task The_log_comes_as_csv()
    {
        await App.PostAsync("/v1/forums", RegistryApp.ForumOf("CICA"));

        var csv = await App.Http.GetStringAsync("/v1/audit?format=csv&fields=action,actor,firstSequence");

        Assert.That(csv, Is.EqualTo("action,actor,firstSequence\r\nwritten,admin,1\r\n"));
    }
}

/// <summary>The settings of the audit log.</summary>
public sealed class KeepingLittleAboutCallers(Engine engine) : AccessTest(engine)
{
    protected override (string Name, string Value)[] Settings =>
        [("Audit:Addresses", "network"), ("Access:Reads", "closed")];

    [Test]
    public async Task Of_an_address_its_network_is_kept()
    {
        await App.PostAsync("/v1/forums", RegistryApp.ForumOf("CICA"));

        Assert.That((string?)(await AuditAsync("action=written"))[0]["address"], Is.EqualTo("127.0.0.0/24"));
    }
}
