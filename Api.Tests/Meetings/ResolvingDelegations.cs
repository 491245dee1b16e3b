using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;
using Registry.Domain;
using Registry.Domain.Ministers;
using Registry.Infrastructure.Ministers;

namespace Registry.Api.Tests.Meetings;

public sealed class ResolvingDelegations(Engine engine) : RegistryTest(engine)
{
    [SetUp]
    public async Task A_forum_with_members()
    {
        await App.EstablishForumAsync("CICA", founded: "1992-10-05");
        foreach (var state in new[] { "KAZ", "AZE", "QAT" })
        {
            await App.EstablishStateAsync(state);
            await App.AdmitAsync("CICA", state, from: "2000-01-01");
        }
    }

    [Test]
    public async Task Who_is_on_record_comes_before_who_held_the_office()
    {
        await App.EstablishForeignMinisterAsync("KAZ", "mukhtar-tileuberdi", "Mukhtar Tileuberdi", "2019-09-18");
        await App.EstablishForeignMinisterAsync("AZE", "jeyhun-bayramov", "Jeyhun Bayramov", "2020-07-16");
        await App.IntroduceMinisterAsync("kairat-sarybay", "Kairat Sarybay");
        await ConveneAsync(
            participants:
            [
                new
                {
                    of = new { kind = "state", code = "AZE" },
                    name = "Mr. Deputy",
                    title = "Deputy Minister",
                    capacity = "head-of-delegation",
                },
                new
                {
                    of = new { kind = "state", code = "AZE" },
                    minister = "jeyhun-bayramov",
                    capacity = "speaker",
                },
                new
                {
                    of = new { kind = "forum", code = "CICA" },
                    minister = "kairat-sarybay",
                    capacity = "secretariat",
                },
            ]
        );

        Assert.That(
            await DelegationsAsync(),
            Is.EqualTo(
                new[]
                {
                    "AZE recorded Mr. Deputy, Deputy Minister, head-of-delegation",
                    "AZE recorded Jeyhun Bayramov, Minister of Foreign Affairs, speaker",
                    "KAZ inferred Mukhtar Tileuberdi, Minister of Foreign Affairs",
                    "QAT unknown",
                }
            )
        );
    }

    [Test]
    public async Task A_row_names_the_minister_and_the_post()
    {
        await App.EstablishForeignMinisterAsync("KAZ", "mukhtar-tileuberdi", "Mukhtar Tileuberdi", "2019-09-18");
        await ConveneAsync();

        var page = await App.ReadAsync("/v1/meetings/cica-1/delegations?limit=2&sort=name&count=true");

        var row = page["items"]![1]!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((int?)page["total"], Is.EqualTo(3));
            Assert.That(page["next"], Is.Not.Null);
            Assert.That(
                row["member"]!.ToJsonString(),
                Is.EqualTo("""{"kind":"state","code":"KAZ","name":"State KAZ"}""")
            );
            Assert.That((string?)row["standing"], Is.EqualTo("member"));
            Assert.That(
                row["minister"]!.ToJsonString(),
                Is.EqualTo("""{"id":"mukhtar-tileuberdi","name":"Mukhtar Tileuberdi"}""")
            );
            Assert.That((string?)row["post"], Is.EqualTo("kaz.foreign-minister"));
        }
    }

    [Test]
    public async Task The_minister_in_the_chair_speaks_for_the_member_that_chairs()
    {
        await App.IntroduceMinisterAsync("mukhtar-tileuberdi", "Mukhtar Tileuberdi");
        await App.ConveneAsync(
            "cica-1",
            new { chair = new { member = new { kind = "state", code = "KAZ" }, minister = "mukhtar-tileuberdi" } }
        );

        Assert.That((await DelegationsAsync())[1], Is.EqualTo("KAZ recorded Mukhtar Tileuberdi, , chair"));
    }

    [TestCase("2022-09-21", null, "first")]
    [TestCase("2022-09-22", null, "second")]
    [TestCase("2022-09-20", "2022-09-21", "first")]
    [TestCase("2022-09-21", "2022-09-22", "second")]
    [TestCase("2022-08", null, "first")]
    [TestCase("2022-09", null, "second, uncertain")]
    [TestCase("2022-10", null, "second")]
    [TestCase("2022", null, "second, uncertain")]
    public async Task Of_two_successive_holders_the_certain_one_is_named_or_else_the_later(
        string starts,
        string? ends,
        string holder
    )
    {
        await App.EstablishForeignMinisterAsync("KAZ", "first", "first", "2019", "2022-09-21");
        await App.IntroduceMinisterAsync("second", "second");
        await App.FillPostAsync("second", "kaz.foreign-minister", "2022-09-22");
        await ConveneAsync(new { starts, ends });

        Assert.That(
            (await DelegationsAsync())[1],
            Is.EqualTo(
                holder.EndsWith(", uncertain", StringComparison.Ordinal)
                    ? $"KAZ inferred {holder.Split(',')[0]}, Minister of Foreign Affairs, uncertain"
                    : $"KAZ inferred {holder}, Minister of Foreign Affairs"
            )
        );
    }

    [TestCase("2022-09", null, "first, Minister of Foreign Affairs, uncertain")]
    [TestCase("2022-09", "2022-09-21", "first, Minister of Foreign Affairs")]
    [TestCase("2022-09-22", "2022-09-22", "second, Minister of Foreign Affairs")]
    public async Task Dates_of_office_may_be_imprecise(string until, string? exactly, string holder)
    {
        await App.EstablishForeignMinisterAsync("KAZ", "first", "first", "2019", exactly ?? until);
        await App.IntroduceMinisterAsync("second", "second");
        await App.FillPostAsync("second", "kaz.foreign-minister", exactly is null ? "2022-10" : "2022-09-23");
        await ConveneAsync(new { starts = exactly is null || exactly == "2022-09-21" ? "2022-09-21" : "2022-09-23" });

        Assert.That((await DelegationsAsync())[1], Is.EqualTo($"KAZ inferred {holder}"));
    }

    [Test]
    public async Task One_who_left_nobody_knows_when_was_gone_when_the_next_had_begun()
    {
        await App.IntroduceMinisterAsync("first", "first");
        await App.IntroduceMinisterAsync("second", "second");
        await App.IntroducePostAsync("KAZ");
        await App.FillPostAsync("first", "kaz.foreign-minister", "2010", ended: true);
        await App.FillPostAsync("second", "kaz.foreign-minister", "2015");
        await ConveneAsync(new { starts = "2012" });
        await App.ConveneAsync("cica-2", new { starts = "2022" });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (await DelegationsAsync())[1],
                Is.EqualTo("KAZ inferred first, Minister of Foreign Affairs, uncertain")
            );
            Assert.That(
                (await DelegationsAsync("cica-2"))[1],
                Is.EqualTo("KAZ inferred second, Minister of Foreign Affairs")
            );
        }
    }

    [Test]
    public async Task One_who_acts_counts_only_where_there_is_no_holder()
    {
        await App.EstablishForeignMinisterAsync("KAZ", "holder", "holder", "2019");
        await App.IntroduceMinisterAsync("deputy", "deputy");
        await App.FillPostAsync("deputy", "kaz.foreign-minister", "2022-09-01", "2022-09-30", acting: true);
        await App.IntroduceMinisterAsync("stand-in", "stand-in");
        await App.IntroducePostAsync("AZE");
        await App.FillPostAsync("stand-in", "aze.foreign-minister", "2022-09-01", acting: true);
        await ConveneAsync();

        var rows = await DelegationsAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows[0], Does.StartWith("AZE inferred stand-in"));
            Assert.That(rows[1], Does.StartWith("KAZ inferred holder"));
        }
    }

    [Test]
    public async Task The_title_is_the_one_valid_at_the_meeting()
    {
        await App.IntroduceMinisterAsync("mukhtar-tileuberdi", "Mukhtar Tileuberdi");
        await App.IntroducePostAsync("KAZ");
        await App.FillPostAsync(
            "mukhtar-tileuberdi",
            "kaz.foreign-minister",
            "2019-09-18",
            titles:
            [
                Title("Minister", until: "2022-01-10"),
                Title("Deputy Prime Minister - Minister", from: "2022-01-11"),
            ]
        );
        await ConveneAsync(new { starts = "2022-01-10", ends = "2022-01-11" });
        await App.ConveneAsync("cica-2");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await DelegationsAsync())[1], Does.Contain("Tileuberdi, Minister"));
            Assert.That(
                (await DelegationsAsync("cica-2"))[1],
                Does.Contain("Tileuberdi, Deputy Prime Minister - Minister")
            );
        }
    }

    [Test]
    public async Task At_a_summit_the_head_of_state_speaks_or_else_the_head_of_government()
    {
        await HoldAsync("KAZ", PostKind.HeadOfState, "president");
        await HoldAsync("KAZ", PostKind.HeadOfGovernment, "premier");
        await HoldAsync("AZE", PostKind.HeadOfGovernment, "chancellor");
        await ConveneAsync(new { kind = "summit" });

        var rows = await DelegationsAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows[0], Does.StartWith("AZE inferred chancellor"));
            Assert.That(rows[1], Does.StartWith("KAZ inferred president"));
        }
    }

    [Test]
    public async Task At_a_session_the_representative_to_the_forum_speaks()
    {
        await App.EstablishForumAsync("UN");
        await HoldAsync("KAZ", PostKind.PermanentRepresentative, "elsewhere", accreditedTo: "UN");
        await HoldAsync("AZE", PostKind.PermanentRepresentative, "here", accreditedTo: "CICA");
        await ConveneAsync(new { kind = "session" });

        Assert.That(
            await DelegationsAsync(),
            Is.EqualTo(new[] { "AZE inferred here, Title of here", "KAZ unknown", "QAT unknown" })
        );
    }

    [TestCase("committee", null, "KAZ unknown")]
    [TestCase("committee", "defence-minister", "KAZ inferred soldier, Title of soldier")]
    [TestCase("ministerial", "defence-minister", "KAZ inferred soldier, Title of soldier")]
    public async Task The_level_may_be_said(string kind, string? level, string row)
    {
        await HoldAsync("KAZ", PostKind.DefenceMinister, "soldier");
        await ConveneAsync(new { kind, level });

        Assert.That((await DelegationsAsync())[1], Is.EqualTo(row));
    }

    [Test]
    public async Task Members_are_those_of_the_days_of_the_meeting()
    {
        await App.StepAsync("cica.qat", new { step = "withdraw", until = "2022-09-20" });
        await App.EstablishStateAsync("KWT");
        await App.AdmitAsync("CICA", "KWT", from: "2022-09", standing: "observer");
        await App.EstablishForumAsync("UN");
        await App.AdmitAsync("CICA", "UN", from: "2000", kind: "forum");
        await ConveneAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await DelegationsAsync(), Is.EqualTo(new[] { "AZE unknown", "KAZ unknown", "UN unknown" }));
            Assert.That(
                await DelegationsAsync("cica-1", "?standing=observer"),
                Is.EqualTo(new[] { "KWT unknown, uncertain" })
            );
        }
    }

    [Test]
    public async Task A_member_that_may_have_left_is_uncertain()
    {
        await App.StepAsync("cica.qat", new { step = "withdraw", until = "2022" });
        await ConveneAsync();

        Assert.That((await DelegationsAsync())[2], Is.EqualTo("QAT unknown, uncertain"));
    }

    [Test]
    public async Task Participants_are_listed_with_names_and_titles()
    {
        await App.EstablishForeignMinisterAsync("KAZ", "mukhtar-tileuberdi", "Mukhtar Tileuberdi", "2019-09-18");
        await ConveneAsync(
            participants:
            [
                new
                {
                    of = new { kind = "state", code = "KAZ" },
                    name = "H.E. M. Tileuberdi",
                    minister = "mukhtar-tileuberdi",
                    capacity = "chair",
                },
                new { of = new { kind = "state", code = "QAT" }, capacity = "delegate" },
                new
                {
                    of = new { kind = "forum", code = "CICA" },
                    name = "Amb. S",
                    capacity = "secretariat",
                },
            ]
        );

        var page = await App.ReadAsync("/v1/meetings/cica-1/participants");
        var byName = await App.ReadAsync("/v1/meetings/cica-1/participants?sort=name&limit=2");
        var chairs = await App.ReadAsync("/v1/meetings/cica-1/participants?capacity=chair");

        var first = page["items"]![0]!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(page.Each(row => row["of"]!["code"]), Is.EqualTo(new[] { "KAZ", "QAT", "CICA" }));
            Assert.That((string?)first["of"]!["name"], Is.EqualTo("State KAZ"));
            Assert.That((string?)first["name"], Is.EqualTo("H.E. M. Tileuberdi"));
            Assert.That((string?)first["title"], Is.EqualTo("Minister of Foreign Affairs"));
            Assert.That((string?)first["minister"]!["name"], Is.EqualTo("Mukhtar Tileuberdi"));
            Assert.That(byName.Each(row => row["name"]), Is.EqualTo(new[] { null, "Amb. S" }));
            Assert.That(chairs.Each(row => row["of"]!["code"]), Is.EqualTo(new[] { "KAZ" }));
        }
    }

    [Test]
    public async Task A_state_and_a_forum_may_have_one_code()
    {
        await App.EstablishForumAsync("KAZ");
        await ConveneAsync(
            participants:
            [
                new { of = new { kind = "state", code = "KAZ" }, capacity = "delegate" },
                new { of = new { kind = "forum", code = "KAZ" }, capacity = "observer" },
            ]
        );

        var page = await App.ReadAsync("/v1/meetings/cica-1/participants");

        Assert.That(page.Each(row => row["of"]!["name"]), Is.EqualTo(new[] { "State KAZ", "Forum KAZ" }));
    }

    [Test]
    public async Task The_chair_is_told_as_recorded()
    {
        await App.EstablishForeignMinisterAsync("KAZ", "mukhtar-tileuberdi", "Mukhtar Tileuberdi", "2019-09-18");
        await App.ConveneAsync(
            "cica-1",
            new { chair = new { member = new { kind = "state", code = "KAZ" }, minister = "mukhtar-tileuberdi" } }
        );
        await App.ConveneAsync("cica-2", new { chair = new { member = new { kind = "state", code = "KAZ" } } });
        await App.ConveneAsync("cica-3", new { chair = new { member = new { kind = "forum", code = "CICA" } } });

        var named = await App.GetAsync("/v1/meetings/cica-1/chair");
        var told = await named.OkAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(named.Headers.ETag!.IsWeak);
            Assert.That(
                told.ToJsonString(),
                Is.EqualTo(
                    """
                    {"member":{"kind":"state","code":"KAZ","name":"State KAZ"},
                    "minister":{"id":"mukhtar-tileuberdi","name":"Mukhtar Tileuberdi"},"name":"Mukhtar Tileuberdi",
                    "title":"Minister of Foreign Affairs","basis":"recorded","certain":true}
                    """.ReplaceLineEndings("")
                )
            );
            Assert.That((string?)(await ChairAsync("cica-2"))["name"], Is.EqualTo("Mukhtar Tileuberdi"));
            Assert.That((string?)(await ChairAsync("cica-2"))["basis"], Is.EqualTo("recorded"));
            Assert.That((string?)(await ChairAsync("cica-3"))["member"]!["code"], Is.EqualTo("CICA"));
        }
    }

    [Test]
    public async Task The_chair_follows_from_the_chairmanship()
    {
        await App.EstablishForeignMinisterAsync("KAZ", "mukhtar-tileuberdi", "Mukhtar Tileuberdi", "2019-09-18");
        await App.IntroduceBodyAsync("CICA", "fund-council");
        await ChairmanshipAsync("cica.kaz.2020", "KAZ", "2020-09-24", "2024-12-17");
        await ChairmanshipAsync("cica.aze.2024", "AZE", "2024-12-18", "9999-12-31");
        await ChairmanshipAsync("cica.fund-council.qat", "QAT", "2020-01-01", "9999-12-31", "CICA/fund-council");
        await App.ConveneAsync("cica-1");
        await App.ConveneAsync("cica-2", new { starts = "2024-12" });
        await App.ConveneAsync("cica-3", new { body = "fund-council" });
        await App.ConveneAsync("cica-4", new { starts = "2019" });

        var inferred = await ChairAsync("cica-1");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)inferred["member"]!["code"], Is.EqualTo("KAZ"));
            Assert.That((string?)inferred["minister"]!["id"], Is.EqualTo("mukhtar-tileuberdi"));
            Assert.That((string?)inferred["basis"], Is.EqualTo("inferred"));
            Assert.That((bool?)inferred["certain"], Is.True);
            Assert.That((string?)(await ChairAsync("cica-2"))["member"]!["code"], Is.EqualTo("AZE"));
            Assert.That((bool?)(await ChairAsync("cica-2"))["certain"], Is.False);
            Assert.That((string?)(await ChairAsync("cica-3"))["member"]!["code"], Is.EqualTo("QAT"));
            Assert.That(
                (await ChairAsync("cica-4")).ToJsonString(),
                Is.EqualTo("""{"basis":"unknown","certain":true}""")
            );
        }
    }

    private static TitleModel Title(string text, string? from = null, string? until = null) =>
        new()
        {
            Language = "en",
            Text = text,
            From = from is null ? null : PartialDate.Parse(from),
            Until = until is null ? null : PartialDate.Parse(until),
        };

    private Task<JsonNode> ChairAsync(string id) => App.ReadAsync($"/v1/meetings/{id}/chair");

    private Task<JsonNode> ConveneAsync(object? with = null, object[]? participants = null) =>
        App.ConveneAsync("cica-1", participants is null ? with : new { participants });

    private async Task HoldAsync(string state, PostKind kind, string minister, string? accreditedTo = null)
    {
        await App.IntroduceMinisterAsync(minister, minister);
        var post = await App.IntroducePostAsync(state, kind, $"Title of {minister}", accreditedTo);
        await App.FillPostAsync(minister, post, "2020");
    }

    private Task<IReadOnlyList<int>> ChairmanshipAsync(
        string id,
        string state,
        string from,
        string until,
        string? body = null
    ) =>
        App.QueryAsync<int>(
            $"""
            INSERT INTO Chairmanship (Id, ForumCode, BodyId, ChairKind, ChairCode, StateCode, FromEarliest, FromLatest,
                UntilEarliest, UntilLatest, Record, Version, RecordedFrom)
            VALUES ('{id}', 'CICA', {(
                body is null ? "NULL" : $"'{body}'"
            )}, 'state', '{state}', '{state}', '{from}', '{from}',
                '{until}', '{until}', '', 1, '2026-01-01T00:00:00.000000')
            """
        );

    /// <summary>Each row in words.</summary>
    private async Task<string[]> DelegationsAsync(string meeting = "cica-1", string query = "")
    {
        var page = await App.ReadAsync($"/v1/meetings/{meeting}/delegations{query}");
        return [.. page["items"]!.AsArray().Select(row => InWords(row!))];
    }

    private static string InWords(JsonNode row)
    {
        var words = $"{row["member"]!["code"]} {row["basis"]}";
        if (row["name"] is { } name)
        {
            words += $" {name}, {row["title"]}";
        }

        if (row["capacity"] is { } capacity)
        {
            words += $", {capacity}";
        }

        return (bool)row["certain"]! ? words : $"{words}, uncertain";
    }
}
