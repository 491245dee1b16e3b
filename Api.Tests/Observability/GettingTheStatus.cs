using System.Net;
using Registry.Api.Tests.Support;
using Registry.Infrastructure.Engine.Dialects;
using Registry.Infrastructure.Engine.Startup;

namespace Registry.Api.Tests.Observability;

public sealed class GettingTheStatus(Engine engine) : RegistryTest(engine)
{
    private readonly Engine _engine = engine;

    [Test]
    public async Task An_empty_registry_has_no_last_change()
    {
        var status = await App.ReadAsync("/v1/status");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((long)status["sequence"]!, Is.Zero);
            Assert.That(status.AsObject().ContainsKey("lastChangeAt"), Is.False);
        }
    }

    [Test]
    public async Task It_has_the_versions_the_engine_and_the_last_change()
    {
        await App.EstablishStateAsync("KAZ");
        await App.EstablishStateAsync("KGZ");
        var last = await App.ReadAsync("/v1/states/KGZ");

        var status = await App.ReadAsync("/v1/status");

        var newest = Path.GetFileNameWithoutExtension(Migrator.ScriptsOf(new SqliteDialect())[^1].Name);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)status["version"], Does.StartWith("0."));
            Assert.That((string?)status["schemaVersion"], Is.EqualTo(newest));
            Assert.That((string?)status["provider"], Is.EqualTo(_engine == Engine.Sqlite ? "sqlite" : "sql-server"));
            Assert.That((long)status["sequence"]!, Is.EqualTo(2));
            Assert.That((string?)status["lastChangeAt"], Is.EqualTo((string?)last["recordedAt"]));
        }
    }

    [Test]
    public async Task A_stranger_may_not_read_it()
    {
        using var stranger = App.WithoutKey();
        using var answer = await stranger.GetAsync("/v1/status");

        await answer.ProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
    }
}
