using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Ical.Net;
using Registry.Api.Http;
using Registry.Api.Tests.Support;
using Registry.Infrastructure.Tables;

namespace Registry.Api.Tests.Http;

/// <summary>Lists in other forms, orders and selections than they have by themselves.</summary>
public sealed class ChoosingForms(Engine engine) : CatalogueTest(engine)
{
    private const string Members = "/v1/memberships?forum=CICA,SCO";

    [Test]
    public async Task Lines_of_json_are_the_items_of_the_whole_list()
    {
        var ids = await App.WalkAsync($"{Members}&limit=7", item => item["id"]);

        var lines = (await TextAsync($"{Members}&format=ndjson", MediaTypes.NdJson)).TrimEnd('\n').Split('\n');

        Assert.That(lines.Select(line => (string?)JsonNode.Parse(line)!["id"]), Is.EqualTo(ids).And.Not.Empty);
    }

    [Test]
    public async Task Rows_of_csv_have_the_columns_that_are_described()
    {
        var text = await TextAsync("/v1/states?format=csv", MediaTypes.Csv);

        var rows = text.Split("\r\n");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows[0], Is.EqualTo(string.Join(',', CsvShape.Of("states").Names)));
            Assert.That(rows, Has.Length.GreaterThan(200));
            Assert.That(rows[^1], Is.Empty);
            Assert.That(text, Does.Contain("\r\nKAZ,Kazakhstan,"));
        }
    }

    [Test]
    public async Task A_membership_has_a_row_for_each_of_its_standings()
    {
        var standings = (await App.ReadAsync("/v1/memberships/csto.uzb"))["standings"]!.AsArray().Count;

        var rows = await TextAsync(
            "/v1/memberships?forum=CSTO&member=UZB&format=csv&fields=id,standings",
            MediaTypes.Csv
        );

        Assert.That(rows.Split("\r\ncsto.uzb,"), Has.Length.EqualTo(standings + 1));
    }

    [TestCase("text/csv", "text/csv")]
    [TestCase("application/x-ndjson", "application/x-ndjson")]
    [TestCase("application/ld+json", "application/ld+json")]
    [TestCase("text/html, */*;q=0.1", "application/json")]
    [TestCase("text/csv;q=0.5, application/json;q=0.4", "text/csv")]
    public async Task What_the_caller_accepts_best_is_given(string accept, string mediaType)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/forums");
        request.Headers.TryAddWithoutValidation("Accept", accept);

        using var answer = await App.Http.SendAsync(request);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo(mediaType));
            Assert.That(answer.Headers.Vary, Does.Contain("Accept"));
        }
    }

    [TestCase("format=pdf", "format")]
    [TestCase("format=ical", "format")]
    [TestCase("fields=code,nonsense", "fields")]
    [TestCase("fields=", "fields")]
    [TestCase("fields=code,,name", "fields")]
    [TestCase("format=csv&limit=5", "limit")]
    [TestCase("format=ndjson&count=true", "count")]
    [TestCase("format=jsonld&fields=code", "fields")]
    [TestCase("sort=name,nonsense", "sort")]
    [TestCase("sort=name,-name", "sort")]
    [TestCase("sort=name,code,founded,recordedAt", "sort")]
    [TestCase("sort=name,", "sort")]
    [TestCase("nature=treaty,nonsense", "nature")]
    [TestCase("nature=treaty,", "nature")]
    public async Task A_choice_that_cannot_be_made_is_named(string query, string field)
    {
        using var answer = await App.GetAsync($"/v1/forums?{query}");

        Assert.That(await answer.FieldsAtFaultAsync(), Is.EqualTo([field]));
    }

    [Test]
    public async Task A_parameter_names_at_most_fifty()
    {
        var codes = string.Join(',', Enumerable.Range(0, 51).Select(number => $"X{number}"));

        using var answer = await App.GetAsync($"/v1/memberships?forum={codes}");

        Assert.That(await answer.FieldsAtFaultAsync(), Is.EqualTo(["forum"]));
    }

    [Test]
    public async Task Only_the_members_asked_for_are_given_in_the_order_of_the_record()
    {
        var page = await App.ReadAsync("/v1/states?limit=3&fields=name,code");

        foreach (var item in page["items"]!.AsArray())
        {
            Assert.That(item!.AsObject().Select(member => member.Key), Is.EqualTo(["code", "name"]));
        }
    }

    [TestCase("/v1/meetings", "kind", "summit", "ministerial")]
    [TestCase("/v1/meetings", "status", "held", "planned")]
    [TestCase("/v1/memberships", "forum", "CICA", "CSTO")]
    [TestCase("/v1/memberships", "member", "kaz", "UZB")]
    [TestCase("/v1/memberships", "standing", "observer", "partner")]
    [TestCase("/v1/outcomes", "verb", "adopted", "thanked")]
    [TestCase("/v1/posts", "kind", "foreign-minister", "head-of-secretariat")]
    [TestCase("/v1/holders", "state", "KAZ", "CHN")]
    [TestCase("/v1/documents", "kind", "declaration", "statement")]
    [TestCase("/v1/claims", "collection", "memberships", "appointments")]
    public async Task Of_several_values_any_will_do(string list, string filter, string one, string other)
    {
        async Task<IReadOnlyList<string>> AllAsync(string values) =>
            [
                .. (
                    await App.WalkAsync($"{list}?limit=200&{filter}={values}", item => item.ToJsonString())
                ).OfType<string>(),
            ];

        var (first, second) = (await AllAsync(one), await AllAsync(other));

        Assert.That(await AllAsync($"{one},{other}"), Is.EquivalentTo(first.Union(second)).And.Not.Empty);
    }

    [TestCase("/v1/memberships?sort=-forum,member&", "forum", true)]
    [TestCase("/v1/memberships?sort=forum,-member&", "forum", false)]
    [TestCase("/v1/meetings?sort=-date,name&", "starts", true)]
    public async Task What_is_alike_in_the_first_order_is_in_the_second(string list, string key, bool descending)
    {
        string KeyOf(JsonNode item) => $"{item[key]}";
        var whole = await App.WalkAsync($"{list}limit=200", item => item["id"]);
        var keys = (await App.WalkAsync($"{list}limit=200", item => KeyOf(item)[..Math.Min(4, KeyOf(item).Length)]));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await App.WalkAsync($"{list}limit=29", item => item["id"]), Is.EqualTo(whole).And.Unique);
            Assert.That(keys, descending ? Is.Ordered.Descending : Is.Ordered);
        }
    }

    [Test]
    public async Task Within_a_forum_members_run_the_other_way()
    {
        var codes = await App.WalkAsync(
            "/v1/memberships?forum=CICA&sort=forum,-member",
            item => item["member"]!["code"]
        );

        Assert.That(codes, Is.Ordered.Descending.And.Not.Empty);
    }

    [Test]
    public async Task A_calendar_has_each_meeting_with_a_day_once()
    {
        var text = await TextAsync("/v1/forums/CICA/meetings?format=ical", MediaTypes.Calendar);

        var events = Calendar.Load(text)!.Events;
        var seventh = events.Single(one => $"{one.Url}".EndsWith("/cica-ministerial-7", StringComparison.Ordinal));
        var meetings = await App.WalkAsync(
            "/v1/forums/CICA/meetings",
            item => item["starts"] is null ? null : item["id"]
        );
        using (Assert.EnterMultipleScope())
        {
            Assert.That(events.Select(one => $"{one.Url}".Split('/')[^1]), Is.EquivalentTo(meetings.OfType<string>()));
            Assert.That(events.Select(one => one.Uid), Is.Unique);
            Assert.That(
                $"{seventh.Start!.Value:yyyy-MM-dd} {seventh.End!.Value:yyyy-MM-dd}",
                Is.EqualTo("2024-12-17 2024-12-18"),
                "An event ends on the first day that it does not have."
            );
            Assert.That(events.All(one => one.Sequence == 0 && one.Start!.HasTime == false));
            Assert.That(text.Split("\r\n").All(line => Encoding.UTF8.GetByteCount(line) <= 75));
        }
    }

    [TestCase("ministers", "Person")]
    [TestCase("forums", "Organization")]
    [TestCase("forums/CICA/bodies", "Organization")]
    [TestCase("posts", "Post")]
    [TestCase("appointments", "Membership")]
    [TestCase("memberships", "Membership")]
    public async Task Linked_data_uses_the_terms_of_its_context(string list, string type)
    {
        var page = JsonNode.Parse(await TextAsync($"/v1/{list}?format=jsonld&limit=200", MediaTypes.JsonLd))!;
        var context = JsonNode.Parse(await TextAsync("/contexts/popolo", MediaTypes.JsonLd))!["@context"]!.AsObject();
        var terms = context
            .Concat(context[type]!["@context"]!.AsObject())
            .Select(term => term.Key)
            .ToHashSet(StringComparer.Ordinal);

        Assert.That((string?)page["@context"], Is.EqualTo($"{App.Http.BaseAddress}contexts/popolo"));
        foreach (var node in page["@graph"]!.AsArray())
        {
            var unknown = node!
                .AsObject()
                .Select(member => member.Key)
                .Where(name => name[0] != '@' && !terms.Contains(name));
            Assert.That(unknown, Is.Empty);
            Assert.That((string?)node["@type"], Is.EqualTo(type));
        }

        Assert.That(page["@graph"]!.AsArray(), Is.Not.Empty);
    }

    [Test]
    public async Task A_record_as_linked_data_names_itself_by_its_address()
    {
        var person = JsonNode.Parse(
            await TextAsync("/v1/ministers/mukhtar-tileuberdi?format=jsonld", MediaTypes.JsonLd)
        )!;

        var again = await App.GetAsync(new Uri((string)person["@id"]!).PathAndQuery);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)person["family_name"], Is.EqualTo("Tileuberdi"));
            Assert.That((string?)(await again.OkAsync())["id"], Is.EqualTo("mukhtar-tileuberdi"));
        }
    }

    [TestCase("gzip")]
    [TestCase("br")]
    public async Task Compressed_is_the_same_in_fewer_bytes(string coding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/states?limit=50");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", coding);

        using var answer = await App.Http.SendAsync(request);

        var packed = await answer.Content.ReadAsByteArrayAsync();
        using var body = new MemoryStream(packed);
        using Stream unpacked =
            coding == "br"
                ? new BrotliStream(body, CompressionMode.Decompress)
                : new GZipStream(body, CompressionMode.Decompress);
        using var reader = new StreamReader(unpacked);
        var text = await reader.ReadToEndAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Content.Headers.ContentEncoding, Is.EqualTo([coding]));
            Assert.That(answer.Headers.Vary, Does.Contain("Accept-Encoding"));
            Assert.That(text, Is.EqualTo(await App.Http.GetStringAsync("/v1/states?limit=50")));
            Assert.That(packed, Has.Length.LessThan(text.Length / 3));
        }
    }

    private async Task<string> TextAsync(string path, string mediaType)
    {
        using var answer = await App.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), text);
        Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo(mediaType));
        return text;
    }
}
