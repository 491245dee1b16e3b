using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Registry.Bench.Report;

/// <summary>The document that is published: what was measured, on what, and how to do it again.</summary>
internal static partial class Document
{
    /// <summary>Writes the document.</summary>
    /// <param name="file">The file to write.</param>
    /// <param name="rows">What was measured.</param>
    /// <param name="call">The arguments it was measured with.</param>
    public static async Task WriteAsync(string file, IReadOnlyList<Row> rows, string call)
    {
        await using var stream = typeof(Document).Assembly.GetManifestResourceStream("performance.md")!;
        using var reader = new StreamReader(stream);
        var text = (await reader.ReadToEndAsync())
            .Replace(
                "{date}",
                DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                StringComparison.Ordinal
            )
            .Replace("{machine}", Machine(), StringComparison.Ordinal)
            .Replace("{call}", call, StringComparison.Ordinal)
            .Replace("{table}", Table.Of(rows, ratiosOnly: true), StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, text);
    }

    /// <summary>The machine in a few words: cores, memory, system, runtime.</summary>
    public static string Machine()
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Environment.ProcessorCount} cores, {memory} GiB, {SystemName()}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.ProcessArchitecture}"
        );
    }

    private static string SystemName() =>
        File.Exists("/etc/os-release")
        && PrettyName().Match(File.ReadAllText("/etc/os-release")) is { Success: true } name
            ? name.Groups[1].Value
            : RuntimeInformation.OSDescription;

    [GeneratedRegex("^PRETTY_NAME=\"?([^\"\n]+)\"?", RegexOptions.Multiline)]
    private static partial Regex PrettyName();
}
