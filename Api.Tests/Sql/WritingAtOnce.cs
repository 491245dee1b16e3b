using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Registry.Api.Tests.Support;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Idempotency;
using Registry.Infrastructure.Records.Writing;
using Registry.Infrastructure.States;

namespace Registry.Api.Tests.Sql;

public sealed class WritingAtOnce(Engine engine) : RegistryTest(engine)
{
    private const int Writers = 16;

    [Test]
    public async Task Of_many_writers_with_one_version_one_wins()
    {
        await App.EstablishStateAsync("KAZ");

        var answers = await AtOnceAsync(writer =>
            App.PatchAsync("/v1/states/KAZ", new { subregion = $"Region {writer}" }, ifMatch: "\"1\"")
        );

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers.Count(status => status == HttpStatusCode.OK), Is.EqualTo(1));
            Assert.That(answers.Count(status => status == HttpStatusCode.PreconditionFailed), Is.EqualTo(Writers - 1));
            Assert.That(await SequencesAsync(), Is.EqualTo(new long[] { 1, 2 }));
        }
    }

    [Test]
    public async Task Of_many_who_create_one_code_one_wins()
    {
        var answers = await AtOnceAsync(_ =>
            App.PostAsync("/v1/states", new { code = "KAZ", names = RegistryApp.NamesOf("Kazakhstan") })
        );

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers.Count(status => status == HttpStatusCode.Created), Is.EqualTo(1));
            Assert.That(answers.Count(status => status == HttpStatusCode.Conflict), Is.EqualTo(Writers - 1));
            Assert.That(await SequencesAsync(), Is.EqualTo(new long[] { 1 }));
        }
    }

    [Test]
    public async Task The_log_has_no_gap_and_no_repeat()
    {
        var answers = await AtOnceAsync(writer =>
            App.PostAsync("/v1/states", new { code = $"AA{(char)('A' + writer)}", names = RegistryApp.NamesOf("One") })
        );

        Assert.That(answers, Is.All.EqualTo(HttpStatusCode.Created));
        Assert.That(await SequencesAsync(), Is.EqualTo(Enumerable.Range(1, Writers).Select(number => (long)number)));
    }

    [Test]
    public async Task A_rule_between_records_holds_whoever_writes_at_once()
    {
        await App.EstablishForumAsync("PACT");
        await App.EstablishStateAsync("KAZ");

        // One admits the state while the other ends the state's life before that.
        var answers = await AtOnceAsync(writer =>
            writer % 2 == 0
                ? App.AdmitAsync("PACT", "KAZ", from: "2000")
                : App.PatchAsync("/v1/states/KAZ", new { existence = new { until = "1999-12-31" } })
        );

        Assert.That(answers.Count(status => status is HttpStatusCode.Created), Is.AtMost(1));
        var admitted = await App.GetAsync("/v1/memberships/pact.kaz");
        var state = await App.ReadAsync("/v1/states/KAZ");
        Assert.That(admitted.IsSuccessStatusCode, Is.EqualTo(state["existence"] is null));
    }

    [Test]
    public async Task What_fails_at_its_very_end_leaves_no_hole_in_the_log()
    {
        await App.EstablishStateAsync("KAZ");
        var database = App.Services.GetRequiredService<RegistryDatabase>();

        // All wait for the same commit.
        var gate = new TaskCompletionSource<bool>();
        var before = database.TransactAsync((_, _) => gate.Task, CancellationToken.None, alone: true);
        var pairs = Enumerable
            .Range(0, Writers)
            .Select(writer =>
                (
                    Failing: DeleteAndFailAsync(writer),
                    Next: App.PostAsync(
                        "/v1/states",
                        new { code = $"AA{(char)('A' + writer)}", names = RegistryApp.NamesOf("One") }
                    )
                )
            )
            .ToArray();
        await Task.Delay(200);
        gate.SetResult(true);
        await before;

        foreach (var (failing, next) in pairs)
        {
            Assert.That(async () => await failing, Throws.InvalidOperationException);
            Assert.That((await next).StatusCode, Is.EqualTo(HttpStatusCode.Created));
        }

        Assert.That(
            await SequencesAsync(),
            Is.EqualTo(Enumerable.Range(1, Writers + 1).Select(number => (long)number))
        );

        async Task DeleteAndFailAsync(int writer)
        {
            await using var scope = App.Services.CreateAsyncScope();
            var answers = scope.ServiceProvider.GetRequiredService<KeptAnswers>();
            answers.Expect<bool>(
                new RequestKey($"Key {writer}", "A request"),
                _ => throw new InvalidOperationException("A defect.")
            );
            await scope
                .ServiceProvider.GetRequiredService<Ledger>()
                .WriteAsync(
                    async session =>
                    {
                        await session.DeleteAsync(StateStore.Kind, "KAZ", 1);
                        return true;
                    },
                    CancellationToken.None
                );
        }
    }

    /// <summary>A write reads the years of a state as they are, whoever changed them.</summary>
    [TestCase(false)]
    [TestCase(true)]
    public async Task A_rule_between_records_holds_whoever_changed_one_of_them(bool inAnotherProcess)
    {
        await App.EstablishForumAsync("PACT");
        await App.EstablishStateAsync("KAZ");
        await (await App.AdmitAsync("PACT", "KAZ", from: "2000")).CreatedAsync();
        Assert.That(await StandUntilAsync("2005"), Is.EqualTo(HttpStatusCode.OK));
        await using var other = await RegistryApp.StartAsync(App.Database);

        var ended = await (inAnotherProcess ? other : App).PatchAsync(
            "/v1/states/KAZ",
            new { existence = new { until = "2008" } }
        );

        Assert.That(ended.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await StandUntilAsync("2007"), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await StandUntilAsync("2012"), Is.EqualTo(HttpStatusCode.Conflict));

        async Task<HttpStatusCode> StandUntilAsync(string until)
        {
            object[] standings =
            [
                new
                {
                    standing = "member",
                    from = "2000",
                    until,
                },
            ];
            return (await App.PatchAsync("/v1/memberships/pact.kaz", new { standings })).StatusCode;
        }
    }

    private static async Task<IReadOnlyList<HttpStatusCode>> AtOnceAsync(Func<int, Task<HttpResponseMessage>> write) =>
        [.. (await Task.WhenAll(Enumerable.Range(0, Writers).Select(write))).Select(answer => answer.StatusCode)];

    private Task<IReadOnlyList<long>> SequencesAsync() =>
        App.QueryAsync<long>("SELECT Sequence FROM Change ORDER BY Sequence");
}
