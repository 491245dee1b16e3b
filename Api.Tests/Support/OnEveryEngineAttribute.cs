using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace Registry.Api.Tests.Support;

/// <summary>
/// Makes of a class one fixture for every engine that is at hand. What is not at hand is left out and not listed as
/// skipped test by test: <see cref="LeavingOut"/> says in one line that it is missing.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OnEveryEngineAttribute : NUnitAttribute, IFixtureBuilder2
{
    public IEnumerable<TestSuite> BuildFrom(ITypeInfo typeInfo) => BuildFrom(typeInfo, TestDatabases.EnginesAtHand);

    public IEnumerable<TestSuite> BuildFrom(ITypeInfo typeInfo, IPreFilter filter) =>
        TestDatabases.EnginesAtHand.SelectMany(engine => new TestFixtureAttribute(engine).BuildFrom(typeInfo, filter));

    /// <summary>The fixtures of the class on those engines.</summary>
    internal static IEnumerable<TestSuite> BuildFrom(ITypeInfo typeInfo, IEnumerable<Engine> engines) =>
        engines.SelectMany(engine => new TestFixtureAttribute(engine).BuildFrom(typeInfo));
}

/// <summary>Leaves the tests of a class out, in the same way, where the machine has no browser.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class InABrowserAttribute : NUnitAttribute, IFixtureBuilder2
{
    public IEnumerable<TestSuite> BuildFrom(ITypeInfo typeInfo) =>
        Browsers.WhyNone is null ? new TestFixtureAttribute().BuildFrom(typeInfo) : [new TestFixture(typeInfo)];

    public IEnumerable<TestSuite> BuildFrom(ITypeInfo typeInfo, IPreFilter filter) =>
        Browsers.WhyNone is null ? new TestFixtureAttribute().BuildFrom(typeInfo, filter) : [new TestFixture(typeInfo)];
}
