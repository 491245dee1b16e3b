using System.Net;
using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Http;

public sealed class Conditions(Engine engine) : SettledTest(engine)
{
    private static readonly Target[] Targets =
    [
        new("forum", "/v1/forums/LEAGUE", "/v1/forums/FRESH", """{ "founded": "1990" }"""),
        new("body", "/v1/forums/PACT/bodies/staff", "/v1/forums/PACT/bodies/fresh", """{ "kind": "staff" }"""),
        new("state", "/v1/states/PER", "/v1/states/NPL", """{ "region": "americas" }"""),
        new(
            "membership",
            "/v1/memberships/pact.kaz",
            "/v1/memberships/pact.per",
            """{ "standings": [{ "standing": "member", "from": "2001" }] }"""
        ),
        new("minister", "/v1/ministers/bea", "/v1/ministers/fresh", """{ "born": "1950" }"""),
        new("post", "/v1/posts/kaz.deputy", "/v1/posts/fresh", """{ "established": "1992" }"""),
        new(
            "appointment",
            "/v1/appointments/ada-envoy",
            "/v1/appointments/fresh",
            """{ "until": "2010" }""",
            """{ "post": "kaz.deputy" }"""
        ),
        new("chairmanship", "/v1/chairmanships/pact-kaz", "/v1/chairmanships/fresh", """{ "until": "2010" }"""),
    ];

    private static readonly string[] Stale =
    [
        "\"2\"",
        "\"0\"",
        "\"-1\"",
        "\"01\"",
        "\"1 \"",
        "\" 1\"",
        "\"+1\"",
        "\"1.0\"",
        "\"\"",
        "\"x\"",
        "\"99999999999999999999\"",
        "W/\"1\"",
        "\"2\", \"3\"",
        "W/\"1\", \"2\"",
    ];

    private static readonly string[] Unreadable = ["garbage", "1", "\"1", "1\"", "'1'", "W/1"];

    [TestCaseSource(nameof(Targets))]
    public async Task Every_version_has_a_tag_of_its_own(Target target)
    {
        var first = await App.GetAsync(target.Path);
        var corrected = await App.PatchAsync(target.Path, target.Patch, ifMatch: first.Headers.ETag!.ToString());
        var second = await App.GetAsync(target.Path);
        var replaced = await App.PutAsync(target.Path, await first.OkAsync(), ifMatch: "\"2\"");
        var third = await App.GetAsync(target.Path);
        var created = await App.PutAsync(target.Vacant, target.Record(await third.OkAsync()));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(TagOf(first), Is.EqualTo("\"1\""));
            Assert.That(TagOf(corrected), Is.EqualTo("\"2\""));
            Assert.That(TagOf(second), Is.EqualTo("\"2\""));
            Assert.That(TagOf(replaced), Is.EqualTo("\"3\""));
            Assert.That(TagOf(third), Is.EqualTo("\"3\""));
            Assert.That((int?)(await third.OkAsync())["version"], Is.EqualTo(3));
            Assert.That(created.StatusCode, Is.EqualTo(HttpStatusCode.Created));
            Assert.That(TagOf(created), Is.EqualTo("\"1\""));
            Assert.That(created.Headers.Location?.ToString(), Is.EqualTo(target.Vacant));
        }
    }

    [Test]
    public async Task A_step_gives_the_membership_a_new_tag()
    {
        var stepped = await App.StepAsync(
            "pact.kaz",
            new
            {
                step = "accede",
                standing = "member",
                from = "2005",
            }
        );

        Assert.That(TagOf(stepped), Is.EqualTo("\"2\""));
    }

    [TestCaseSource(nameof(Targets))]
    public async Task What_the_caller_holds_is_not_sent_again(Target target)
    {
        foreach (var held in new[] { "\"1\"", "W/\"1\"", "*", "\"0\", \"1\"", "\"9\",W/\"1\"" })
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
            {
                using var answer = await App.SendAsync(method, target.Path, ifNoneMatch: held);

                using (Assert.EnterMultipleScope())
                {
                    Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotModified), $"{method} {held}");
                    Assert.That(TagOf(answer), Is.EqualTo("\"1\""));
                    Assert.That(answer.Headers.CacheControl?.NoCache, Is.True);
                    Assert.That(await answer.Content.ReadAsByteArrayAsync(), Is.Empty);
                }
            }
        }
    }

    [TestCaseSource(nameof(Targets))]
    public async Task What_the_caller_does_not_hold_is_sent(Target target)
    {
        foreach (var held in new[] { "\"2\"", "W/\"2\"", "\"01\"", "\"0\", \"2\"", "garbage", "1", "\"1" })
        {
            using var answer = await App.SendAsync(HttpMethod.Get, target.Path, ifNoneMatch: held);

            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), held);
        }
    }

    [TestCaseSource(nameof(Targets))]
    public async Task A_change_is_sent_again_to_who_holds_the_version_before(Target target)
    {
        await (await App.PatchAsync(target.Path, target.Patch)).OkAsync();

        using var answer = await App.SendAsync(HttpMethod.Get, target.Path, ifNoneMatch: "\"1\"");

        await answer.OkAsync();
    }

    [TestCaseSource(nameof(Targets))]
    public async Task A_change_needs_the_version_it_means(Target target)
    {
        var record = await App.ReadAsync(target.Path);

        foreach (
            var answer in new[]
            {
                await App.PutAsync(target.Path, record),
                await App.PatchAsync(target.Path, target.Patch, ifMatch: null),
                await App.DeleteAsync(target.Path, ifMatch: null),
            }
        )
        {
            await answer.ProblemAsync(HttpStatusCode.PreconditionRequired, "version-required");
        }

        await UnchangedAsync(target);
    }

    [TestCaseSource(nameof(Targets))]
    public async Task A_change_of_another_version_is_refused(Target target)
    {
        var record = await App.ReadAsync(target.Path);
        var failures = new List<string>();
        foreach (var tag in Stale)
        {
            foreach (
                var answer in new[]
                {
                    await App.PutAsync(target.Path, record, tag),
                    await App.PatchAsync(target.Path, target.Patch, tag),
                    await App.DeleteAsync(target.Path, tag),
                }
            )
            {
                if (!await IsProblemAsync(answer, HttpStatusCode.PreconditionFailed, "stale-version"))
                {
                    failures.Add($"{answer.RequestMessage!.Method} {tag}: {answer.StatusCode}");
                }
            }
        }

        Assert.That(failures, Is.Empty, string.Join('\n', failures));
        await UnchangedAsync(target);
    }

    [TestCaseSource(nameof(Targets))]
    public async Task A_condition_that_cannot_be_read_is_named(Target target)
    {
        var record = await App.ReadAsync(target.Path);
        var failures = new List<string>();
        foreach (var tag in Unreadable)
        {
            foreach (
                var answer in new[]
                {
                    await App.PutAsync(target.Path, record, tag),
                    await App.PatchAsync(target.Path, target.Patch, tag),
                    await App.DeleteAsync(target.Path, tag),
                }
            )
            {
                if (
                    !await IsProblemAsync(answer, HttpStatusCode.BadRequest, "invalid-request")
                    || (await answer.JsonAsync())["errors"]?["If-Match"] is null
                )
                {
                    failures.Add($"{answer.RequestMessage!.Method} {tag}: {answer.StatusCode}");
                }
            }
        }

        Assert.That(failures, Is.Empty, string.Join('\n', failures));
        await UnchangedAsync(target);
    }

    [TestCaseSource(nameof(Targets))]
    public async Task One_right_tag_among_others_is_enough(Target target)
    {
        var corrected = await App.PatchAsync(target.Path, target.Patch, ifMatch: "\"7\", W/\"1\", \"1\"");
        await corrected.OkAsync();

        var replaced = await App.PutAsync(target.Path, await App.ReadAsync(target.Path), ifMatch: "\"1\",\"2\"");
        await replaced.OkAsync();

        var deleted = await App.DeleteAsync(target.Path, ifMatch: "\"2\", \"3\"");
        Assert.That(deleted.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
    }

    [TestCaseSource(nameof(Targets))]
    public async Task A_star_means_whatever_is_there(Target target)
    {
        await (await App.PatchAsync(target.Path, target.Patch, ifMatch: "*")).OkAsync();
        await (await App.PutAsync(target.Path, await App.ReadAsync(target.Path), ifMatch: "*")).OkAsync();
        var deleted = await App.DeleteAsync(target.Path, ifMatch: "*");

        Assert.That(deleted.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
    }

    [TestCaseSource(nameof(Targets))]
    public async Task If_none_match_star_only_creates(Target target)
    {
        var record = await App.ReadAsync(target.Path);

        var over = await App.SendAsync(HttpMethod.Put, target.Path, record, ifNoneMatch: "*");
        await over.ProblemAsync(HttpStatusCode.PreconditionFailed, "stale-version");
        await UnchangedAsync(target);

        var fresh = await App.SendAsync(HttpMethod.Put, target.Vacant, target.Record(record), ifNoneMatch: "*");
        await fresh.CreatedAsync();
    }

    [TestCaseSource(nameof(Targets))]
    public async Task A_tag_in_if_none_match_says_nothing_to_a_change(Target target)
    {
        var record = await App.ReadAsync(target.Path);

        var answer = await App.SendAsync(HttpMethod.Put, target.Path, record, ifNoneMatch: "\"7\"");

        Assert.That(await answer.FieldsAtFaultAsync(), Is.EqualTo(new[] { "If-None-Match" }));
        await UnchangedAsync(target);
    }

    [TestCaseSource(nameof(Targets))]
    public async Task Nothing_is_created_for_who_expects_it_to_be_there(Target target)
    {
        var record = target.Record(await App.ReadAsync(target.Path));
        foreach (var tag in new[] { "\"1\"", "*", "W/\"1\"", "\"x\"" })
        {
            var answer = await App.PutAsync(target.Vacant, record, ifMatch: tag);

            await answer.ProblemAsync(HttpStatusCode.PreconditionFailed, "stale-version");
        }

        await (await App.GetAsync(target.Vacant)).ProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [TestCaseSource(nameof(Targets))]
    public async Task What_is_not_there_is_not_found_whatever_the_condition(Target target)
    {
        foreach (var tag in new[] { null, "*", "\"1\"" })
        {
            var corrected = await App.PatchAsync(target.Vacant, target.Patch, tag);
            var deleted = await App.DeleteAsync(target.Vacant, tag);

            await corrected.ProblemAsync(HttpStatusCode.NotFound, "not-found");
            await deleted.ProblemAsync(HttpStatusCode.NotFound, "not-found");
        }
    }

    [TestCase("\"1\"")]
    [TestCase("*")]
    [TestCase("\"7\", \"1\"")]
    [TestCase(null)]
    public async Task A_step_may_name_the_version_it_is_meant_for(string? tag)
    {
        var stepped = await SendStepAsync(tag);

        await stepped.CreatedAsync();
    }

    [Test]
    public async Task A_step_meant_for_another_version_is_refused()
    {
        foreach (var tag in Stale)
        {
            var stepped = await SendStepAsync(tag);

            await stepped.ProblemAsync(HttpStatusCode.PreconditionFailed, "stale-version");
        }
    }

    [Test]
    public async Task A_step_with_a_condition_that_cannot_be_read_is_refused()
    {
        foreach (var tag in Unreadable)
        {
            var stepped = await SendStepAsync(tag);

            Assert.That(await stepped.FieldsAtFaultAsync(), Is.EqualTo(new[] { "If-Match" }), tag);
        }
    }

    [Test]
    public async Task Of_two_who_read_the_same_version_one_is_refused()
    {
        var one = await App.PatchAsync("/v1/states/PER", new { region = "americas" }, ifMatch: "\"1\"");
        var other = await App.PatchAsync("/v1/states/PER", new { subregion = "South America" }, ifMatch: "\"1\"");

        await one.OkAsync();
        await other.ProblemAsync(HttpStatusCode.PreconditionFailed, "stale-version");
    }

    [Test]
    public async Task Of_many_who_change_the_same_version_at_once_one_is_heard()
    {
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 12)
                .Select(number =>
                    App.PatchAsync("/v1/states/PER", new { subregion = $"Region {number}" }, ifMatch: "\"1\"")
                )
        );

        Assert.That(answers.Count(answer => answer.StatusCode == HttpStatusCode.OK), Is.EqualTo(1));
        Assert.That(
            answers.Count(answer => answer.StatusCode == HttpStatusCode.PreconditionFailed),
            Is.EqualTo(answers.Length - 1)
        );
    }

    private static string? TagOf(HttpResponseMessage answer) => answer.Headers.ETag?.ToString();

    private static async Task<bool> IsProblemAsync(HttpResponseMessage answer, HttpStatusCode status, string type) =>
        answer.StatusCode == status && (string?)(await answer.JsonAsync())["type"] == $"/problems/{type}";

    private Task<HttpResponseMessage> SendStepAsync(string? tag) =>
        App.SendAsync(
            HttpMethod.Post,
            "/v1/memberships/pact.kaz/standings",
            new
            {
                step = "accede",
                standing = "member",
                from = "2005",
            },
            ifMatch: tag
        );

    private async Task UnchangedAsync(Target target) =>
        Assert.That((int?)(await App.ReadAsync(target.Path))["version"], Is.EqualTo(1));

    /// <summary>
    /// A record on file that nothing refers to, an address beside it where none was, a correction of it, and what is
    /// different in a record that can stand at the vacant address beside it.
    /// </summary>
    public sealed record Target(string Name, string Path, string Vacant, string Patch, string Different = "{}")
    {
        /// <summary>The record as it would be at the vacant address.</summary>
        public JsonNode Record(JsonNode record)
        {
            var copy = record.DeepClone();
            copy[copy["code"] is null ? "id" : "code"] = Vacant[(Vacant.LastIndexOf('/') + 1)..];
            foreach (var (member, value) in JsonNode.Parse(Different)!.AsObject())
            {
                copy[member] = value?.DeepClone();
            }

            return copy;
        }

        public override string ToString() => Name;
    }
}
