using System.Reflection;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace Registry.Api.Tests.Support;

/// <summary>What this run leaves out: one skipped test says so for each thing that is missing.</summary>
public sealed class LeavingOut
{
    private static IEnumerable<Type> Fixtures =>
        typeof(LeavingOut)
            .Assembly.GetTypes()
            .Where(type =>
                type is { IsAbstract: false, IsClass: true }
                && type.GetConstructor([typeof(Engine)]) is not null
                && type.GetMethods().Any(method => method.GetCustomAttributes<NUnitAttribute>().Any(IsTest))
            );

    [Test]
    public void Nothing_is_left_out_for_want_of_a_SQL_Server()
    {
        if (TestDatabases.WhyNoServer is { } reason)
        {
            Assert.Ignore($"{reason} The fixtures of {Fixtures.Count()} classes run on SQLite alone.");
        }

        Assert.That(TestDatabases.EnginesAtHand, Is.EqualTo(Enum.GetValues<Engine>()));
    }

    [Test]
    public void Nothing_is_left_out_for_want_of_a_browser()
    {
        if (Browsers.WhyNone is { } reason)
        {
            Assert.Ignore(reason);
        }
    }

    /// <summary>With a server, the tests are those that run without one, once more.</summary>
    [Test]
    public void With_a_server_every_test_is_there_on_both_engines()
    {
        var fixtures = Fixtures.ToList();
        Assert.That(fixtures, Has.Count.GreaterThan(50));

        var marked = fixtures.Where(type =>
            type.GetCustomAttributes<NUnitAttribute>(inherit: true).OfType<IFixtureBuilder>().ToList()
                is not [OnEveryEngineAttribute]
        );
        var counts = fixtures.Select(type =>
            OnEveryEngineAttribute
                .BuildFrom(new TypeWrapper(type), Enum.GetValues<Engine>())
                .Select(suite => (Engine: suite.Arguments.Single(), Tests: suite.TestCaseCount, State: suite.RunState))
                .ToList()
        );

        using (Assert.EnterMultipleScope())
        {
            Assert.That(marked, Is.Empty, "A fixture that takes an engine is marked OnEveryEngine, and not otherwise.");
            foreach (var (type, built) in fixtures.Zip(counts))
            {
                Assert.That(built.Select(suite => suite.Engine), Is.EqualTo(Enum.GetValues<Engine>()), type.Name);
                Assert.That(built.Select(suite => suite.Tests).Distinct().Count(), Is.EqualTo(1), type.Name);
                Assert.That(built.Select(suite => suite.Tests), Has.All.Positive, type.Name);
                Assert.That(built.Select(suite => suite.State), Has.All.EqualTo(RunState.Runnable), type.Name);
            }
        }
    }

    private static bool IsTest(NUnitAttribute attribute) => attribute is ITestBuilder or ISimpleTestBuilder;
}
