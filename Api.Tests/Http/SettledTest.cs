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

/// <summary>
/// The same for tests that write nothing: they share one program and one database on each engine. A write that slips through
/// is seen by all that count the changes.
/// </summary>
[OnEveryEngine]
[Parallelizable(ParallelScope.All)]
public abstract class UnwrittenTest(Engine engine)
{
    private static readonly Dictionary<Engine, Lazy<Task<RegistryApp>>> Apps = Enum.GetValues<Engine>()
        .ToDictionary(engine => engine, engine => new Lazy<Task<RegistryApp>>(() => StartAsync(engine)));

    protected RegistryApp App { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task Start() => App = await Apps[engine].Value;

    internal static async Task StopAllAsync()
    {
        foreach (var app in Apps.Values.Where(app => app.IsValueCreated))
        {
            await (await app.Value).DisposeAsync();
        }
    }

    private static async Task<RegistryApp> StartAsync(Engine engine)
    {
        if (engine == Engine.Sqlite)
        {
            return await RegistryApp.StartAsync(await TestDatabases.TakeSettledAsync());
        }

        var app = await RegistryApp.StartAsync(await TestDatabases.TakeAsync(engine));
        await WritingOperation.SettleAsync(app);
        return app;
    }
}
