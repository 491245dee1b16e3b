using System.Reflection;
using System.Text.RegularExpressions;
using Registry.Api.Tests.Support;
using Registry.Domain.Forums;
using Registry.Infrastructure.Forums;

namespace Registry.Api.Tests.Architecture;

public sealed partial class Layers
{
    private static readonly Assembly Domain = typeof(Forum).Assembly;
    private static readonly Assembly Infrastructure = typeof(ForumStore).Assembly;
    private static readonly Assembly Api = typeof(Program).Assembly;

    [Test]
    public void Domain_knows_nothing_but_the_base_library() =>
        Assert.That(ReferencesOf(Domain), Is.All.StartsWith("System."));

    [Test]
    public void Infrastructure_knows_neither_the_web_nor_the_mediator() =>
        Assert.That(
            ReferencesOf(Infrastructure),
            Has.None.StartsWith("Microsoft.AspNetCore").And.None.StartsWith("MediatR")
        );

    [Test]
    public void Api_writes_no_sql() =>
        Assert.That(ReferencesOf(Api), Has.None.EqualTo("Dapper").And.None.StartsWith("Microsoft.Data."));

    [Test]
    public void The_engine_knows_no_record()
    {
        var above = Directory
            .GetFiles(Path.Combine(Repository.Root, "Infrastructure", "Engine"), "*.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadLines(file).Any(line => AboveTheEngine().IsMatch(line)))
            .Select(Path.GetFileName);

        Assert.That(above, Is.Empty);
    }

    [TestCase("Records", "Engine")]
    [TestCase("Schema", "Records")]
    public void Records_know_no_collection(string folder, string below) =>
        Assert.That(FoldersOf("Infrastructure")[folder], Is.SubsetOf(below.Split('|')));

    [TestCase("Http", "")]
    [TestCase("Formats", "Http")]
    [TestCase("Access", "Http")]
    [TestCase("Routing", "Http|Formats|Pipeline|Access")]
    [TestCase("Pipeline", "Http")]
    public void A_floor_of_the_api_knows_only_those_below(string folder, string below) =>
        Assert.That(
            Directory
                .GetFiles(Path.Combine(Repository.Root, "Api", folder), "*.cs", SearchOption.AllDirectories)
                .SelectMany(file => Regex.Matches(File.ReadAllText(file), @"\bRegistry\.Api\.(\w+)"))
                .Select(reference => reference.Groups[1].Value)
                .Where(other => other != folder && !below.Split('|').Contains(other)),
            Is.Empty
        );

    /// <summary>The folders of a project, by the namespaces that their files name; nested folders count as their parent.</summary>
    [TestCase("Domain")]
    [TestCase("Infrastructure")]
    public void Folders_refer_to_each_other_without_a_circle(string project)
    {
        var references = FoldersOf(project);
        TestContext.Out.WriteLine(
            string.Join('\n', references.Select(folder => $"{folder.Key} -> {string.Join(", ", folder.Value)}"))
        );

        // Whatever refers to nothing that is left is taken away, until nothing is left but circles.
        while (references.Where(folder => !folder.Value.Any(references.ContainsKey)).ToArray() is { Length: > 0 } free)
        {
            foreach (var folder in free)
            {
                references.Remove(folder.Key);
            }
        }

        Assert.That(references.Keys, Is.Empty);
    }

    [Test]
    public void Only_the_pipeline_knows_how_handlers_are_registered() =>
        Assert.That(
            Api.GetTypes().Where(type => type.GetInterfaces().Any(IsBehavior)).Select(type => type.Namespace),
            Is.Not.Empty.And.All.EqualTo("Registry.Api.Pipeline")
        );

    [Test]
    public void A_handler_sends_no_requests() =>
        Assert.That(
            Api.GetTypes()
                .Where(type => type.Name.EndsWith("Handler", StringComparison.Ordinal))
                .SelectMany(type =>
                    type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                )
                .SelectMany(constructor => constructor.GetParameters())
                .Select(parameter => parameter.ParameterType.Name),
            Is.Not.Empty.And.None.EqualTo("IMediator")
        );

    private static SortedDictionary<string, SortedSet<string>> FoldersOf(string project)
    {
        var root = Path.Combine(Repository.Root, project);
        var references = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (var file in Directory.GetFiles(root, "*.cs", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(root, file).Split(Path.DirectorySeparatorChar);
            if (path[0] is "bin" or "obj")
            {
                continue;
            }

            var folder = path.Length == 1 ? "(root)" : path[0];
            references.TryAdd(folder, new(StringComparer.Ordinal));
            references[folder]
                .UnionWith(
                    Regex
                        .Matches(File.ReadAllText(file), $@"\bRegistry\.{project}\.(\w+)")
                        .Select(reference => reference.Groups[1].Value)
                        .Where(other => other != folder)
                );
        }

        return references;
    }

    [GeneratedRegex(@"Registry\.Infrastructure\.(?!Engine\b)\w|Registry\.Domain\.\w+;")]
    private static partial Regex AboveTheEngine();

    private static bool IsBehavior(Type contract) =>
        contract.IsGenericType && contract.Name.StartsWith("IPipelineBehavior", StringComparison.Ordinal);

    private static IEnumerable<string> ReferencesOf(Assembly assembly) =>
        assembly.GetReferencedAssemblies().Select(reference => reference.Name!);
}
