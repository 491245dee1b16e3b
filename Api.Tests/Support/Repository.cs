namespace Registry.Api.Tests.Support;

/// <summary>The files beside the code.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "Registry.sln")) ? folder : Find(Path.GetDirectoryName(folder)!);
}
