using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Registry.Api.Tests.Support;
using Registry.Domain;
using Registry.Infrastructure.Forums;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Writing;
using static Registry.Api.Tests.Support.Times;

namespace Registry.Api.Tests.Sql;

/// <summary>Work that looks up the period of a forum, changes the forum and looks the period up again.</summary>
public sealed class ChangingPeriodsInOneTransaction(Engine engine) : RegistryTest(engine)
{
    [SetUp]
    public Task Found() => App.EstablishForumAsync("PACT", founded: "1992");

    [Test]
    public Task A_corrected_record_has_its_new_period() =>
        WriteAsync(
            async (session, forums) =>
            {
                Assert.That(await PeriodAsync(session), Is.EqualTo(Span("1992/..")));

                await CorrectAsync(session, forums, "1990");

                Assert.That(await PeriodAsync(session), Is.EqualTo(Span("1990/..")));
            }
        );

    [Test]
    public Task A_correction_that_is_rolled_back_leaves_the_former_period() =>
        WriteAsync(
            async (session, forums) =>
            {
                var refused = session.AttemptAsync<int>(async () =>
                {
                    await CorrectAsync(session, forums, "1990");
                    Assert.That(await PeriodAsync(session), Is.EqualTo(Span("1990/..")));
                    throw new NotFoundException("state", "KAZ");
                });

                Assert.That(async () => await refused, Throws.TypeOf<NotFoundException>());
                Assert.That(await PeriodAsync(session), Is.EqualTo(Span("1992/..")));
            }
        );

    [Test]
    public Task A_deleted_record_has_no_period() =>
        WriteAsync(
            async (session, forums) =>
            {
                Assert.That(await PeriodAsync(session), Is.Not.Null);

                await forums.DeleteAsync(session, "PACT", ExpectedVersion.Any);

                Assert.That(await PeriodAsync(session), Is.Null);
            }
        );

    private static Task<Period?> PeriodAsync(WriteSession session) => session.FindPeriodAsync(ForumStore.Kind, "PACT");

    private static Task<StoredRecord> CorrectAsync(WriteSession session, ForumStore forums, string founded) =>
        forums.CorrectAsync(
            session,
            "PACT",
            ExpectedVersion.Any,
            record =>
                JsonSerializer.Deserialize<ForumModel>(record, RegistryJson.Options)! with
                {
                    Founded = Date(founded),
                }
        );

    private async Task WriteAsync(Func<WriteSession, ForumStore, Task> work)
    {
        await using var scope = App.Services.CreateAsyncScope();
        var forums = scope.ServiceProvider.GetRequiredService<ForumStore>();
        await scope
            .ServiceProvider.GetRequiredService<Ledger>()
            .WriteAsync(
                async session =>
                {
                    await work(session, forums);
                    return true;
                },
                CancellationToken.None
            );
    }
}
