using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Registry.Api.Contract;

/// <summary>The summaries of the code, which are the descriptions of the contract.</summary>
internal sealed partial class CodeComments
{
    private readonly Dictionary<string, string> _summaries = Files
        .SelectMany(file => XDocument.Load(file).Descendants("member"))
        .Where(member => member.Element("summary") is not null)
        .DistinctBy(member => member.Attribute("name")!.Value)
        .ToDictionary(member => member.Attribute("name")!.Value, member => Flat(member.Element("summary")!));

    /// <summary>The comment files beside the program.</summary>
    public static IReadOnlyList<string> Files =>
        [.. Directory.GetFiles(AppContext.BaseDirectory, "Registry.*.xml").Where(IsOurs).Order(StringComparer.Ordinal)];

    public string? Of(Type type) => _summaries.GetValueOrDefault($"T:{NameOf(type)}");

    public string? Of(PropertyInfo property) =>
        _summaries.GetValueOrDefault($"P:{NameOf(property.DeclaringType!)}.{property.Name}");

    private static string NameOf(Type type) =>
        (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private static string Flat(XElement summary) => Spaces().Replace(summary.Value.Trim(), " ");

    private static bool IsOurs(string file) =>
        Path.GetFileNameWithoutExtension(file) is "Registry.Api" or "Registry.Domain" or "Registry.Infrastructure";

    [GeneratedRegex("\\s+")]
    private static partial Regex Spaces();
}
