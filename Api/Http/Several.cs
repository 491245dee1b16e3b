namespace Registry.Api.Http;

/// <summary>Parameters that take several values, with commas between.</summary>
internal static class Several
{
    /// <summary>How many values a parameter has at most.</summary>
    public const int Most = 50;

    /// <summary>The type of the values, where there may be several.</summary>
    public static Type? ItemOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
            ? type.GetGenericArguments()[0]
            : null;

    /// <summary>The words of the contract for the values.</summary>
    public static string[]? Words<T>(IReadOnlyList<T>? several)
        where T : struct, Enum => several is null ? null : [.. several.Select(Infrastructure.Words.Of)];

    /// <summary>Codes, which are capitals however they were typed.</summary>
    public static string[]? Capitals(IReadOnlyList<string>? several) =>
        several is null ? null : [.. several.Select(one => one.ToUpperInvariant())];

    /// <summary>Ids, which are small however they were typed.</summary>
    public static string[]? Small(IReadOnlyList<string>? several) =>
        several is null ? null : [.. several.Select(one => one.ToLowerInvariant())];

    /// <summary>The value, where there is one alone.</summary>
    public static string? Single(IReadOnlyList<string>? several) => several is [var single] ? single : null;
}
