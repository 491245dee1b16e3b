namespace Registry.Api.Tests.Support;

/// <summary>
/// Gives every test a program and an empty database of its own, so all tests run in parallel; once on each engine.
/// </summary>
[OnEveryEngine]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public abstract class RegistryTest(Engine engine)
{
    protected RegistryApp App { get; private set; } = null!;

    /// <summary>What the program is told besides its database.</summary>
    protected virtual (string Name, string Value)[] Settings => [];

    private protected virtual Task<TestDatabase> TakeDatabaseAsync(Engine from) => TestDatabases.TakeAsync(from);

    [SetUp]
    public async Task Start()
    {
        App = await RegistryApp.StartAsync(await TakeDatabaseAsync(engine), settings: Settings);
    }

    [TearDown]
    public async Task Stop()
    {
        // A skipped test has none.
        if (App is not null)
        {
            await App.DisposeAsync();
            await TestDatabases.GiveBackAsync(App.Database);
        }
    }
}

/// <summary>
/// Gives every fixture a program and an empty database, once on each engine. What its one-time set-up puts on record is shared by
/// its tests, which write nothing.
/// </summary>
[OnEveryEngine]
[Parallelizable(ParallelScope.All)]
public abstract class SharedTest(Engine engine)
{
    protected RegistryApp App { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task Start() => App = await RegistryApp.StartAsync(await TestDatabases.TakeAsync(engine));

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (App is not null)
        {
            await App.DisposeAsync();
            await TestDatabases.GiveBackAsync(App.Database);
        }
    }
}

/// <summary>Tests that only read share one program with the default catalogue, one on each engine.</summary>
[OnEveryEngine]
[Parallelizable(ParallelScope.All)]
public abstract class CatalogueTest(Engine engine)
{
    private static readonly Dictionary<Engine, Lazy<Task<RegistryApp>>> Apps = Enum.GetValues<Engine>()
        .ToDictionary(engine => engine, engine => new Lazy<Task<RegistryApp>>(() => StartAsync(engine)));

    protected RegistryApp App { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        App = await Apps[engine].Value;
    }

    internal static async Task StopAllAsync()
    {
        foreach (var app in Apps.Values.Where(app => app.IsValueCreated))
        {
            await (await app.Value).DisposeAsync();
        }
    }

    private static async Task<RegistryApp> StartAsync(Engine engine) =>
        await RegistryApp.StartAsync(await TestDatabases.TakeUntouchedAsync(engine), withCatalogue: true);
}
