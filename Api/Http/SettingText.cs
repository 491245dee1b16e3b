namespace Registry.Api.Http;

/// <summary>Reads the texts of settings.</summary>
internal static class SettingText
{
    /// <summary>The values of a list with commas between them.</summary>
    public static string[] ListOf(string? text) =>
        (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
