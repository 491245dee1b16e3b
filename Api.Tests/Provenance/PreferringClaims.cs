using System.Net;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Provenance;

public sealed class PreferringClaims(Engine engine) : RegistryTest(engine)
{
    [SetUp]
    public async Task Establish()
    {
        await App.EstablishMembershipAsync();
        await App.ClaimAsync("/standings/0/from", "2000", id: "early");
        await App.ClaimAsync("/standings/0/from", "2001", "dataset", id: "late");
    }

    [Test]
    public async Task The_record_takes_the_value_of_the_claim_that_is_preferred()
    {
        await (await App.PreferAsync("early")).CreatedAsync();
        var answer = await App.PreferAsync("late", new { reason = "The treaty itself." });

        var preferred = await answer.CreatedAsync();
        var former = await App.ReadAsync("/v1/claims/early");
        var membership = await App.ReadAsync("/v1/memberships/pact.kaz");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((bool?)preferred["preferred"], Is.True);
            Assert.That((bool?)preferred["rival"], Is.False);
            Assert.That((string?)preferred["reason"], Is.EqualTo("The treaty itself."));
            Assert.That((bool?)former["preferred"], Is.False);
            Assert.That((bool?)former["rival"], Is.True);
            Assert.That((string?)membership["standings"]![0]!["from"], Is.EqualTo("2001"));
            Assert.That((int?)membership["version"], Is.EqualTo(2));
        }
    }

    [Test]
    public async Task What_the_record_says_already_is_preferred_without_a_word_changed()
    {
        await (await App.PreferAsync("early")).CreatedAsync();
        var again = await App.PreferAsync("early");

        await again.OkAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((int?)(await App.ReadAsync("/v1/memberships/pact.kaz"))["version"], Is.EqualTo(1));
            Assert.That((int?)(await App.ReadAsync("/v1/claims/early"))["version"], Is.EqualTo(2));
        }
    }

    [Test]
    public async Task Of_claims_that_agree_one_is_preferred()
    {
        await App.ClaimAsync("/standings/0/from", "2000", "dataset", id: "early-too");
        await App.PreferAsync("early");

        await App.PreferAsync("early-too");

        var page = await App.ReadAsync("/v1/claims?preferred=true");
        Assert.That(page.Each(claim => claim["id"]), Is.EqualTo(new[] { "early-too" }));
    }

    [Test]
    public async Task A_correction_against_the_preferred_claim_ends_the_preference()
    {
        await App.PreferAsync("early");

        await App.PutAsync(
            "/v1/memberships/pact.kaz",
            new { standings = new[] { new { standing = "member", from = "1999" } } },
            "*"
        );

        var claim = await App.ReadAsync("/v1/claims/early");
        Assert.That(((bool?)claim["preferred"], (bool?)claim["rival"]), Is.EqualTo((false, true)));
    }

    [Test]
    public async Task A_claim_that_is_corrected_keeps_its_preference_while_it_says_the_same()
    {
        await App.PreferAsync("early");

        var noted = await App.PatchAsync("/v1/claims/early", new { note = "Page 3." });
        var changed = await App.PatchAsync("/v1/claims/early", new { value = "2003" });

        Assert.That((bool?)(await noted.OkAsync())["preferred"], Is.True);
        Assert.That((bool?)(await changed.OkAsync())["preferred"], Is.False);
    }

    [Test]
    public async Task A_rule_that_the_record_would_break_holds_and_nothing_changes()
    {
        await App.PatchAsync("/v1/states/KAZ", new { existence = new { from = "1991" } });
        await App.ClaimAsync("/existence/until", "1999", collection: "states", subject: "KAZ", id: "end");

        var refused = await App.PreferAsync("end");

        await refused.ProblemAsync(HttpStatusCode.Conflict, "outside-life");
        Assert.That((bool?)(await App.ReadAsync("/v1/claims/end"))["preferred"], Is.False);
    }

    [Test]
    public async Task A_value_that_contradicts_the_rest_of_the_record_is_kept_but_not_taken()
    {
        await App.StepAsync("pact.kaz", new { step = "withdraw", until = "2005" });
        await (await App.ClaimAsync("/standings/0/from", "2010", "dataset", id: "later")).CreatedAsync();

        var refused = await App.PreferAsync("later");

        await refused.ProblemAsync(HttpStatusCode.Conflict, "claim-does-not-fit");
    }

    [Test]
    public async Task That_there_is_no_value_can_be_preferred()
    {
        await App.StepAsync("pact.kaz", new { step = "withdraw", until = "2005" });
        await App.ClaimAsync("/standings/0", null, id: "none-such");
        await (
            await App.PutAsync(
                "/v1/claims/goes-on",
                """
                {
                  "subject": { "collection": "memberships", "id": "pact.kaz" }, "field": "/standings/0/ending",
                  "value": null, "source": "gazette", "confidence": "low"
                }
                """
            )
        ).CreatedAsync();

        await (await App.PreferAsync("goes-on")).CreatedAsync();

        var standing = (await App.ReadAsync("/v1/memberships/pact.kaz"))["standings"]![0]!;
        Assert.That(standing["ending"], Is.Null);
    }

    [Test]
    public async Task The_version_of_the_claim_can_be_said()
    {
        var stale = await App.SendAsync(HttpMethod.Post, "/v1/claims/late/preference", new { }, ifMatch: "\"7\"");
        var fresh = await App.SendAsync(HttpMethod.Post, "/v1/claims/late/preference", new { }, ifMatch: "\"1\"");

        await stale.ProblemAsync(HttpStatusCode.PreconditionFailed, "stale-version");
        await fresh.CreatedAsync();
    }

    [Test]
    public async Task Only_a_claim_on_file_is_preferred()
    {
        await (await App.PreferAsync("nobody")).ProblemAsync(HttpStatusCode.NotFound, "not-found");
    }
}
