using System.Diagnostics;

namespace Registry.Bench.Servers;

/// <summary>
/// The least that ASP.NET Core can be asked to do, as a program of its own: to start inside this one would count the files
/// that this one has beside it.
/// </summary>
internal static class EmptyProgram
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk.Web">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
          </PropertyGroup>
        </Project>
        """;

    private const string Source = """
        var app = WebApplication.CreateSlimBuilder(args).Build();
        app.MapGet("/", () => "");
        app.Run();
        """;

    /// <summary>Builds the program, unless it was built before.</summary>
    /// <returns>The assembly.</returns>
    /// <exception cref="InvalidOperationException">It does not build.</exception>
    public static async Task<string> BuildAsync(string kept)
    {
        var folder = Directory.CreateDirectory(Path.Combine(kept, $"empty-{Environment.Version}")).FullName;
        var assembly = Path.Combine(folder, "out", "Empty.dll");
        if (File.Exists(assembly))
        {
            return assembly;
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "Empty.csproj"), Project);
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), Source);

        // Whatever stands in folders above is not for this program.
        await File.WriteAllTextAsync(Path.Combine(folder, "Directory.Build.props"), "<Project />");
        await File.WriteAllTextAsync(Path.Combine(folder, "Directory.Packages.props"), "<Project />");
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            ArgumentList = { "build", "-c", "Release", "-o", "out", "-nodeReuse:false" },
        };
        using var build = Process.Start(start)!;
        var said = await build.StandardOutput.ReadToEndAsync();
        await build.WaitForExitAsync();
        return build.ExitCode == 0
            ? assembly
            : throw new InvalidOperationException($"The empty program does not build:\n{said}");
    }
}
