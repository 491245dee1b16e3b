using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Registry.Api.Contract;

/// <summary>Doc comments of the code, which are the titles and descriptions of the contract.</summary>
internal sealed partial class CodeComments
{
    private readonly Dictionary<string, string> _summaries = Read("summary");

    private readonly Dictionary<string, string> _remarks = Read("remarks");

    /// <summary>The XML documentation files beside the program.</summary>
    public static IReadOnlyList<string> Files =>
        [.. Directory.GetFiles(AppContext.BaseDirectory, "Registry.*.xml").Where(IsOurs).Order(StringComparer.Ordinal)];

    /// <summary>The summary of a type, or null when it has none.</summary>
    public string? Of(Type type) => _summaries.GetValueOrDefault($"T:{NameOf(type)}");

    /// <summary>The summary of a property, or null when it has none.</summary>
    public string? Of(PropertyInfo property) =>
        _summaries.GetValueOrDefault($"P:{NameOf(property.DeclaringType!)}.{property.Name}");

    /// <summary>The remarks on a type, or null when it has none.</summary>
    public string? RemarksOf(Type type) => _remarks.GetValueOrDefault($"T:{NameOf(type)}");

    private static Dictionary<string, string> Read(string element) =>
        Files
            .SelectMany(file => XDocument.Load(file).Descendants("member"))
            .Where(member => member.Element(element) is not null)
            .DistinctBy(member => member.Attribute("name")!.Value)
            .ToDictionary(member => member.Attribute("name")!.Value, member => Flat(member.Element(element)!));

    private static string NameOf(Type type) =>
        (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private static string Flat(XElement comment) => Spaces().Replace(comment.Value.Trim(), " ");

    private static bool IsOurs(string file) =>
        Path.GetFileNameWithoutExtension(file) is "Registry.Api" or "Registry.Domain" or "Registry.Infrastructure";

    [GeneratedRegex("\\s+")]
    private static partial Regex Spaces();
}
