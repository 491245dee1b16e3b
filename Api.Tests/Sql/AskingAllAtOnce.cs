using System.Net;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Sql;

/// <summary>More callers at once than there are connections, all for what is not there.</summary>
[OnEveryEngine]
[Parallelizable(ParallelScope.All)]
public sealed class AskingAllAtOnce(Engine engine)
{
    private const int Callers = 120;

    [Test]
    public async Task Callers_beyond_the_pool_are_put_off_and_the_program_serves_on([Values(5, 100)] int pool)
    {
        var database = await TestDatabases.TakeAsync(engine);
        try
        {
            // An embedded database has no pool to come to the end of.
            var small =
                engine == Engine.SqlServer
                    ? database with
                    {
                        ConnectionString = $"{database.ConnectionString};Max Pool Size={pool}",
                    }
                    : database;
            await using var app = await RegistryApp.StartAsync(small);
            await app.EstablishStateAsync("KAZ");
            for (var round = 0; round < 3; round++)
            {
                var answers = await Task.WhenAll(
                    Enumerable.Range(0, Callers).Select(number => app.GetAsync($"/v1/ministers/nobody-{number}"))
                );

                Assert.That(
                    answers.Select(answer => answer.StatusCode).Distinct(),
                    Is.SubsetOf(new[] { HttpStatusCode.NotFound, HttpStatusCode.ServiceUnavailable })
                );
                await app.ReadAsync("/v1/states/KAZ");
            }

            await app.EstablishStateAsync("UZB");
        }
        finally
        {
            await TestDatabases.GiveBackAsync(database);
        }
    }
}
