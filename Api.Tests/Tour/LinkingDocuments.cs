using System.Text.RegularExpressions;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Tour;

/// <summary>Documents name files of the repository, which move.</summary>
public sealed partial class LinkingDocuments
{
    [Test]
    public void Every_link_to_a_file_finds_it()
    {
        var lost =
            from document in Directory
                .GetFiles(Repository.Root, "*.md")
                .Concat(Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories))
            from link in Links().Matches(File.ReadAllText(document)).Select(match => match.Groups["path"].Value)
            where !link.Contains(':', StringComparison.Ordinal) && !link.StartsWith('/')
            let target = Path.Combine(Path.GetDirectoryName(document)!, link)
            where !Path.Exists(target)
            select $"{Path.GetRelativePath(Repository.Root, document)}: {link}";

        Assert.That(lost, Is.Empty);
    }

    [GeneratedRegex(@"\]\((?<path>[^)#\s]+)(#[^)]*)?\)")]
    private static partial Regex Links();
}
