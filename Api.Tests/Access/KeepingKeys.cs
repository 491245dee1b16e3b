using System.Net;
using Registry.Api.Tests.Support;
using Registry.Domain.Access;

namespace Registry.Api.Tests.Access;

public sealed class KeepingKeys(Engine engine) : AccessTest(engine)
{
    [Test]
    public async Task A_key_comes_back_as_it_was_sent_and_is_shown_once()
    {
        var created = await NewKeyAsync(
            new
            {
                id = "desk",
                label = "Registry desk",
                owner = "Ms Desk",
                role = "editor",
                forums = new[] { "CSTO", "CICA" },
                collections = new[] { "meetings" },
                expires = "2027-01-01T00:00:00Z",
            }
        );

        var read = await App.ReadAsync("/v1/keys/desk");
        var listed = await App.ReadAsync("/v1/keys");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)created["key"], Does.Match("^reg_[A-Za-z0-9]{49}$"));
            Assert.That(KeySecret.IsGenerated((string)created["key"]!), Is.True);
            Assert.That(read.AsObject(), Has.No.ContainKey("key"));
            Assert.That(listed.ToJsonString(), Does.Not.Contain("reg_"));
            Assert.That((string?)read["label"], Is.EqualTo("Registry desk"));
            Assert.That((string?)read["owner"], Is.EqualTo("Ms Desk"));
            Assert.That((string?)read["role"], Is.EqualTo("editor"));
            Assert.That(read["forums"]!.ToJsonString(), Is.EqualTo("""["CICA","CSTO"]"""));
            Assert.That(read["collections"]!.ToJsonString(), Is.EqualTo("""["meetings"]"""));
            Assert.That((string?)read["expires"], Is.EqualTo("2027-01-01T00:00:00.000000Z"));
            Assert.That((string?)read["status"], Is.EqualTo("active"));
            Assert.That((string?)read["createdBy"], Is.EqualTo("admin"));
        }
    }

    [Test]
    public async Task The_database_holds_no_key_but_its_hash()
    {
        var key = (string)(await NewKeyAsync(new { label = "Portal", role = "reader" }))["key"]!;

        Assert.That(
            await App.QueryAsync<string>("SELECT Hash FROM ApiKey WHERE Id = 'portal'"),
            Is.EqualTo(new[] { KeySecret.HashOf(key) })
        );
    }

    [Test]
    public async Task The_label_of_a_key_is_the_actor_in_the_history()
    {
        var key = await NewEditorAsync("Secretariat of CICA");

        await (await SendAsync(key, "POST", "/v1/forums", RegistryApp.ForumOf("CICA"))).CreatedAsync();

        var history = await App.ReadAsync("/v1/forums/CICA/history");
        var changes = await App.ReadAsync("/v1/changes");
        Assert.That(history.Each(version => version["actor"]), Is.EqualTo(new[] { "Secretariat of CICA" }));
        Assert.That(changes.Each(change => change["actor"]), Is.EqualTo(new[] { "Secretariat of CICA" }));
    }

    [Test]
    public async Task A_revoked_key_is_refused_at_the_next_request_and_for_ever()
    {
        var key = await NewEditorAsync("Portal");
        await (await SendAsync(key, "GET", "/v1/me")).OkAsync();

        var revoked = await (await App.SendAsync(HttpMethod.Post, "/v1/keys/portal/revoke")).OkAsync();

        Assert.That((string?)revoked["status"], Is.EqualTo("revoked"));
        var problem = await IsUnauthorizedAsync(await SendAsync(key, "GET", "/v1/me"));
        Assert.That((string?)problem["detail"], Does.Contain("revoked"));
        await IsUnauthorizedAsync(await SendAsync(key, "POST", "/v1/forums", RegistryApp.ForumOf("CICA")));
        await (await App.PatchAsync("/v1/keys/portal", new { role = "reader" })).ProblemAsync(
            HttpStatusCode.Conflict,
            "key-revoked"
        );
        await (await App.PostAsync("/v1/keys/portal/rotate", new { })).ProblemAsync(
            HttpStatusCode.Conflict,
            "key-revoked"
        );
        Assert.That(
            (string?)(await (await App.SendAsync(HttpMethod.Post, "/v1/keys/portal/revoke")).OkAsync())["status"],
            Is.EqualTo("revoked")
        );
    }

    [Test]
    public async Task A_key_is_refused_from_its_expiry_on()
    {
        var soon = App.Now.AddSeconds(3);
        var key = (string)
            (
                await NewKeyAsync(
                    new
                    {
                        label = "Visitor",
                        role = "reader",
                        expires = soon,
                    }
                )
            )["key"]!;
        await (await SendAsync(key, "GET", "/v1/me")).OkAsync();

        await Until.HoldsAsync(() => Task.FromResult(App.Now > soon));

        var problem = await IsUnauthorizedAsync(await SendAsync(key, "GET", "/v1/me"));
        Assert.That((string?)problem["detail"], Does.Contain("expired"));
        Assert.That((string?)(await App.ReadAsync("/v1/keys/visitor"))["status"], Is.EqualTo("expired"));
        Assert.That(
            (await App.ReadAsync("/v1/keys?status=expired")).Each(item => item["id"]),
            Is.EqualTo(new[] { "visitor" })
        );
    }

    [Test]
    public async Task An_expiry_in_the_past_is_refused()
    {
        var answer = await App.PostAsync(
            "/v1/keys",
            new
            {
                label = "Late",
                role = "reader",
                expires = "2020-01-01T00:00:00Z",
            }
        );

        Assert.That(await answer.FieldsAtFaultAsync(), Is.EqualTo(new[] { "expires" }));
    }

    [Test]
    public async Task After_a_rotation_both_keys_are_accepted_for_the_overlap_and_then_the_new_one_alone()
    {
        var former = await NewEditorAsync("Portal");

        var rotated = await (await App.PostAsync("/v1/keys/portal/rotate", new { overlapHours = 1 })).OkAsync();

        var key = (string)rotated["key"]!;
        Assert.That(key, Is.Not.EqualTo(former));
        await (await SendAsync(key, "GET", "/v1/me")).OkAsync();
        await (await SendAsync(former, "GET", "/v1/me")).OkAsync();

        var again = await (await App.PostAsync("/v1/keys/portal/rotate", new { overlapHours = 0 })).OkAsync();

        await (await SendAsync((string)again["key"]!, "GET", "/v1/me")).OkAsync();
        await IsUnauthorizedAsync(await SendAsync(key, "GET", "/v1/me"));
        await IsUnauthorizedAsync(await SendAsync(former, "GET", "/v1/me"));
        Assert.That(again.AsObject(), Has.No.ContainKey("formerKeyUntil"));
    }

    [Test]
    public async Task A_revocation_ends_the_overlap_too()
    {
        var former = await NewEditorAsync("Portal");
        await (await App.PostAsync("/v1/keys/portal/rotate", new { })).OkAsync();

        await (await App.SendAsync(HttpMethod.Post, "/v1/keys/portal/revoke")).OkAsync();

        await IsUnauthorizedAsync(await SendAsync(former, "GET", "/v1/me"));
    }

    [Test]
    public async Task A_changed_role_and_scope_count_from_the_next_request_on()
    {
        var key = await NewEditorAsync("Portal");

        await (await App.PatchAsync("/v1/keys/portal", new { role = "reader" })).OkAsync();

        await IsForbiddenAsync(await SendAsync(key, "POST", "/v1/forums", RegistryApp.ForumOf("CICA")));
        var patched = await (
            await App.PatchAsync("/v1/keys/portal", new { role = "editor", forums = new[] { "CICA" } })
        ).OkAsync();
        Assert.That((int?)patched["version"], Is.EqualTo(3));
        await IsForbiddenAsync(await SendAsync(key, "POST", "/v1/forums", RegistryApp.ForumOf("CSTO")));
        await (await SendAsync(key, "POST", "/v1/forums", RegistryApp.ForumOf("CICA"))).CreatedAsync();
    }

    [Test]
    public async Task A_change_names_the_version_it_has_read()
    {
        await NewEditorAsync("Portal");

        await (await App.PatchAsync("/v1/keys/portal", new { owner = "IT" }, ifMatch: null)).ProblemAsync(
            HttpStatusCode.PreconditionRequired,
            "version-required"
        );
        await (await App.PatchAsync("/v1/keys/portal", new { owner = "IT" }, "\"7\"")).ProblemAsync(
            HttpStatusCode.PreconditionFailed,
            "stale-version"
        );
        await (await App.PatchAsync("/v1/keys/portal", new { owner = "IT" }, "\"1\"")).OkAsync();
    }

    [Test]
    public async Task A_scope_is_for_editors_alone()
    {
        var answer = await App.PostAsync(
            "/v1/keys",
            new
            {
                label = "Admin of one forum",
                role = "admin",
                forums = new[] { "CICA" },
                collections = new[] { "planets" },
            }
        );

        Assert.That(
            await answer.FieldsAtFaultAsync(),
            Is.EquivalentTo(new[] { "forums", "collections[0]", "collections" })
        );
    }

    [Test]
    public async Task The_last_use_is_known_to_the_hour()
    {
        var key = await NewEditorAsync("Portal");
        Assert.That((await App.ReadAsync("/v1/keys/portal")).AsObject(), Has.No.ContainKey("lastUsed"));

        await (await SendAsync(key, "GET", "/v1/me")).OkAsync();

        Assert.That(
            (string?)(await App.ReadAsync("/v1/keys/portal"))["lastUsed"],
            Is.EqualTo("2026-06-30T12:00:00.000000Z")
        );
    }

    [Test]
    public async Task A_repeated_creation_with_one_idempotency_key_makes_one_key()
    {
        var first = await SendAsync(
            RegistryApp.AdminKey,
            "POST",
            "/v1/keys",
            new { label = "Portal", role = "reader" },
            ("Idempotency-Key", "once")
        );
        var second = await SendAsync(
            RegistryApp.AdminKey,
            "POST",
            "/v1/keys",
            new { label = "Portal", role = "reader" },
            ("Idempotency-Key", "once")
        );

        Assert.That(
            (string?)(await second.CreatedAsync())["key"],
            Is.EqualTo((string?)(await first.CreatedAsync())["key"])
        );
        Assert.That((await App.ReadAsync("/v1/keys"))["items"]!.AsArray(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Two_callers_with_one_label_do_not_share_idempotency_keys()
    {
        var (one, other) = (await NewEditorAsync("Portal"), await NewEditorAsync("Portal"));

        await (
            await SendAsync(one, "POST", "/v1/forums", RegistryApp.ForumOf("CICA"), ("Idempotency-Key", "same"))
        ).CreatedAsync();

        await (
            await SendAsync(other, "POST", "/v1/forums", RegistryApp.ForumOf("CSTO"), ("Idempotency-Key", "same"))
        ).CreatedAsync();
    }

    [Test]
    public async Task The_caller_is_told_who_it_is_and_what_it_may_do()
    {
        var key = await NewEditorAsync("Secretariat", ["CICA"], ["meetings"]);
        using var stranger = App.WithoutKey();

        var caller = await (await SendAsync(key, "GET", "/v1/me")).OkAsync();
        var anonymous = await (await stranger.GetAsync("/v1/me")).OkAsync();

        Assert.That(
            caller.ToJsonString(),
            Is.EqualTo(
                """{"name":"Secretariat","credentials":"key","keyId":"secretariat","role":"editor","forums":["CICA"],"collections":["meetings"]}"""
            )
        );
        Assert.That(
            anonymous.ToJsonString(),
            Is.EqualTo("""{"name":"anonymous","credentials":"none","role":"reader"}""")
        );
        await IsUnauthorizedAsync(await SendAsync("wrong", "GET", "/v1/me"));
    }
}

public sealed class KeySecrets
{
    [Test]
    public void A_secret_has_a_prefix_and_a_checksum_and_is_another_each_time()
    {
        var (one, other) = (KeySecret.New(), KeySecret.New());

        Assert.That(one, Does.Match("^reg_[A-Za-z0-9]{49}$").And.Not.EqualTo(other));
        Assert.That(KeySecret.IsGenerated(one), Is.True);
        Assert.That(KeySecret.IsMalformed(one), Is.False);
    }

    [Test]
    public void A_secret_with_one_wrong_character_is_malformed()
    {
        var secret = KeySecret.New();
        for (var at = 4; at < secret.Length; at++)
        {
            var wrong = secret[..at] + (secret[at] == 'x' ? 'y' : 'x') + secret[(at + 1)..];

            Assert.That(KeySecret.IsMalformed(wrong), Is.True, wrong);
        }
    }

    [TestCase("test-key-0123456789-0123456789-0123456789")]
    [TestCase("reg_short")]
    [TestCase("")]
    public void Another_text_may_be_a_key_from_the_settings(string text)
    {
        Assert.That(KeySecret.IsMalformed(text), Is.False);
        Assert.That(KeySecret.IsGenerated(text), Is.False);
    }

    [Test]
    public void A_very_long_text_is_no_key()
    {
        Assert.That(KeySecret.IsMalformed(new string('a', KeySecret.MaxLength + 1)), Is.True);
    }
}
