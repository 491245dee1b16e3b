using Registry.Infrastructure.Records.Documents;

namespace Registry.Api.Http.Lists;

/// <summary>Parameters that take values values, separated by commas.</summary>
internal static class MultiValueParameters
{
    /// <summary>The largest number of values of a parameter.</summary>
    public const int Most = 50;

    /// <summary>The type of the values of a parameter that takes values; null for one that takes a single value.</summary>
    public static Type? ItemOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
            ? type.GetGenericArguments()[0]
            : null;

    /// <summary>Gives the words of the contract for the values of an enumeration.</summary>
    public static string[]? ToWords<T>(IReadOnlyList<T>? values)
        where T : struct, Enum => values is null ? null : [.. values.Select(Words.Of)];

    /// <summary>Gives codes in capitals.</summary>
    public static string[]? ToUpperCodes(IReadOnlyList<string>? values) =>
        values is null ? null : [.. values.Select(one => one.ToUpperInvariant())];

    /// <summary>Gives ids in lower case.</summary>
    public static string[]? ToLowerIds(IReadOnlyList<string>? values) =>
        values is null ? null : [.. values.Select(one => one.ToLowerInvariant())];

    /// <summary>The value of a parameter that was given exactly one; else null.</summary>
    public static string? Single(IReadOnlyList<string>? values) => values is [var single] ? single : null;
}
