using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Http;

/// <summary>Tests that find something of every kind on record, as <see cref="WritingOperation"/> needs it.</summary>
public abstract class SettledTest(Engine engine) : RegistryTest(engine)
{
    [SetUp]
    public async Task Something_of_every_kind()
    {
        // A file is copied as it was settled once.
        if (App.Database.Engine != Engine.Sqlite)
        {
            await WritingOperation.SettleAsync(App);
        }
    }

    private protected override Task<TestDatabase> TakeDatabaseAsync(Engine from) =>
        from == Engine.Sqlite ? TestDatabases.TakeSettledAsync() : base.TakeDatabaseAsync(from);
}
