using System.Net;
using Dapper;
using Microsoft.Data.Sqlite;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Faults;

/// <summary>Another process holds the lock of the database file.</summary>
[Category("Faults")]
public sealed class WritingToALockedFile
{
    private ServedFile _file = null!;

    [SetUp]
    public async Task A_file_with_something_on_record()
    {
        _file = await ServedFile.TakeAsync();
        await _file.ServeAsync();
        await _file.RecoversAsync("before");
    }

    [TearDown]
    public ValueTask Put_away() => _file.DisposeAsync();

    [Test]
    public async Task Writes_are_put_off_and_reads_are_served_until_it_is_free()
    {
        await using (var other = new SqliteConnection(_file.Database.ConnectionString))
        {
            await other.OpenAsync();
            await other.ExecuteAsync("BEGIN EXCLUSIVE");

            var writes = await Task.WhenAll(
                Enumerable.Range(1, 3).Select(number => _file.PostAsync($"locked-{number}"))
            );
            using var read = await _file.Http.GetAsync("/v1/ministers/before");
            using var list = await _file.Http.GetAsync("/v1/ministers");
            using var ready = await _file.Http.GetAsync("/health/ready");

            foreach (var write in writes)
            {
                await write.ProblemAsync(HttpStatusCode.ServiceUnavailable, "busy");
                Assert.That(write.Headers.RetryAfter?.Delta, Is.GreaterThan(TimeSpan.Zero));
            }

            using (Assert.EnterMultipleScope())
            {
                Assert.That(read.StatusCode, Is.EqualTo(HttpStatusCode.OK));
                Assert.That(list.StatusCode, Is.EqualTo(HttpStatusCode.OK));
                Assert.That(ready.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            }

            await other.ExecuteAsync("ROLLBACK");
        }

        await _file.RecoversAsync("after");
        var log = new ChangeLog();
        await log.FollowAsync(_file.Http);
        Assert.That(log.Ids, Is.EqualTo(new[] { "before", "after" }));
        await _file.FitsTogetherAsync();
    }
}
