using NUnit.Framework.Constraints;
using Registry.Domain;

namespace Registry.Api.Tests.Support;

/// <summary>What tests of the domain expect of a refusal.</summary>
internal static class Refused
{
    /// <summary>The rule is broken that the problem type names.</summary>
    public static Constraint By(string rule) =>
        Throws.TypeOf<RuleBrokenException>().With.Property(nameof(RegistryException.Code)).EqualTo(rule);

    /// <summary>The field has a value that nothing in the world can have.</summary>
    public static Constraint At(string field) =>
        Throws.TypeOf<IllegalValueException>().With.Property(nameof(IllegalValueException.Field)).EqualTo(field);
}
