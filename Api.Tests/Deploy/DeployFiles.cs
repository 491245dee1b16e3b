using System.Text.RegularExpressions;
using Registry.Api.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace Registry.Api.Tests.Deploy;

/// <summary>The files of the folder deploy.</summary>
internal static partial class DeployFiles
{
    public const string Dockerfile = "Dockerfile";
    public const string Compose = "compose.yaml";
    public const string ComposeSqlite = "compose.sqlite.yaml";
    public const string Kubernetes = "kubernetes.yaml";
    public const string Unit = "registry.service";

    /// <summary>The beginning of the names of the product's images in the examples.</summary>
    public const string Image = "registry:";

    public static string PathOf(string file) => Path.Combine(Repository.Root, "deploy", file);

    public static string Text(string file) => File.ReadAllText(PathOf(file));

    /// <summary>The documents of a file.</summary>
    public static IReadOnlyList<YamlNode> Documents(string file)
    {
        var stream = new YamlStream();
        using var text = new StringReader(Text(file));
        stream.Load(text);
        return [.. stream.Documents.Select(document => document.RootNode)];
    }

    /// <summary>Each mapping of a file, whatever it is in.</summary>
    public static IEnumerable<YamlMappingNode> Mappings(string file) =>
        Documents(file).SelectMany(document => document.AllNodes).OfType<YamlMappingNode>();

    /// <summary>The text of a member; null without it.</summary>
    public static string? Member(this YamlNode node, string name) => (node.Find(name) as YamlScalarNode)?.Value;

    /// <summary>A member; null without it.</summary>
    public static YamlNode? Find(this YamlNode node, string name) =>
        node is YamlMappingNode mapping && mapping.Children.TryGetValue(name, out var value) ? value : null;

    /// <summary>The environment variables that a file gives to the program; those from secrets have no value.</summary>
    public static IReadOnlyList<(string Name, string? Value)> VariablesOf(string file) =>
        file switch
        {
            Dockerfile => [.. Variable().Matches(EnvPattern().Match(Text(file)).Value).Select(match => Pair(match))],
            Unit =>
            [
                .. Assignment().Matches(Text(file)).Select(match => Pair(match)),
                .. SecretAssignment().Matches(Text(file)).Select(match => (match.Groups["name"].Value, (string?)null)),
            ],
            Kubernetes =>
            [
                .. Mappings(file)
                    .Where(mapping => mapping.Find("containerPort") is null && mapping.Find("value") is not null)
                    .Concat(Mappings(file).Where(mapping => mapping.Find("valueFrom") is not null))
                    .Where(mapping => mapping.Member("name") != "Host")
                    .Select(mapping => (mapping.Member("name")!, mapping.Member("value"))),
            ],
            _ =>
            [
                .. from service in Mappings(file)
                where service.Member("image")?.StartsWith(Image, StringComparison.Ordinal) == true
                from variable in ((YamlMappingNode)service.Find("environment")!).Children
                let value = ((YamlScalarNode)variable.Value).Value!
                select (
                    ((YamlScalarNode)variable.Key).Value!,
                    value.StartsWith("${", StringComparison.Ordinal) ? null : Settled(value)
                ),
            ],
        };

    /// <summary>The text with the defaults of the variables in it.</summary>
    private static string Settled(string text) =>
        Reference().Replace(text, match => match.Groups["usual"] is { Success: true } usual ? usual.Value : "given");

    private static (string Name, string? Value) Pair(Match match) =>
        (match.Groups["name"].Value, match.Groups["value"].Value);

    [GeneratedRegex(@"^ENV (.*\\\n)*.*$", RegexOptions.Multiline)]
    private static partial Regex EnvPattern();

    [GeneratedRegex("""(?<name>\w+)="?(?<value>[^"\n]+?)"?( \\)?$""", RegexOptions.Multiline)]
    private static partial Regex Variable();

    [GeneratedRegex("""^Environment="?(?<name>\w+)=(?<value>[^"\n]+)"?$""", RegexOptions.Multiline)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"(?<name>\w+)=\.\.\.")]
    private static partial Regex SecretAssignment();

    [GeneratedRegex(@"\$\{\w+(:-(?<usual>[^}]*)|:\?[^}]*)\}")]
    private static partial Regex Reference();
}
