using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.Extensions.Configuration;
using Registry.Api.Startup;
using Registry.Api.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace Registry.Api.Tests.Deploy;

/// <summary>The examples of the folder deploy fit the program.</summary>
public sealed partial class CheckingTheExamples
{
    private static readonly string[] Files =
    [
        DeployFiles.Dockerfile,
        DeployFiles.Compose,
        DeployFiles.ComposeSqlite,
        DeployFiles.Kubernetes,
        DeployFiles.Unit,
    ];

    private static string Version =>
        XDocument.Load(Path.Combine(Repository.Root, "Directory.Build.props")).Descendants("Version").Single().Value;

    private static string Port =>
        DeployFiles.VariablesOf(DeployFiles.Dockerfile).Single(each => each.Name == "ASPNETCORE_HTTP_PORTS").Value!;

    [TestCaseSource(nameof(Files))]
    public void Every_variable_is_a_setting_with_a_valid_value(string file)
    {
        var folder = Directory.CreateTempSubdirectory("registry-deploy-").FullName;
        var variables = DeployFiles.VariablesOf(file);
        Assert.That(variables, Has.Count.GreaterThan(2));

        foreach (var (variable, value) in variables.Where(each => each.Name != "ASPNETCORE_HTTP_PORTS"))
        {
            var name = variable
                .Replace("ASPNETCORE_", "", StringComparison.Ordinal)
                .Replace("__", ":", StringComparison.Ordinal);
            Assert.That(
                Settings.All.Any(setting => setting.Name.Equals(name, StringComparison.OrdinalIgnoreCase)),
                Is.True,
                $"{name} is not a setting."
            );
            if (value is not null)
            {
                var here = value.Replace("/data", folder).Replace("/backups", folder).Replace("/var/lib", folder);
                var configuration = new ConfigurationBuilder()
                    .AddInMemoryCollection([KeyValuePair.Create(name, (string?)here)])
                    .Build();
                Assert.That(Settings.ComplaintsOf(configuration), Is.Empty);
            }
        }

        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public void Every_image_has_a_version()
    {
        var images = Files
            .Where(file => file.EndsWith(".yaml", StringComparison.Ordinal))
            .SelectMany(DeployFiles.Mappings)
            .Select(mapping => mapping.Member("image"))
            .OfType<string>()
            .Concat(
                From().Matches(DeployFiles.Text(DeployFiles.Dockerfile)).Select(match => match.Groups["image"].Value)
            )
            .ToArray();

        Assert.That(images, Has.Length.GreaterThan(6).And.All.Match(@":(\d+\.\d+\.\d+|\d{4}-CU\d+)(-[\w.-]+)?$"));
        Assert.That(
            images.Where(image => image.Contains(DeployFiles.Image, StringComparison.Ordinal)),
            Is.All.EndsWith($"{DeployFiles.Image}{Version}")
        );
    }

    [Test]
    public void The_image_is_built_by_the_sdk_of_the_repository_from_files_that_exist()
    {
        var dockerfile = DeployFiles.Text(DeployFiles.Dockerfile);
        var sdk = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "global.json")))!["sdk"]!["version"];
        var copied = Copy()
            .Matches(dockerfile)
            .SelectMany(match => match.Groups["files"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(dockerfile, Does.Contain($"FROM mcr.microsoft.com/dotnet/sdk:{sdk}-"));
            Assert.That(
                dockerfile,
                Does.Contain($"ENTRYPOINT [\"dotnet\", \"{typeof(Program).Assembly.GetName().Name}.dll\"]")
            );
            Assert.That(dockerfile, Does.Contain($"image.version=\"{Version}\""));
            Assert.That(dockerfile, Does.Contain($"EXPOSE {Port}\n"));
            Assert.That(
                copied.Where(file => !Path.Exists(Path.Combine(Repository.Root, file))),
                Is.Empty,
                "They are not there."
            );
            Assert.That(
                copied,
                Is.SupersetOf(
                    ProjectsOf("Api")
                        .SelectMany(name => (string[])[name, $"{name}/{name}.csproj", $"{name}/packages.lock.json"])
                )
            );
        }

        // What the build takes is not left out of its context.
        var context = File.ReadAllLines(Path.Combine(Repository.Root, ".dockerignore"));
        Assert.That(
            context.Where(line => line.StartsWith('!')).Select(line => line[1..]),
            Is.EquivalentTo(copied.Select(file => file.Split('/')[0]).Distinct())
        );
    }

    [TestCase("proxy/nginx.conf")]
    [TestCase("proxy/Caddyfile")]
    public void A_proxy_sends_to_the_processes_of_compose(string file)
    {
        var services = (YamlMappingNode)DeployFiles.Documents(DeployFiles.Compose)[0].Find("services")!;
        var upstreams = Upstream().Matches(DeployFiles.Text(file)).Select(match => match.Value).Distinct();

        Assert.That(
            upstreams,
            Is.EquivalentTo(
                services
                    .Children.Where(each =>
                        each.Value.Member("image")!.StartsWith(DeployFiles.Image, StringComparison.Ordinal)
                    )
                    .Select(each => $"{each.Key}:{Port}")
            )
        );
    }

    [Test]
    public async Task Kubernetes_asks_for_what_is_served()
    {
        var mappings = DeployFiles.Mappings(DeployFiles.Kubernetes).ToArray();
        Assert.That(
            mappings.Select(mapping => mapping.Member("containerPort")).OfType<string>(),
            Is.EqualTo(new[] { Port })
        );
        var host = DeployFiles.VariablesOf(DeployFiles.Kubernetes).Single(each => each.Name == "AllowedHosts").Value!;
        await using var app = await RegistryApp.StartAsync(
            await TestDatabases.TakeAsync(Engine.Sqlite),
            settings: [("AllowedHosts", host)]
        );
        var probes = new[] { "startupProbe", "livenessProbe", "readinessProbe" }
            .SelectMany(name => mappings.Select(mapping => mapping.Find(name)?.Find("httpGet")))
            .OfType<YamlMappingNode>()
            .ToArray();
        Assert.That(probes, Has.Length.EqualTo(3));
        foreach (var probe in probes)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, probe.Member("path"));
            request.Headers.Host = probe.Find("httpHeaders")![0].Member("value");
            using var answer = await app.Http.SendAsync(request);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), probe.Member("path"));
        }
    }

    [TestCase(DeployFiles.Compose, @"stop_grace_period: (\d+)s")]
    [TestCase(DeployFiles.ComposeSqlite, @"stop_grace_period: (\d+)s")]
    [TestCase(DeployFiles.Kubernetes, @"terminationGracePeriodSeconds: (\d+)")]
    [TestCase(DeployFiles.Unit, @"TimeoutStopSec=(\d+)")]
    public void The_program_has_the_time_to_shut_down(string file, string pattern)
    {
        var given = Regex.Match(DeployFiles.Text(file), pattern).Groups[1].Value;
        var settings = ShutdownSettings.Of(
            new ConfigurationBuilder()
                .AddInMemoryCollection(
                    DeployFiles
                        .VariablesOf(file)
                        .DistinctBy(each => each.Name)
                        .Select(each => KeyValuePair.Create(each.Name.Replace("__", ":"), each.Value))
                )
                .Build()
        );

        Assert.That(
            TimeSpan.FromSeconds(int.Parse(given, CultureInfo.InvariantCulture)),
            Is.GreaterThan(settings.Pause + settings.Timeout + ShutdownSettings.BackgroundTimeout)
        );
    }

    [Test]
    public async Task The_unit_is_one_that_systemd_can_read()
    {
        if (!File.Exists("/usr/bin/systemd-analyze"))
        {
            Assert.Ignore("No systemd-analyze on this machine.");
        }

        var folder = Directory.CreateTempSubdirectory("registry-unit-").FullName;
        var unit = Path.Combine(folder, DeployFiles.Unit);
        await File.WriteAllTextAsync(
            unit,
            DeployFiles.Text(DeployFiles.Unit).Replace("/usr/bin/dotnet", Environment.ProcessPath)
        );
        using var verify = Process.Start(
            new ProcessStartInfo("/usr/bin/systemd-analyze", ["verify", unit]) { RedirectStandardError = true }
        )!;
        var complaint = await verify.StandardError.ReadToEndAsync();
        await verify.WaitForExitAsync();

        Assert.That(complaint, Is.Empty);
        Assert.That(verify.ExitCode, Is.Zero);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A project and those that it refers to, directly or not.</summary>
    private static IEnumerable<string> ProjectsOf(string name) =>
        XDocument
            .Load(Path.Combine(Repository.Root, name, $"{name}.csproj"))
            .Descendants("ProjectReference")
            .SelectMany(reference =>
                ProjectsOf(Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!))
            )
            .Append(name)
            .Distinct();

    [GeneratedRegex(@"^FROM (?<image>\S+)", RegexOptions.Multiline)]
    private static partial Regex From();

    [GeneratedRegex(@"^COPY (?!--from)(?<files>.+) \S+$", RegexOptions.Multiline)]
    private static partial Regex Copy();

    [GeneratedRegex(@"\bregistry-\d:\d+")]
    private static partial Regex Upstream();
}
