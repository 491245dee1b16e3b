using System.Globalization;
using Registry.Bench.Data;
using Registry.Bench.Parts;

namespace Registry.Bench;

/// <summary>What is asked of the program on its command line.</summary>
internal sealed record Arguments
{
    /// <summary>How to call the program.</summary>
    public static string Usage =>
        $"""
            Measures the registry beside programs made for comparison, and prints one table of ratios against the goals.

              dotnet run -c Release --project bench -- --all [options]

            What to measure:
              --all              everything, on 10,000, 100,000 and 1,000,000 memberships
              --quick            everything that two minutes allow, on 10,000 memberships
              --only A,B         these parts alone; also --startup, --search and so on
              --micro            the few questions inside one process, by BenchmarkDotNet
              --soak MINUTES     everything at once for as long, and whether anything climbs; --out names the picture (SVG)

            Parts:
            {string.Join('\n', PartList.All.Select(part => $"  {part.Name, -18} {part.Summary}"))}

            Options:
              --sizes 1,10,100   the sizes of the data, in 10,000 memberships
              --rounds N         how often each comparison is made, 5 or more; 9 when absent, 5 with --quick
              --data DIR         where built data is kept for the next run; among temporary files when absent
              --out FILE         also writes the document, with ratios only
              --help             this text
            """;

    /// <summary>The parts to measure, in their order.</summary>
    public IReadOnlyList<Part> Parts { get; private init; } = [];

    /// <summary>The sizes of the data.</summary>
    public IReadOnlyList<DataSize> Sizes { get; private init; } = [];

    /// <summary>How often each comparison is made.</summary>
    public int Rounds { get; private init; }

    /// <summary>True where two minutes are all there is.</summary>
    public bool Quick { get; private init; }

    /// <summary>Where built data is kept.</summary>
    public string DataFolder { get; private init; } = Path.Combine(Path.GetTempPath(), "registry-bench");

    /// <summary>The document to write; null for none.</summary>
    public string? Out { get; private init; }

    /// <summary>The command line as it was given, without what only says where to write.</summary>
    public string Call { get; private init; } = "";

    /// <summary>True to measure inside one process.</summary>
    public bool Micro { get; private init; }

    /// <summary>How long to watch for what climbs; null to measure instead.</summary>
    public int? SoakMinutes { get; private init; }

    /// <summary>True to tell how to call the program.</summary>
    public bool Help { get; private init; }

    /// <summary>Reads the command line.</summary>
    /// <exception cref="ArgumentException">It cannot be understood; the message says what.</exception>
    public static Arguments Read(string[] args)
    {
        var asked = new Arguments();
        var call = new List<string>();
        var (all, rounds, sizes) = (false, (int?)null, (IReadOnlyList<DataSize>?)null);
        var parts = new List<string>();
        for (var at = 0; at < args.Length; at++)
        {
            var (option, from) = (args[at], at);
            switch (option)
            {
                case "--help" or "-h":
                    return asked with { Help = true };
                case "--all":
                    all = true;
                    break;
                case "--quick":
                    asked = asked with { Quick = true };
                    break;
                case "--micro":
                    asked = asked with { Micro = true };
                    break;
                case "--only":
                    parts.AddRange(Value().Split(',', StringSplitOptions.TrimEntries));
                    break;
                case "--soak":
                    asked = asked with
                    {
                        SoakMinutes =
                            int.TryParse(Value(), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
                            && minutes is >= 1 and <= 10_080
                                ? minutes
                                : throw new ArgumentException($"--soak takes a number of minutes, not {args[at]}."),
                    };
                    break;
                case "--sizes":
                    sizes = [.. Value().Split(',').Select(DataSize.Parse).Distinct().OrderBy(size => size.Factor)];
                    break;
                case "--rounds":
                    rounds =
                        int.TryParse(Value(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                        && number is >= 5 and <= 1000
                            ? number
                            : throw new ArgumentException($"--rounds takes a number from 5 to 1000, not {args[at]}.");
                    break;
                case "--data":
                    asked = asked with { DataFolder = Path.GetFullPath(Value()) };
                    continue;
                case "--out":
                    asked = asked with { Out = Path.GetFullPath(Value()) };
                    continue;
                default:
                    parts.Add(
                        option.StartsWith("--", StringComparison.Ordinal)
                            ? option[2..]
                            : throw new ArgumentException($"Nothing is known of {option}.")
                    );
                    break;
            }

            call.AddRange(args[from..(at + 1)]);

            string Value() =>
                ++at < args.Length && !args[at].StartsWith("--", StringComparison.Ordinal)
                    ? args[at]
                    : throw new ArgumentException($"{option} needs a value.");
        }

        var unknown = parts.Where(name => PartList.All.All(part => part.Name != name)).ToArray();
        if (unknown.Length > 0)
        {
            throw new ArgumentException($"There is no part or option {string.Join(", ", unknown)}.");
        }

        if (!all && !asked.Quick && !asked.Micro && asked.SoakMinutes is null && parts.Count == 0)
        {
            throw new ArgumentException("Say what to measure: --all, --quick, --only, --micro or --soak.");
        }

        if (all && (asked.Quick || parts.Count > 0))
        {
            throw new ArgumentException("--all measures everything; it does not go with --quick or single parts.");
        }

        return asked with
        {
            Call = string.Join(' ', call),
            Rounds = rounds ?? (asked.Quick ? 5 : 9),
            Sizes = sizes ?? (asked.Quick ? [DataSize.Smallest] : DataSize.All),
            Parts =
            [
                .. PartList.All.Where(part =>
                    parts.Count == 0 ? !asked.Quick || part.IsQuick : parts.Contains(part.Name)
                ),
            ],
        };
    }
}
