using System.Text.RegularExpressions;
using Registry.Api.Tests.Faults;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Backups;

/// <summary>The restore drill of docs/operations.md, as an operator goes through it.</summary>
public sealed partial class RehearsingARestore
{
    private const string Command = "dotnet run --project Api -- ";

    [Test]
    public async Task The_commands_of_the_page_end_with_a_served_copy()
    {
        var folder = Directory.CreateTempSubdirectory("registry-drill-").FullName;
        await using var file = await ServedFile.TakeAsync();
        await file.ServeAsync();
        using var written = await file.PostAsync("before-the-drill");
        var commands = Commands().ToArray();
        Assert.That(commands, Has.Length.EqualTo(5));

        foreach (var command in commands[..^1])
        {
            var (exit, told) = await BackupTools.RunAsync(file.Path, ArgumentsOf(command, folder));
            Assert.That(exit, Is.Zero, $"{command}\n{told}");
        }

        await using (var copy = RegistryProcess.Run([.. ArgumentsOf(commands[^1], folder), "--Catalogue:Load=false"]))
        {
            using var client = await copy.ServingAsync();
            Assert.That(await client.GetStringAsync("/v1/ministers/before-the-drill"), Does.Contain("\"version\":1"));
        }

        Directory.Delete(folder, recursive: true);
    }

    private static IEnumerable<string> Commands()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations.md"));
        var drill = page[page.IndexOf("## A restore drill", StringComparison.Ordinal)..];
        return drill
            .Split("```")[1]
            .Split('\n')
            .Where(line => line.StartsWith(Command, StringComparison.Ordinal))
            .Select(line => line[Command.Length..]);
    }

    private static string[] ArgumentsOf(string command, string folder) =>
        [
            .. Argument()
                .Matches(command)
                .Select(word =>
                    word.Value.Replace("\"", "", StringComparison.Ordinal)
                        .Replace("/srv/drill", folder, StringComparison.Ordinal)
                        .Replace("localhost:5081", "127.0.0.1:0", StringComparison.Ordinal)
                ),
        ];

    [GeneratedRegex("""(?:[^ "]|"[^"]*")+""")]
    private static partial Regex Argument();
}
