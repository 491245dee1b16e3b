using Registry.Infrastructure.Records.Models;

namespace Registry.Api.Http.Lists;

/// <summary>Helpers for parameters that take several values, separated by commas.</summary>
internal static class MultiValueParameters
{
    /// <summary>The maximum number of values of a parameter.</summary>
    public const int MaxValues = 50;

    /// <summary>The type of the values of a parameter that takes several; null for a parameter with a single value.</summary>
    public static Type? ItemOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
            ? type.GetGenericArguments()[0]
            : null;

    /// <summary>Converts enum values to their words in the contract.</summary>
    public static string[]? ToWords<T>(IReadOnlyList<T>? values)
        where T : struct, Enum => values is null ? null : [.. values.Select(Words.Of)];

    /// <summary>Converts codes to upper case.</summary>
    public static string[]? ToUpperCodes(IReadOnlyList<string>? values) =>
        values is null ? null : [.. values.Select(one => one.ToUpperInvariant())];

    /// <summary>Converts ids to lower case.</summary>
    public static string[]? ToLowerIds(IReadOnlyList<string>? values) =>
        values is null ? null : [.. values.Select(one => one.ToLowerInvariant())];

    /// <summary>The value of a parameter that has exactly one, or null.</summary>
    public static string? Single(IReadOnlyList<string>? values) => values is [var single] ? single : null;
}
