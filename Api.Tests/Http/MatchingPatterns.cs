using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Registry.Api.Http.Problems;
using Registry.Infrastructure.Records;

namespace Registry.Api.Tests.Http;

/// <summary>The patterns of annotations.</summary>
public sealed class MatchingPatterns
{
    private static IEnumerable<string> InTheCode =>
        new[] { typeof(Program).Assembly, typeof(RecordKinds).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type =>
                type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            )
            .SelectMany(property => property.GetCustomAttributes<RegularExpressionAttribute>())
            .Select(attribute => attribute.Pattern)
            .Distinct();

    [Test]
    public void There_are_patterns() => Assert.That(InTheCode.Count(), Is.GreaterThan(15));

    [TestCaseSource(nameof(InTheCode))]
    public void A_pattern_of_an_annotation_is_matched_without_backtracking(string pattern)
    {
        // A pattern that needs backtracking, such as (a)\1 or a look-ahead, would throw; this text would take for ever with one
        // that backtracks in the wrong place.
        Assert.That(Patterns.Match(pattern, new string('a', 100_000) + "!"), Is.False);
        Assert.That(Patterns.Match(pattern, string.Concat(Enumerable.Repeat("a-", 50_000)) + "!"), Is.False);
    }

    [TestCase("^(a+)+$", "aaaa", ExpectedResult = true)]
    [TestCase("^(a+)+$", "aaaa\n", ExpectedResult = false)]
    [TestCase("^a|b$", "ab", ExpectedResult = false)]
    [TestCase("^[a-z]+$", "", ExpectedResult = false)]
    public bool The_whole_text_has_to_match(string pattern, string text) => Patterns.Match(pattern, text);

    [Test]
    public void A_pattern_that_would_backtrack_for_ever_does_not() =>
        Assert.That(Patterns.Match("^(a+)+$", new string('a', 10_000) + "!"), Is.False);
}
