using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Tour;

/// <summary>
/// Every block of code in README and docs, run in its order as a reader runs it, against the default catalogue. A block
/// that cannot be run here has the reason on the line before it: <c>&lt;!-- not run: … --&gt;</c>.
/// </summary>
[OnEveryEngine]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public sealed partial class RunningTheDocs(Engine engine)
{
    private const string NotRun = "<!-- not run: ";

    private static IEnumerable<string> Pages =>
        new[]
        {
            Repository.Root,
            Path.Combine(Repository.Root, "docs"),
            Path.Combine(Repository.Root, "docs", "decisions"),
        }
            .SelectMany(folder => Directory.GetFiles(folder, "*.md"))
            .Select(file => Path.GetRelativePath(Repository.Root, file))
            .Where(page => BlocksOf(page).Count > 0)
            .Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Pages))]
    public async Task Every_block_does_and_gives_what_the_page_says(string page)
    {
        if (Tool("bash") is null || Tool("curl") is null)
        {
            Assert.Ignore("No bash or no curl on this machine.");
        }

        await using var app = await RegistryApp.StartAsync(
            await TestDatabases.TakeUntouchedAsync(engine),
            withCatalogue: true
        );
        var folder = Directory.CreateTempSubdirectory("registry-docs-").FullName;
        var faults = new List<string>();
        string? output = null;
        foreach (var block in BlocksOf(page).Where(block => block.Mark is null))
        {
            var given = output;
            output = null;
            var fault = block.Language switch
            {
                "sh" => await RunAsync("bash", $"set -e\n{block.Text}"),
                "python" => await RunAsync("python3", Introduced(block.Text)),
                "r" => await RunAsync("Rscript", block.Text),
                "json" => given is null ? "there is nothing before it that gives it"
                : Settled(given) == Settled(block.Text) ? null
                : $"it is\n{given}",
                "csharp" or "ts" => StrangeLineOf(block),
                "text" => PathThatIsNotThere(block),
                _ => $"nothing here runs '{block.Language}'; where that cannot be, say {NotRun}the reason -->",
            };
            if (fault is not null)
            {
                faults.Add($"{page}:{block.Line}: {fault}");
            }
        }

        Directory.Delete(folder, recursive: true);
        Assert.That(faults, Is.Empty, string.Join('\n', faults));

        async Task<string?> RunAsync(string tool, string script)
        {
            if (
                Tool(tool) is not { } program
                || (script.Contains("import pandas", StringComparison.Ordinal) && !HasPandas)
            )
            {
                return null;
            }

            var start = new ProcessStartInfo(program)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = folder,
                ArgumentList =
                {
                    tool == "Rscript" ? "-e" : "-c",
                    script.Replace(
                        "http://localhost:5080",
                        app.Http.BaseAddress!.ToString().TrimEnd('/'),
                        StringComparison.Ordinal
                    ),
                },
            };
            start.Environment["KEY"] = RegistryApp.AdminKey;
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode == 0 ? null : $"it ends with {process.ExitCode}: {await errors}";
        }
    }

    private static bool HasPandas { get; } =
        Tool("python3") is not null
        && Directory.GetDirectories("/usr/lib/python3", "pandas", SearchOption.AllDirectories).Length > 0;

    private static string? Tool(string name) =>
        Environment
            .GetEnvironmentVariable("PATH")!
            .Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);

    /// <summary>The script, after what a page has told in words: what a receiver of messages holds in its hands.</summary>
    private static string Introduced(string script)
    {
        if (!script.Contains("webhook-signature", StringComparison.Ordinal))
        {
            return script;
        }

        var key = RandomNumberGenerator.GetBytes(32);
        var at = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"portal_1.{at}.{{}}"));
        return $$"""
            import base64, hmac, time
            secret = "whsec_{{Convert.ToBase64String(key)}}"
            body = b"{}"
            headers = {
                "webhook-id": "portal_1",
                "webhook-timestamp": "{{at}}",
                "webhook-signature": "v1,bm90IGl0 v1,{{Convert.ToBase64String(signature)}}",
            }
            {{script}}
            assert genuine and fresh
            """;
    }

    /// <summary>A line of the block that the clients, which are compiled and run at every change, do not have.</summary>
    private static string? StrangeLineOf(Block block)
    {
        var known = Directory
            .GetFiles(
                Path.Combine(Repository.Root, "clients"),
                block.Language == "ts" ? "*.ts" : "*.cs",
                SearchOption.AllDirectories
            )
            .Where(file => !file.Contains("node_modules", StringComparison.Ordinal))
            .SelectMany(File.ReadLines)
            .Select(line => line.Trim())
            .ToHashSet();
        return
            block
                .Text.Split('\n')
                .Select(line => line.Trim())
                .FirstOrDefault(line => line.Length > 0 && !known.Contains(line))
                is { } strange
            ? $"no client has the line {strange}"
            : null;
    }

    private static string? PathThatIsNotThere(Block block) =>
        block
            .Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ')[0])
            .FirstOrDefault(path => !Path.Exists(Path.Combine(Repository.Root, path)))
            is { } missing
            ? $"{missing} is not there"
            : null;

    /// <summary>The answer with the instants, trace ids, cursors and secrets of every other run.</summary>
    private static string Settled(string json) =>
        Changing().Replace(JsonNode.Parse(json)!.ToJsonString(), match => match.Groups["name"].Value);

    [GeneratedRegex(
        """
            \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z|(?<name>"traceId":)"[^"]*"|(?<name>cursor=)[A-Za-z0-9_-]+|whsec_[^"]+|(?<name>"position":)\d+
            """
    )]
    private static partial Regex Changing();

    private static List<Block> BlocksOf(string page)
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, page));
        var blocks = new List<Block>();
        for (var at = 0; at < lines.Length; at++)
        {
            if (Fence().Match(lines[at]) is { Success: true } fence)
            {
                var end = Array.FindIndex(lines, at + 1, line => line.Trim() == "```");
                var before = at == 0 ? "" : lines[at - 1].Trim();
                var margin = fence.Groups["margin"].Length;
                blocks.Add(
                    new(
                        at + 1,
                        fence.Groups["language"].Value,
                        string.Join(
                            '\n',
                            lines[(at + 1)..end].Select(line => line.Length < margin ? "" : line[margin..])
                        ),
                        before.StartsWith(NotRun, StringComparison.Ordinal) && before.Length > NotRun.Length + 8
                            ? before
                            : null
                    )
                );
                at = end;
            }
        }

        return blocks;
    }

    [GeneratedRegex("^(?<margin> *)```(?<language>[a-z]*)$")]
    private static partial Regex Fence();

    private sealed record Block(int Line, string Language, string Text, string? Mark);
}
