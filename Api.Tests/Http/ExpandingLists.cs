using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Registry.Api.Http.Lists;
using Registry.Api.Routing;
using Registry.Api.Tests.Contract;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Http;

/// <summary>The parameter expand of every list that has it, for every member it takes.</summary>
public sealed class ExpandingLists(Engine engine) : CatalogueTest(engine)
{
    private const int MostPages = 40;

    [Test]
    public async Task Every_member_that_names_a_record_brings_it_along()
    {
        var failures = new List<string>();
        foreach (var (path, member) in await ExpansionsAsync())
        {
            failures.AddRange((await FailuresAsync(path, member)).Select(failure => $"{path} {member}: {failure}"));
        }

        Assert.That(failures, Is.Empty, string.Join('\n', failures));
    }

    [Test]
    public async Task All_members_of_a_list_can_be_expanded_at_once()
    {
        foreach (var list in (await ExpansionsAsync()).GroupBy(expansion => expansion.Path))
        {
            var page = await App.ReadAsync(
                $"{list.Key}?limit=200&expand={string.Join(',', list.Select(expansion => expansion.Member))}"
            );
            Assert.That(page["included"], Is.Not.Null, list.Key);
        }
    }

    [Test]
    public async Task Lists_without_such_members_refuse_to_expand() =>
        Assert.That(
            await (await App.GetAsync("/v1/states?expand=forum")).FieldsAtFaultAsync(),
            Is.EqualTo(new[] { "expand" })
        );

    /// <summary>What is wrong with one expansion of one list.</summary>
    private async Task<IEnumerable<string>> FailuresAsync(string path, string member)
    {
        var failures = new List<string>();
        var named = 0;
        var next = $"{path}?limit=200&expand={member}";
        for (var pages = 0; next is not null && named == 0 && pages < MostPages; pages++)
        {
            using var answer = await App.GetAsync(next);
            var page = await answer.JsonAsync();
            if (!answer.IsSuccessStatusCode)
            {
                return [page.ToString()];
            }

            var included = page["included"]!.AsObject();
            var ids = page["items"]!.AsArray().Select(item => NamedIn(item![member])).OfType<string>().ToHashSet();
            named += ids.Count;
            failures.AddRange(
                ids.Except(included.Select(record => IdIn(record.Key))).Select(id => $"{id} is not included")
            );
            failures.AddRange(
                included
                    .Select(record => IdIn(record.Key))
                    .Except(ids)
                    .Select(id => $"{id} is included, and nobody names it")
            );
            foreach (var (name, record) in included.Take(3))
            {
                var itself = await App.ReadAsync(AddressOf(name));
                if (!JsonNode.DeepEquals(record, itself))
                {
                    failures.Add($"{name} is not what its address gives");
                }
            }

            next = (string?)page["next"];
        }

        return named > 0 ? failures : [.. failures, "no item of the catalogue names a record"];
    }

    /// <summary>The lists of the program with the members that the program expands in them.</summary>
    private async Task<IReadOnlyList<(string Path, string Member)>> ExpansionsAsync()
    {
        var operations = Operation
            .Of(await App.ReadAsync("/openapi/v1.json"))
            .ToDictionary(operation => operation.Id, StringComparer.OrdinalIgnoreCase);
        var expansions = (
            from endpoint in App.Services.GetRequiredService<EndpointDataSource>().Endpoints
            let shape = endpoint.Metadata.GetMetadata<OperationShape>()
            where shape is not null && shape.Request.IsAssignableTo(typeof(RecordListQuery))
            from member in Expansions.Of(shape.Answer)
            select (operations[shape.Name].Path, member)
        ).ToArray();
        Assert.That(expansions, Has.Length.AtLeast(16));
        return expansions;
    }

    /// <summary>The id that a member names: it is the id, or an object with a code or an id in it.</summary>
    private static string? NamedIn(JsonNode? member) =>
        member is JsonObject named ? (string?)(named["code"] ?? named["id"]) : (string?)member;

    private static string IdIn(string name) => name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..];

    private static string AddressOf(string name) =>
        name.StartsWith("bodies/", StringComparison.Ordinal)
            ? $"/v1/forums/{IdIn(name).Replace("/", "/bodies/", StringComparison.Ordinal)}"
            : $"/v1/{name}";
}

/// <summary>The parameter expand beside the other parameters of lists.</summary>
public sealed class ExpandingAmongOthers(Engine engine) : RegistryTest(engine)
{
    [SetUp]
    public async Task Two_members_of_two_forums()
    {
        foreach (var forum in new[] { "PACT", "LEAGUE" })
        {
            await App.EstablishForumAsync(forum);
        }

        foreach (var state in new[] { "KAZ", "UZB" })
        {
            await App.EstablishStateAsync(state);
        }

        await (await App.AdmitAsync("LEAGUE", "KAZ", from: "2000")).CreatedAsync();
        await (await App.AdmitAsync("PACT", "UZB", from: "2000")).CreatedAsync();
        await (await App.AdmitAsync("PACT", "LEAGUE", from: "2000", kind: "forum")).CreatedAsync();
    }

    [Test]
    public async Task A_page_brings_along_what_its_own_items_name()
    {
        var included = new List<string>();
        var next = "/v1/memberships?expand=forum,member&limit=1";
        while (next is not null)
        {
            var page = await App.ReadAsync(next);
            included.Add(string.Join(' ', page["included"]!.AsObject().Select(record => record.Key).Order()));
            next = (string?)page["next"];
        }

        Assert.That(
            included,
            Is.EqualTo(new[] { "forums/LEAGUE states/KAZ", "forums/LEAGUE forums/PACT", "forums/PACT states/UZB" })
        );
    }

    [Test]
    public async Task Members_left_out_of_the_items_are_expanded_all_the_same()
    {
        var page = await App.ReadAsync("/v1/memberships?fields=id&expand=member&forum=LEAGUE");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(page["items"]![0]!.ToJsonString(), Is.EqualTo("""{"id":"league.kaz"}"""));
            Assert.That((string?)page["included"]!["states/KAZ"]!["name"], Is.EqualTo("State KAZ"));
        }
    }

    [Test]
    public async Task What_is_named_is_given_as_it_was_known_too()
    {
        var before = (string?)(await App.ReadAsync("/v1/memberships/league.kaz"))["recordedAt"];
        var known = DateTimeOffset.Parse(before!, null).AddMilliseconds(200);
        await Task.Delay(250);
        await (
            await App.PatchAsync("/v1/states/KAZ", new { names = RegistryApp.NamesOf("Kazakhstan", "short") })
        ).OkAsync();
        const string List = "/v1/memberships?forum=LEAGUE&expand=member";

        var present = await App.ReadAsync(List);
        var then = await App.ReadAsync($"{List}&knownAt={known.UtcDateTime:yyyy-MM-ddTHH:mm:ss.ffffffZ}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)present["included"]!["states/KAZ"]!["name"], Is.EqualTo("Kazakhstan"));
            Assert.That((string?)then["included"]!["states/KAZ"]!["name"], Is.EqualTo("State KAZ"));
        }
    }

    [Test]
    public async Task Deleted_items_name_nothing()
    {
        await (await App.DeleteAsync("/v1/memberships/pact.uzb")).Content.ReadAsStringAsync();

        var page = await App.ReadAsync(
            "/v1/memberships?expand=member&changedSince=2026-01-01T00:00:00Z&deleted=true&forum=PACT"
        );

        using (Assert.EnterMultipleScope())
        {
            Assert.That(page.Each(item => item["id"]), Is.EqualTo(new[] { "pact.forum.league", "pact.uzb" }));
            Assert.That((bool?)page["items"]![1]!["deleted"], Is.True);
            Assert.That(
                page["included"]!.AsObject().Select(record => record.Key),
                Is.EqualTo(new[] { "forums/LEAGUE" })
            );
        }
    }

    [TestCase("csv")]
    [TestCase("ndjson")]
    [TestCase("jsonld")]
    public async Task Forms_without_a_place_for_it_refuse_to_expand(string form) =>
        Assert.That(
            await (await App.GetAsync($"/v1/memberships?expand=forum&format={form}")).FieldsAtFaultAsync(),
            Is.EqualTo(new[] { "expand" })
        );

    [Test]
    public async Task However_many_records_are_named_few_statements_are_made_for_them()
    {
        const int States = 23;
        for (var number = 0; number < States; number++)
        {
            var code = $"X{(char)('A' + (number / 26))}{(char)('A' + (number % 26))}";
            await App.EstablishStateAsync(code);
            await (await App.AdmitAsync("LEAGUE", code, from: "2001")).CreatedAsync();
        }

        var watched = new WatchedConnections();
        await using var reading = await RegistryApp.StartAsync(App.Database, watched);
        var statements = new ConcurrentQueue<string>();
        watched.Before = statement =>
        {
            if (statement.Contains("@Id_0", StringComparison.Ordinal))
            {
                statements.Enqueue(statement);
            }
        };
        for (var limit = 1; limit <= States; limit++)
        {
            var page = await reading.ReadAsync($"/v1/memberships?forum=LEAGUE&expand=member&limit={limit}");
            Assert.That(page["included"]!.AsObject(), Has.Count.EqualTo(limit));
        }

        // One for each page, whose texts do not depend on how many records there are.
        Assert.That(statements, Has.Count.EqualTo(States));
        Assert.That(statements.Distinct().Count(), Is.EqualTo(4));
    }
}
