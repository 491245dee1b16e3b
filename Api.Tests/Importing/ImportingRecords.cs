using System.Net;
using Registry.Api.Tests.Changes;
using Registry.Api.Tests.Provenance;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Importing;

public sealed class ImportingRecords(Engine engine) : RegistryTest(engine)
{
    [Test]
    public async Task Lines_become_records_whatever_their_order()
    {
        var import = await App.ImportAsync(
            Imports.Line(
                "appointments",
                new
                {
                    id = "kaz.fm.jane-doe",
                    minister = "jane-doe",
                    post = "kaz.fm",
                    from = "2020",
                }
            )
                + Imports.Line(
                    "posts",
                    new
                    {
                        id = "kaz.fm",
                        kind = "foreign-minister",
                        of = new { kind = "state", code = "KAZ" },
                        titles = RegistryApp.TextsOf("Minister"),
                    }
                )
                + "\n"
                + Imports.Minister("jane-doe")
                + Imports.State("KAZ")
        );

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Imports.Counts(import), Is.EqualTo("done: 4 0 0 0"));
            Assert.That((int?)import["processed"], Is.EqualTo(4));
            Assert.That((int?)import["total"], Is.EqualTo(4));
            Assert.That((string?)import["actor"], Is.EqualTo("admin"));
            Assert.That(
                (string?)(await App.ReadAsync("/v1/appointments/kaz.fm.jane-doe"))["post"],
                Is.EqualTo("kaz.fm")
            );
        }
    }

    [Test]
    public async Task What_comes_after_what_names_it_in_the_same_collection_is_waited_for()
    {
        var import = await App.ImportAsync(
            Imports.Line(
                "states",
                new
                {
                    code = "AAA",
                    names = RegistryApp.NamesOf("Last", "short"),
                    predecessors = new[] { "BBB" },
                }
            )
                + Imports.Line(
                    "states",
                    new
                    {
                        code = "BBB",
                        names = RegistryApp.NamesOf("Middle", "short"),
                        existence = new { until = "1991" },
                        predecessors = new[] { "CCC" },
                    }
                )
                + Imports.Line(
                    "states",
                    new
                    {
                        code = "CCC",
                        names = RegistryApp.NamesOf("First", "short"),
                        existence = new { until = "1950" },
                    }
                )
        );

        Assert.That(Imports.Counts(import), Is.EqualTo("done: 3 0 0 0"), import.ToJsonString());
        Assert.That((string?)(await App.ReadAsync("/v1/states/CCC"))["successors"]![0], Is.EqualTo("BBB"));
    }

    [Test]
    public async Task The_same_file_twice_changes_nothing()
    {
        await Something.OfEveryKindAsync(App);
        await App.EstablishSourceAsync("gazette");
        await (await App.ClaimAsync("/standings/0/from", "2001")).CreatedAsync();
        var file = await App.Http.GetStringAsync("/v1/export");
        var before = await App.LastSequenceAsync();

        var import = await App.ImportAsync(file);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Imports.Counts(import), Is.EqualTo("done: 0 0 13 0"));
            Assert.That(await App.LastSequenceAsync(), Is.EqualTo(before));
        }
    }

    [Test]
    public async Task A_record_without_an_id_is_made_once()
    {
        var file = Imports.Line("ministers", new { names = RegistryApp.TextsOf("John Doe") });

        var first = await App.ImportAsync(file + file);
        var second = await App.ImportAsync(file);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Imports.Counts(first), Is.EqualTo("done: 1 0 1 0"));
            Assert.That(Imports.Counts(second), Is.EqualTo("done: 0 0 1 0"));
        }
    }

    [Test]
    public async Task One_refused_row_leaves_nothing_and_says_what_a_request_would_hear()
    {
        var import = await App.ImportAsync(
            Imports.State("KAZ")
                + Imports.Line("states", new { code = "kz", colour = "blue" })
                + Imports.Line(
                    "memberships",
                    new
                    {
                        forum = "PACT",
                        member = new { kind = "state", code = "KAZ" },
                        standings = new[] { new { standing = "member", from = "2000" } },
                    }
                )
                + "{ no json\n"
                + Imports.Line("planets", new { code = "X" })
        );

        var rows = await App.RowsAsync(import);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Imports.Counts(import), Is.EqualTo("refused: 1 0 0 4"));
            Assert.That((string?)import["problem"]!["type"], Is.EqualTo("/problems/rows-refused"));
            Assert.That((await App.GetAsync("/v1/states/KAZ")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(await App.LastSequenceAsync(), Is.Zero);
            Assert.That(
                rows.Select(row =>
                    $"{row!["line"]} {row["collection"]} {row["id"]} {row["result"]} {row["problem"]?["type"]}".TrimEnd()
                ),
                Is.EqualTo(
                    new[]
                    {
                        "1 states KAZ created",
                        "2 states kz refused /problems/invalid-request",
                        "3 memberships pact.kaz refused /problems/unknown-reference",
                        "4   refused /problems/unreadable-request",
                        "5 planets  refused /problems/invalid-request",
                    }
                )
            );
            Assert.That(
                rows[1]!["problem"]!["errors"]!.AsObject().Select(error => error.Key),
                Is.EquivalentTo(new[] { "code", "colour", "names" })
            );
            Assert.That((await App.RowsAsync(import, "?result=created")), Has.Count.EqualTo(1));
        }
    }

    [TestCase("""{"collection":"states","record":{"code":"KAZ","code":"UZB"}}""", "invalid-request")]
    [TestCase(
        """{"collection":"forums","record":{"identifiers":[{"scheme":"wikidata","value":"Q7"}],"names":1,"names":2}}""",
        "unreadable-request"
    )]
    [TestCase("""{"collection":"states","record":{"\ud800":1}}""", "unreadable-request")]
    [TestCase("""{"collection":"states","record":{"code":"\ud800"}}""", "unreadable-request")]
    [TestCase("""{"collection":"states","record":[]}""", "invalid-request")]
    [TestCase("""{"collection":"states","collection":"forums","record":{}}""", "invalid-request")]
    [TestCase("""{"collection":"states","id":"UZB","record":{"code":"KAZ"}}""", "invalid-request")]
    [TestCase("""{"collection":"memberships","record":{"forum":"a b","member":{"code":"KAZ"}}}""", "invalid-request")]
    [TestCase("""{"operation":"deleted","collection":"states","id":"KAZ"}""", "invalid-request")]
    [TestCase("[]", "unreadable-request")]
    public async Task A_line_that_cannot_be_meant_is_refused_alone(string line, string problem)
    {
        await App.ImportAsync(
            Imports.Line(
                "forums",
                new
                {
                    code = "PACT",
                    names = RegistryApp.NamesOf("Pact"),
                    identifiers = new[] { new { scheme = "wikidata", value = "Q7" } },
                }
            )
        );

        var import = await App.ImportAsync(line + "\n" + Imports.State("KAZ"), query: "?partial=true");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Imports.Counts(import), Is.EqualTo("done: 1 0 0 1"));
            Assert.That(
                (string?)(await App.RowsAsync(import, "?result=refused")).Single()!["problem"]!["type"],
                Is.EqualTo($"/problems/{problem}")
            );
        }
    }

    [Test]
    public async Task A_partial_import_keeps_what_is_not_refused()
    {
        var import = await App.ImportAsync(
            Imports.State("KAZ") + Imports.Line("states", new { code = "kz" }) + Imports.Minister("jane-doe"),
            query: "?partial=true"
        );

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Imports.Counts(import), Is.EqualTo("done: 2 0 0 1"));
            Assert.That((string?)(await App.ReadAsync("/v1/states/KAZ"))["code"], Is.EqualTo("KAZ"));
            Assert.That((string?)(await App.ReadAsync("/v1/ministers/jane-doe"))["id"], Is.EqualTo("jane-doe"));
            Assert.That((await App.RowsAsync(import)), Has.Count.EqualTo(3));
        }
    }

    [Test]
    public async Task A_dry_run_tells_the_same_and_keeps_nothing()
    {
        var file = Imports.State("KAZ") + Imports.Minister("jane-doe");

        var dry = await App.ImportAsync(file, query: "?dryRun=true");
        var before = await App.LastSequenceAsync();
        var wet = await App.ImportAsync(file);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.Zero);
            Assert.That(Imports.Counts(dry), Is.EqualTo("done: 2 0 0 0").And.EqualTo(Imports.Counts(wet)));
            Assert.That(
                (await App.RowsAsync(dry)).ToJsonString(),
                Is.EqualTo((await App.RowsAsync(wet)).ToJsonString())
            );
        }
    }

    [Test]
    public async Task A_record_is_found_by_an_identifier_of_another_system()
    {
        await App.ImportAsync(
            Imports.Line(
                "ministers",
                new
                {
                    id = "jane-doe",
                    names = RegistryApp.TextsOf("Jane Doe"),
                    identifiers = new[] { new { scheme = "wikidata", value = "Q1" } },
                }
            )
        );
        object[] both = [new { scheme = "wikidata", value = "Q1" }, new { scheme = "viaf", value = "22" }];

        var import = await App.ImportAsync(
            Imports.Line("ministers", new { names = RegistryApp.TextsOf("Jane Roe"), identifiers = both })
        );

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Imports.Counts(import), Is.EqualTo("done: 0 1 0 0"));
            Assert.That((string?)(await App.ReadAsync("/v1/ministers/jane-doe"))["name"], Is.EqualTo("Jane Roe"));
        }
    }

    [Test]
    public async Task An_identifier_of_several_records_names_none()
    {
        object[] same = [new { scheme = "wikidata", value = "Q1" }];
        await App.ImportAsync(
            Imports.Line(
                "ministers",
                new
                {
                    id = "one-doe",
                    names = RegistryApp.TextsOf("One"),
                    identifiers = same,
                }
            )
                + Imports.Line(
                    "ministers",
                    new
                    {
                        id = "two-doe",
                        names = RegistryApp.TextsOf("Two"),
                        identifiers = same,
                    }
                )
        );

        var import = await App.ImportAsync(
            Imports.Line("ministers", new { names = RegistryApp.TextsOf("Three"), identifiers = same })
        );

        var row = (await App.RowsAsync(import)).Single()!;
        Assert.That(
            (string?)row["problem"]!["errors"]!["identifiers"]![0],
            Does.Contain("one-doe").And.Contains("two-doe")
        );
    }

    [Test]
    public async Task A_forum_that_is_found_by_an_identifier_needs_no_code()
    {
        object[] ids = [new { scheme = "wikidata", value = "Q7" }];
        await App.ImportAsync(
            Imports.Line(
                "forums",
                new
                {
                    code = "PACT",
                    names = RegistryApp.NamesOf("Pact"),
                    identifiers = ids,
                }
            )
        );

        var import = await App.ImportAsync(
            Imports.Line("forums", new { names = RegistryApp.NamesOf("The Pact"), identifiers = ids })
        );

        Assert.That(Imports.Counts(import), Is.EqualTo("done: 0 1 0 0"));
        Assert.That((string?)(await App.ReadAsync("/v1/forums/PACT"))["name"], Is.EqualTo("The Pact"));
    }

    [Test]
    public async Task The_rows_of_a_table_that_name_one_membership_are_one()
    {
        await App.EstablishForumAsync("PACT");
        await App.EstablishStateAsync("KAZ");
        await App.EstablishStateAsync("UZB");

        var import = await App.ImportAsync(
            "forum,member.kind,member.code,standing,from,until,ended\r\n"
                + "PACT,state,KAZ,observer,2000,2004,true\r\n"
                + "PACT,state,UZB,member,2001,,\r\n"
                + "PACT,state,KAZ,member,2005,,\r\n",
            Imports.Csv,
            "?collection=memberships"
        );

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Imports.Counts(import), Is.EqualTo("done: 2 0 0 0"), import.ToJsonString());
            Assert.That(
                (await App.ReadAsync("/v1/memberships/pact.kaz"))["standings"]!
                    .AsArray()
                    .Select(standing => (string?)standing!["standing"]),
                Is.EqualTo(new[] { "observer", "member" })
            );
            Assert.That(
                (await App.RowsAsync(import)).Select(row => $"{row!["line"]} {row["id"]}"),
                Is.EqualTo(new[] { "2 pact.kaz", "3 pact.uzb" })
            );
        }
    }

    [TestCase("code,colour\r\nKAZ,blue\r\n", "invalid-request")]
    [TestCase("code,names\r\nKAZ,\"[\r\n", "unreadable-request")]
    public async Task A_table_that_cannot_be_read_is_refused_whole(string file, string problem)
    {
        var import = await App.ImportAsync(file, Imports.Csv, "?collection=states&partial=true");

        Assert.That((string?)import["status"], Is.EqualTo("refused"));
        Assert.That((string?)import["problem"]!["type"], Is.EqualTo($"/problems/{problem}"));
    }

    [Test]
    public async Task A_popolo_document_becomes_ministers_posts_and_appointments()
    {
        await App.EstablishStateAsync("KAZ");
        var file = new
        {
            persons = new object[]
            {
                new
                {
                    id = "p-1",
                    name = "Jane Doe",
                    family_name = "Doe",
                    birth_date = "1970-05",
                    other_names = new[] { new { name = "Jane Roe", end_date = "1999" } },
                    identifiers = new[] { new { scheme = "wikidata", identifier = "Q1" } },
                    email = "jane@example.org",
                },
            },
            organizations = new object[]
            {
                new
                {
                    id = "o-kaz",
                    name = "Kazakhstan",
                    identifiers = new[] { new { scheme = "iso3166-1-alpha-3", identifier = "KAZ" } },
                },
                new
                {
                    id = "PACT",
                    name = "The Pact",
                    founding_date = "1992",
                },
                new
                {
                    id = "o-staff",
                    name = "Staff",
                    parent_id = "PACT",
                    classification = "secretariat",
                },
            },
            posts = new[]
            {
                new
                {
                    id = "kaz.fm",
                    label = "Minister of Foreign Affairs",
                    organization_id = "o-kaz",
                    role = "foreign-minister",
                },
                new
                {
                    id = "head",
                    label = "Head",
                    organization_id = "o-staff",
                    role = "chief",
                },
            },
            memberships = new object[]
            {
                new
                {
                    person_id = "p-1",
                    post_id = "kaz.fm",
                    start_date = "2020-01",
                    end_date = "2021",
                },
                new { person_id = "p-1", organization_id = "PACT" },
            },
        };

        var import = await App.ImportAsync(
            System.Text.Json.JsonSerializer.Serialize(file),
            Imports.Json,
            "?partial=true"
        );

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Imports.Counts(import), Is.EqualTo("done: 6 0 0 1"), import.ToJsonString());
            Assert.That((string?)(await App.ReadAsync("/v1/ministers/p-1"))["born"], Is.EqualTo("1970-05"));
            Assert.That((string?)(await App.ReadAsync("/v1/posts/head"))["of"]!["code"], Is.EqualTo("PACT/o-staff"));
            Assert.That(
                (string?)(await App.ReadAsync("/v1/appointments?minister=p-1"))["items"]![0]!["until"],
                Is.EqualTo("2021")
            );
            Assert.That(
                (await App.RowsAsync(import, "?result=refused")).Single()!["problem"]!["errors"]!
                    .AsObject()
                    .Single()
                    .Key,
                Is.EqualTo("post_id")
            );
        }
    }

    [Test]
    public async Task A_claim_that_is_preferred_is_preferred_again()
    {
        await App.EstablishMembershipAsync();
        var claim = (string)(await (await App.ClaimAsync("/standings/0/from", "2000")).CreatedAsync())["id"]!;
        await (await App.PreferAsync(claim, new { reason = "It is the gazette." })).CreatedAsync();
        var file = await App.Http.GetStringAsync("/v1/export");
        await App.DeleteAsync($"/v1/claims/{claim}");

        var import = await App.ImportAsync(file.Replace(claim, "another-claim", StringComparison.Ordinal));

        var stored = await App.ReadAsync("/v1/claims/another-claim");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Imports.Counts(import), Is.EqualTo("done: 1 0 5 0"), import.ToJsonString());
            Assert.That((bool?)stored["preferred"], Is.True);
            Assert.That((string?)stored["reason"], Is.EqualTo("It is the gazette."));
        }
    }

    [Test]
    public async Task Whoever_writes_and_why_is_kept_beside_the_records()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/imports")
        {
            Content = new StringContent(
                Imports.State("KAZ"),
                new System.Net.Http.Headers.MediaTypeHeaderValue(Imports.NdJson)
            ),
        };
        request.Headers.Add("Prefer", "wait=30");
        request.Headers.Add("X-Reason", "The spring list");
        await (await App.Http.SendAsync(request)).CreatedAsync();

        var version = (await App.ReadAsync("/v1/states/KAZ/history"))["items"]![0]!;
        Assert.That($"{version["actor"]}: {version["reason"]}", Is.EqualTo("admin: The spring list"));
    }
}
