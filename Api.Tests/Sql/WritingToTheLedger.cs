using System.Net;
using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Sql;

/// <summary>What every write leaves behind, seen in the tables themselves.</summary>
public sealed class WritingToTheLedger(Engine engine) : RegistryTest(engine)
{
    [Test]
    public async Task Every_write_is_logged_with_the_record_as_it_is_served()
    {
        await App.EstablishStateAsync("KAZ");

        var change = (await ChangesAsync()).Single();
        var served = await App.Http.GetStringAsync("/v1/states/KAZ");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(change.Sequence, Is.EqualTo(1));
            Assert.That(change.Operation, Is.EqualTo("created"));
            Assert.That($"{change.Collection}/{change.SubjectId}", Is.EqualTo("states/KAZ"));
            Assert.That(change.Version, Is.EqualTo(1));
            Assert.That(change.Actor, Is.EqualTo("admin"));
            Assert.That(change.Record, Is.EqualTo(served));
        }
    }

    [Test]
    public async Task The_former_record_goes_into_the_history_until_the_moment_of_the_next()
    {
        await App.EstablishStateAsync("KAZ");
        var first = await App.Http.GetStringAsync("/v1/states/KAZ");

        await App.PatchAsync("/v1/states/KAZ", new { subregion = "Central Asia" });

        var former = (
            await App.QueryAsync<HistoryRow>(
                """
                SELECT h.Record, h.Version, CASE WHEN h.RecordedUntil = s.RecordedFrom THEN 1 ELSE 0 END AS Meets
                FROM StateHistory h JOIN State s ON s.Code = h.Code
                """
            )
        ).Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(former.Record, Is.EqualTo(first));
            Assert.That(former.Version, Is.EqualTo(1));
            Assert.That(former.Meets, Is.EqualTo(1));
        }
    }

    [Test]
    public async Task The_parts_of_a_record_are_archived_with_it()
    {
        await App.EstablishForumAsync("PACT");
        await App.EstablishStateAsync("KAZ");
        await App.AdmitAsync("PACT", "KAZ", from: "2000");

        await App.StepAsync("pact.kaz", new { step = "suspend", from = "2012-12-19" });

        Assert.That(
            await App.QueryAsync<string>("SELECT CONCAT(Kind, ' v', Version) FROM StandingHistory ORDER BY Position"),
            Is.EqualTo(new[] { "member v1" })
        );
        Assert.That(
            await App.QueryAsync<string>("SELECT CONCAT(Kind, ' v', Version) FROM Standing ORDER BY Position"),
            Is.EqualTo(new[] { "member v2", "suspended v2" })
        );
    }

    [Test]
    public async Task A_deleted_record_is_archived_and_its_deletion_logged()
    {
        await App.EstablishStateAsync("KAZ");

        var deleted = await App.DeleteAsync("/v1/states/KAZ");

        Assert.That(deleted.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        var change = (await ChangesAsync())[^1];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(change.Operation, Is.EqualTo("deleted"));
            Assert.That(change.Version, Is.EqualTo(2));
            Assert.That(change.Record, Is.Null);
            Assert.That(await App.QueryAsync<int>("SELECT COUNT(*) FROM StateHistory"), Is.EqualTo(new[] { 1 }));
            Assert.That(await App.QueryAsync<int>("SELECT COUNT(*) FROM State"), Is.EqualTo(new[] { 0 }));
        }
    }

    [Test]
    public async Task A_record_that_names_its_predecessor_writes_both_in_one_moment()
    {
        await App.EstablishForumAsync("OLD");
        await App.PostAsync(
            "/v1/forums",
            new
            {
                code = "NEW",
                names = RegistryApp.NamesOf("New"),
                predecessors = new[] { "OLD" },
            }
        );

        var changes = (await ChangesAsync()).Skip(1).ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(changes.Select(change => change.SubjectId), Is.EqualTo(new[] { "NEW", "OLD" }));
            Assert.That(changes.Select(change => change.Instant).Distinct().Count(), Is.EqualTo(1));
            Assert.That((string?)JsonNode.Parse(changes[1].Record!)!["successors"]![0], Is.EqualTo("NEW"));
        }
    }

    [Test]
    public async Task Changes_are_strictly_later_one_than_the_other()
    {
        for (var name = 'A'; name <= 'J'; name++)
        {
            await App.EstablishStateAsync($"AA{name}");
        }

        var instants = (await ChangesAsync()).Select(change => change.Instant).ToArray();

        Assert.That(instants, Is.Ordered.And.Unique);
    }

    [Test]
    public async Task A_refused_write_leaves_nothing_behind()
    {
        await App.EstablishForumAsync("PACT");
        await App.EstablishStateAsync("KAZ");
        await App.AdmitAsync("PACT", "KAZ", from: "2000");

        await App.StepAsync("pact.kaz", new { step = "resume", from = "2012" });
        await App.PostAsync("/v1/states", new { code = "KAZ", names = RegistryApp.NamesOf("Again") });
        await App.DeleteAsync("/v1/states/KAZ");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await ChangesAsync(), Has.Count.EqualTo(3));
            Assert.That(await App.QueryAsync<long>("SELECT Sequence FROM ChangeCounter"), Is.EqualTo(new[] { 3L }));
            Assert.That(await App.QueryAsync<int>("SELECT COUNT(*) FROM StandingHistory"), Is.EqualTo(new[] { 0 }));
        }
    }

    private Task<IReadOnlyList<ChangeRow>> ChangesAsync() =>
        App.QueryAsync<ChangeRow>("SELECT * FROM Change ORDER BY Sequence");

    private sealed record ChangeRow
    {
        public long Sequence { get; init; }
        public DateTimeOffset Instant { get; init; }
        public string Actor { get; init; } = "";
        public string Collection { get; init; } = "";
        public string SubjectId { get; init; } = "";
        public int Version { get; init; }
        public string Operation { get; init; } = "";
        public string? Record { get; init; }
    }

    private sealed record HistoryRow
    {
        public string Record { get; init; } = "";
        public int Version { get; init; }
        public int Meets { get; init; }
    }
}
