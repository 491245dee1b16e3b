namespace Registry.Api.Tests.Support;

/// <summary>The browser of this machine.</summary>
internal static class Browsers
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    public static string? Path { get; } =
        Environment
            .GetEnvironmentVariable("PATH")!
            .Split(System.IO.Path.PathSeparator)
            .SelectMany(_ => Names, System.IO.Path.Combine)
            .FirstOrDefault(File.Exists);

    /// <summary>Why the tests in a browser are skipped; null where they are not.</summary>
    public static string? WhyNone =>
        Path is null ? $"No browser: none of {string.Join(", ", Names)} is on the PATH." : null;
}
