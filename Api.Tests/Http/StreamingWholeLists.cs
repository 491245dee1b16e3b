using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Registry.Api.Tests.Support;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Forums;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Api.Tests.Http;

/// <summary>Whole lists of more than one batch, some of whose records were changed and some deleted.</summary>
public sealed class StreamingWholeLists(Engine engine) : RegistryTest(engine)
{
    private const string Changed = "changedSince=2020-01-01T00:00:00Z&deleted=true";
    private const int Forums = 46;
    private const int States = 24;
    private const int Deletions = 20;

    private static readonly string[] Sorts =
    [
        "id",
        "-id",
        "forum",
        "-member",
        "recordedAt",
        "-recordedAt,member",
        "forum,-member",
        "-member,forum,-id",
    ];

    [Test]
    public async Task A_stream_has_what_the_pages_have_together_in_every_order()
    {
        await FillAsync();

        using (Assert.EnterMultipleScope())
        {
            foreach (var filter in new[] { "", $"&{Changed}", $"&standing=member&on=2001&{Changed}" })
            {
                foreach (var sort in Sorts)
                {
                    var list = $"/v1/memberships?sort={sort}{filter}";
                    var streamed = await LinesAsync($"{list}&format=ndjson");
                    var paged = await App.WalkAsync($"{list}&limit=200", item => item.ToJsonString());
                    var counted = await App.WalkAsync($"{list}&limit=200&count=true", item => item.ToJsonString());
                    var total = (int)(await App.ReadAsync($"{list}&limit=1&count=true"))["total"]!;

                    Assert.That(streamed, Is.EqualTo(paged), list);
                    Assert.That(counted, Is.EqualTo(paged), list);
                    Assert.That(total, Is.EqualTo(paged.Count), list);
                    Assert.That(
                        paged,
                        Has.Count.EqualTo((Forums * States) - (filter.Length == 0 ? Deletions : 0)),
                        list
                    );
                }
            }
        }
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task The_order_is_evaluated_once_for_many_pages(bool changed)
    {
        const int Most = 100;
        await FillAsync();
        var database = App.Services.GetRequiredService<RegistryDatabase>();
        var request = new ListRequest
        {
            Sort = "forum",
            ThenBy = [new Ordering("member", true)],
            Limit = 2000,
            Filters = new MembershipFilters { MemberKind = ["state"] },
            ChangedSince = changed ? DateTimeOffset.UnixEpoch : null,
            WithDeleted = changed,
        };
        var all = (await ReadAsync(request)).Rows.Select(row => row.SortId).ToList();

        var ahead = new IdsAhead(Most);
        var met = new List<string>();
        for (var next = request with { Limit = 7, Ahead = ahead }; ; )
        {
            var page = await ReadAsync(next);
            met.AddRange(page.Rows.Select(row => row.SortId));
            if (page.Last is null)
            {
                break;
            }

            next = next with { After = page.Last };
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(all, Has.Count.EqualTo((Forums * States) - (changed ? 0 : Deletions)));
            Assert.That(met, Is.EqualTo(all));
            // The first page is read in its order.
            Assert.That(ahead.Scans, Is.EqualTo((all.Count - 7) / Most + 1));
        }

        Task<ListPage<RecordListRow>> ReadAsync(ListRequest page) =>
            database.ReadStateAsync(
                null,
                session => MembershipSql.List.ReadAsync<RecordListRow>(session, page),
                CancellationToken.None
            );
    }

    private async Task<IReadOnlyList<string>> LinesAsync(string path) =>
        [
            .. (await App.Http.GetStringAsync(path))
                .TrimEnd('\n')
                .Split('\n')
                .Select(line => JsonNode.Parse(line)!.ToJsonString()),
        ];

    /// <summary>Imports memberships, of which all in a forum and all of a state are equal in one order.</summary>
    private async Task FillAsync()
    {
        var states = Enumerable.Range(0, States).Select(number => $"AA{(char)('A' + number)}").ToArray();
        var forums = Enumerable.Range(0, Forums).Select(number => $"F{number:00}").ToArray();
        string[] lines =
        [
            .. states.Select(state =>
                $$$"""{"collection":"states","record":{"code":"{{{state}}}","names":[{"kind":"short","language":"en","text":"State {{{state}}}"}]}}"""
            ),
            .. forums.Select(forum =>
                $$$"""{"collection":"forums","record":{"code":"{{{forum}}}","names":[{"kind":"official","language":"en","text":"Forum {{{forum}}}"}]}}"""
            ),
            .. forums.SelectMany(
                (forum, place) =>
                    states.Select(state =>
                        $$$"""{"collection":"memberships","record":{"forum":"{{{forum}}}","member":{"kind":"state","code":"{{{state}}}"},"standings":[{"standing":"member","from":"{{{1990 + (place % 10)}}}"}]}}"""
                    )
            ),
        ];
        using var body = new StringContent(string.Join('\n', lines), Encoding.UTF8);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        using var answer = await App.Http.PostAsync("/v1/imports", body);
        var import = (string)(await answer.JsonAsync())["id"]!;
        await Until.HoldsAsync(async () => (string?)(await App.ReadAsync($"/v1/imports/{import}"))["status"] == "done");
        for (var number = 0; number < Deletions; number++)
        {
            var (forum, state) = (forums[number % 5 * 9], states[number]);
            await App.PatchAsync(
                $"/v1/memberships/{forum}.{states[(number + 1) % States]}".ToLowerInvariant(),
                new { standings = new[] { new { standing = "member", from = "1989" } } }
            );
            await App.DeleteAsync($"/v1/memberships/{forum}.{state}".ToLowerInvariant());
        }
    }
}
