using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Architecture;

/// <summary>The packages of others are named in the documents, with the versions that are used.</summary>
public sealed partial class NamingDependencies
{
    [Test]
    public void Every_package_and_tool_is_in_the_page_of_dependencies_and_no_other()
    {
        var packages = XDocument
            .Parse(Text("Directory.Packages.props"))
            .Descendants("PackageVersion")
            .Select(package => Named(package.Attribute("Include")!.Value, package.Attribute("Version")!.Value));
        var ofTheTour = XDocument
            .Parse(Text("clients/csharp/Tour.csproj"))
            .Descendants("PackageReference")
            .Select(package => Named(package.Attribute("Include")!.Value, package.Attribute("Version")!.Value));
        var tools = Json("dotnet-tools.json")["tools"]!
            .AsObject()
            .Select(tool => Named(tool.Key, (string)tool.Value!["version"]!));
        var clients = Json("clients/package.json");
        var modules = new[] { "dependencies", "devDependencies" }
            .SelectMany(kind => clients[kind]!.AsObject())
            .Select(module => Named(module.Key, (string)module.Value!));

        Assert.That(
            NamedIn("docs/dependencies.md"),
            Is.EquivalentTo(packages.Concat(ofTheTour).Concat(tools).Concat(modules))
        );
    }

    [Test]
    public void Every_package_that_is_distributed_is_in_the_notices_and_no_other()
    {
        var distributed = Json("Api/packages.lock.json")["dependencies"]!["net10.0"]!
            .AsObject()
            .Where(package => (string?)package.Value!["type"] != "Project")
            .Select(package => Named(package.Key, (string)package.Value!["resolved"]!));

        Assert.That(NamedIn("docs/third-party-notices.md"), Is.EquivalentTo(distributed));
    }

    /// <summary>A version in brackets is that version and no later one.</summary>
    private static string Named(string package, string version) => $"{package} {version.Trim('[', ']')}";

    /// <summary>The packages in the rows of the tables.</summary>
    private static IEnumerable<string> NamedIn(string page) =>
        Row().Matches(Text(page)).Select(row => Named(row.Groups["package"].Value, row.Groups["version"].Value));

    private static JsonNode Json(string file) => JsonNode.Parse(Text(file))!;

    private static string Text(string file) => File.ReadAllText(Path.Combine(Repository.Root, file));

    [GeneratedRegex(@"^\| (?<package>[^ |]+) \| (?<version>[0-9][^ |]*) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
