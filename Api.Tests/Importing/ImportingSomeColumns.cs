using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Importing;

/// <summary>A table has some columns of a record; what has no column stays.</summary>
public sealed class ImportingSomeColumns(Engine engine) : RegistryTest(engine)
{
    private const string Memberships = "?collection=memberships";

    private static readonly object[] Sources = [new { citation = "The gazette", confidence = "high" }];

    [Test]
    public async Task Each_standing_keeps_what_has_no_column()
    {
        await AlbaniaAsync();
        var before = await App.ReadAsync("/v1/memberships/pact.alb");

        var import = await App.ImportAsync(
            "forum,member.code,standing,from,until\r\nPACT,ALB,member,1955-12-14,\r\nPACT,ALB,observer,1950,1955-12-13\r\n",
            Imports.Csv,
            Memberships
        );

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Imports.Counts(import), Is.EqualTo("done: 0 0 1 0"), await ToldAsync(import));
            Assert.That(
                (await App.ReadAsync("/v1/memberships/pact.alb")).ToJsonString(),
                Is.EqualTo(before.ToJsonString())
            );
        }
    }

    [Test]
    public async Task A_record_that_was_deleted_comes_back_with_what_has_no_column()
    {
        await AlbaniaAsync();
        var before = await App.ReadAsync("/v1/memberships/pact.alb");
        await App.DeleteAsync("/v1/memberships/pact.alb");

        var import = await App.ImportAsync(
            "forum,member.code,standing,from,until\r\nPACT,ALB,observer,1950,1955-12-13\r\nPACT,ALB,member,1955-12-14,\r\n",
            Imports.Csv,
            Memberships
        );

        var after = await App.ReadAsync("/v1/memberships/pact.alb");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Imports.Counts(import), Is.EqualTo("done: 1 0 0 0"), await ToldAsync(import));
            Assert.That(after["standings"]!.ToJsonString(), Is.EqualTo(before["standings"]!.ToJsonString()));
            Assert.That((int?)after["version"], Is.EqualTo((int)before["version"]! + 2));
        }
    }

    [Test]
    public async Task A_standing_whose_start_is_corrected_keeps_the_rest()
    {
        await AlbaniaAsync();

        var import = await App.ImportAsync(
            "forum,member.code,standing,from,until\r\nPACT,ALB,observer,1950,1955-12-13\r\nPACT,ALB,member,1955-12-15,\r\n",
            Imports.Csv,
            Memberships
        );

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Imports.Counts(import), Is.EqualTo("done: 0 1 0 0"), await ToldAsync(import));
            Assert.That(
                await ChangesAsync(import),
                Is.EqualTo(new[] { """replace /standings/1/from "1955-12-14" "1955-12-15" """.Trim() })
            );
        }
    }

    [Test]
    public async Task A_standing_whose_kind_is_corrected_keeps_the_rest()
    {
        await AlbaniaAsync();

        var import = await App.ImportAsync(
            "forum,member.code,standing,from,until\r\nPACT,ALB,applicant,1950,1955-12-13\r\nPACT,ALB,member,1955-12-14,\r\n",
            Imports.Csv,
            Memberships
        );

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Imports.Counts(import), Is.EqualTo("done: 0 1 0 0"), await ToldAsync(import));
            Assert.That(
                await ChangesAsync(import),
                Is.EqualTo(new[] { """replace /standings/0/standing "observer" "applicant" """.Trim() })
            );
        }
    }

    [Test]
    public async Task A_standing_without_a_row_is_removed_and_the_report_shows_it()
    {
        await AlbaniaAsync();

        var import = await App.ImportAsync(
            "forum,member.code,standing,from\r\nPACT,ALB,member,1955-12-14\r\n",
            Imports.Csv,
            $"{Memberships}&dryRun=true"
        );

        var change = (await App.RowsAsync(import)).Single()!["changes"]!.AsArray().Single()!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Imports.Counts(import), Is.EqualTo("done: 0 1 0 0"));
            Assert.That(
                $"{change["op"]} {change["path"]} {change["from"]!["basis"]}",
                Is.EqualTo("remove /standings/0 A letter")
            );
            Assert.That(
                (await App.ReadAsync("/v1/memberships/pact.alb"))["standings"]!.AsArray(),
                Has.Count.EqualTo(2)
            );
        }
    }

    [Test]
    public async Task An_empty_cell_removes_what_its_column_is_of()
    {
        await AlbaniaAsync();

        var import = await App.ImportAsync(
            "forum,member.code,standing,from,until,basis\r\n"
                + "PACT,ALB,observer,1950,1955-12-13,\r\nPACT,ALB,member,1955-12-14,,Resolution 995 (X)\r\n",
            Imports.Csv,
            Memberships
        );

        Assert.That(await ChangesAsync(import), Is.EqualTo(new[] { """remove /standings/0/basis "A letter" """ }));
    }

    [Test]
    public async Task Rows_that_cannot_be_told_apart_are_refused()
    {
        await AlbaniaAsync();

        var import = await App.ImportAsync("forum,member.code,basis\r\nPACT,ALB,A note\r\n", Imports.Csv, Memberships);

        Assert.That(Imports.Counts(import), Is.EqualTo("refused: 0 0 0 1"));
        Assert.That((await App.ReadAsync("/v1/memberships/pact.alb"))["standings"]!.AsArray(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_held_meeting_that_gets_a_venue_stays_what_it_was()
    {
        var before = await MeetingAsync();

        var import = await App.ImportAsync("id,venue\r\npact-1,The Hall\r\n", Imports.Csv, "?collection=meetings");

        var after = await App.ReadAsync("/v1/meetings/pact-1");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Imports.Counts(import), Is.EqualTo("done: 0 1 0 0"), await ToldAsync(import));
            Assert.That(await ChangesAsync(import), Is.EqualTo(new[] { """add /venue  "The Hall" """.Trim() }));
            foreach (var member in new[] { "status", "steps", "agenda", "links", "sources" })
            {
                Assert.That(after[member]!.ToJsonString(), Is.EqualTo(before[member]!.ToJsonString()));
            }
        }
    }

    [Test]
    public async Task Another_status_without_the_column_of_steps_is_the_next_step()
    {
        await MeetingAsync("confirmed");

        var import = await App.ImportAsync(
            "id,status\r\npact-1,Postponed\r\n",
            Imports.Csv,
            "?collection=meetings&dryRun=true"
        );

        Assert.That(Imports.Counts(import), Is.EqualTo("done: 0 1 0 0"), await ToldAsync(import));
        Assert.That(
            await ChangesAsync(import),
            Is.EqualTo(
                new[]
                {
                    """replace /status "confirmed" "postponed" """.Trim(),
                    """add /steps/2  {"status":"postponed"} """.Trim(),
                }
            )
        );
    }

    [Test]
    public async Task Of_a_member_with_parts_the_part_without_a_column_stays()
    {
        await App.EstablishStateAsync("KAZ");
        await App.ImportAsync(
            Imports.Line(
                "forums",
                new
                {
                    code = "PACT",
                    names = RegistryApp.NamesOf("Pact"),
                    seat = new { city = "Astana", country = "KAZ" },
                }
            )
        );

        var import = await App.ImportAsync("code,seat.city\r\nPACT,Almaty\r\n", Imports.Csv, "?collection=forums");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                await ChangesAsync(import),
                Is.EqualTo(new[] { """replace /seat/city "Astana" "Almaty" """.Trim() })
            );
            Assert.That((string?)(await App.ReadAsync("/v1/forums/PACT"))["seat"]!["country"], Is.EqualTo("KAZ"));
        }
    }

    [Test]
    public async Task A_code_without_its_kind_is_that_of_a_state_where_there_is_one()
    {
        await App.EstablishStateAsync("KAZ");
        await App.EstablishForumAsync("CIS");
        await App.EstablishForumAsync("PACT");

        var import = await App.ImportAsync(
            "forum,member.code,standing,from\r\nPACT,KAZ,member,2000\r\nPACT,CIS,observer,2001\r\n",
            Imports.Csv,
            Memberships
        );

        Assert.That(Imports.Counts(import), Is.EqualTo("done: 2 0 0 0"), await ToldAsync(import));
        Assert.That(
            (await App.RowsAsync(import)).Select(row => (string?)row!["id"]),
            Is.EqualTo(new[] { "pact.kaz", "pact.forum.cis" })
        );
    }

    [Test]
    public async Task Columns_without_the_id_name_the_record_that_says_the_same()
    {
        await App.ImportAsync(
            Imports.Line(
                "ministers",
                new
                {
                    id = "jane-doe",
                    names = new[] { new { language = "en", text = "Jane Doe" } },
                    born = "1970",
                }
            )
        );
        const string File = "names\r\n\"[{\"\"language\"\":\"\"en\"\",\"\"text\"\":\"\"Jane Doe\"\"}]\"\r\n";

        var import = await App.ImportAsync(File, Imports.Csv, "?collection=ministers");

        Assert.That(Imports.Counts(import), Is.EqualTo("done: 0 0 1 0"), await ToldAsync(import));
    }

    [Test]
    public async Task Lines_of_JSON_are_the_whole_record()
    {
        await AlbaniaAsync();

        var import = await App.ImportAsync(
            Imports.Line(
                "memberships",
                new
                {
                    forum = "PACT",
                    member = new { kind = "state", code = "ALB" },
                    standings = new[] { new { standing = "member", from = "1955-12-14" } },
                }
            )
        );

        Assert.That(Imports.Counts(import), Is.EqualTo("done: 0 1 0 0"));
        Assert.That(
            (await App.ReadAsync("/v1/memberships/pact.alb"))["standings"]!.ToJsonString(),
            Is.EqualTo("""[{"standing":"member","from":"1955-12-14"}]""")
        );
    }

    private async Task<JsonNode> MeetingAsync(string status = "held")
    {
        await App.EstablishForumAsync("PACT");
        var import = await App.ImportAsync(
            Imports.Line(
                "meetings",
                new
                {
                    id = "pact-1",
                    titles = RegistryApp.TextsOf("First Meeting"),
                    forum = "PACT",
                    kind = "summit",
                    starts = "2020-05-05",
                    steps = new object[] { new { status = "planned", on = "2019" }, new { status } },
                    agenda = new[] { new { number = "1", titles = RegistryApp.TextsOf("Opening") } },
                    links = new[] { new { url = "https://example.org/1" } },
                    sources = Sources,
                }
            )
        );
        Assert.That(Imports.Counts(import), Is.EqualTo("done: 1 0 0 0"), await ToldAsync(import));
        return await App.ReadAsync("/v1/meetings/pact-1");
    }

    private async Task AlbaniaAsync()
    {
        await App.EstablishForumAsync("PACT");
        await App.EstablishStateAsync("ALB");
        var import = await App.ImportAsync(
            Imports.Line(
                "memberships",
                new
                {
                    forum = "PACT",
                    member = new { kind = "state", code = "ALB" },
                    standings = new object[]
                    {
                        new
                        {
                            standing = "observer",
                            from = "1950",
                            until = "1955-12-13",
                            basis = "A letter",
                        },
                        new
                        {
                            standing = "member",
                            from = "1955-12-14",
                            basis = "Resolution 995 (X)",
                            sources = Sources,
                        },
                    },
                }
            )
        );
        Assert.That(Imports.Counts(import), Is.EqualTo("done: 1 0 0 0"), await ToldAsync(import));
    }

    private async Task<IEnumerable<string>> ChangesAsync(JsonNode import) =>
        (await App.RowsAsync(import)).SelectMany(row =>
            row!["changes"]!
                .AsArray()
                .Select(change =>
                    $"{change!["op"]} {change["path"]} {change["from"]?.ToJsonString()} {change["to"]?.ToJsonString()}"
                )
        );

    private async Task<string> ToldAsync(JsonNode import) =>
        import.ToJsonString() + (await App.RowsAsync(import)).ToJsonString();
}
