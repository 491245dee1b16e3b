using System.Text.RegularExpressions;

namespace Registry.Infrastructure.Records.Reading;

/// <summary>Makes of a statement over the rows that stand the same statement over those that stood at the instant @KnownAt.</summary>
/// <remarks>
/// A table after FROM or JOIN becomes its rows that stand and stood already, and those that stood and were archived since,
/// one behind the other. A LEFT JOIN whose condition begins with the key of the records to look up becomes two, to the
/// table and to its history, of which at most one finds something: SQLite would first put all rows of both together, to
/// look up in, and do so once for each way in which the other tables can be table or history. A JOIN that always finds a
/// row can be written as such a lookup and a condition that it found one; at present that costs nothing.
/// </remarks>
internal static partial class InstantSql
{
    /// <summary>
    /// The statement over the rows that stood then. Where it gives a column of a record that it looks up, it has to say
    /// under which name.
    /// </summary>
    public static string Of(string statement)
    {
        var lookups = Lookups()
            .Matches(statement)
            .Where(IsLookup)
            .Select(lookup => lookup.Groups["table"].Index)
            .ToHashSet();
        var text = Tables()
            .Replace(
                statement,
                match =>
                    Table(match) is { } table && !lookups.Contains(match.Groups["table"].Index)
                        ? $"{match.Groups["verb"].Value} ({table.AtInstant})"
                        : match.Value
            );
        while (Lookups().Matches(text).FirstOrDefault(IsLookup) is { } lookup)
        {
            text = WithHistory(text, lookup);
        }

        return text;
    }

    private static RecordTable? Table(Match match) =>
        RecordKinds.TablesByName.GetValueOrDefault(match.Groups["table"].Value);

    private static bool IsLookup(Match match) =>
        Table(match) is { HoldsRecords: true } table && table.IdColumn == match.Groups["key"].Value;

    private static string WithHistory(string text, Match lookup)
    {
        var (table, alias) = (lookup.Groups["table"].Value, lookup.Groups["alias"].Value);
        var archived = $"{alias}Archived";
        var columns = new Regex($@"\b{alias}\.(?<column>\w+)");
        var from = BeginningOfSelect(text, lookup.Index);
        var condition = lookup.Groups["condition"].Index;
        var behind = EndOf(text, condition, EndsCondition());
        var to = EndOf(text, condition, EndsSelect());

        return string.Concat(
            text[..from],
            EitherIn(from, lookup.Index),
            $"LEFT JOIN {table} {alias} ON {alias}.RecordedFrom <= @KnownAt AND ",
            text[condition..behind].TrimEnd(),
            $"\nLEFT JOIN {table}History {archived} ON {archived}.RecordedFrom <= @KnownAt AND {archived}.RecordedUntil > @KnownAt AND ",
            columns.Replace(text[condition..behind].TrimEnd(), $"{archived}.${{column}}"),
            "\n",
            EitherIn(behind, to),
            text[to..]
        );

        string EitherIn(int start, int end) =>
            columns.Replace(text[start..end], $"COALESCE({alias}.${{column}}, {archived}.${{column}})");
    }

    /// <summary>Where the SELECT begins that the place is in.</summary>
    private static int BeginningOfSelect(string text, int place)
    {
        var depth = 0;
        for (var at = place - 1; at >= 0; at--)
        {
            depth += Opened(text[at]);
            if (depth > 0 || (depth == 0 && EndsSelect().IsMatch(text, at)))
            {
                return at + 1;
            }
        }

        return 0;
    }

    /// <summary>The first place from a place on where a bracket closes that opened before, or the pattern matches outside of brackets.</summary>
    private static int EndOf(string text, int place, Regex pattern)
    {
        var depth = 0;
        for (var at = place; at < text.Length; at++)
        {
            depth += Opened(text[at]);
            if (depth < 0 || (depth == 0 && pattern.IsMatch(text, at)))
            {
                return at;
            }
        }

        return text.Length;
    }

    private static int Opened(char letter) =>
        letter switch
        {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };

    /// <summary>A table that is read, and the word in front of it.</summary>
    [GeneratedRegex(@"\b(?<verb>FROM|JOIN)\s+(?<table>[A-Z][A-Za-z]+)\b(?!\s*\()")]
    internal static partial Regex Tables();

    [GeneratedRegex(
        @"\bLEFT JOIN (?<table>[A-Z][A-Za-z]+) (?<alias>[a-z]+) ON (?<condition>\k<alias>\.(?<key>[A-Z]\w+) = )"
    )]
    private static partial Regex Lookups();

    [GeneratedRegex(@"\G\b(LEFT JOIN|JOIN|WHERE|GROUP BY|ORDER BY|UNION)\b")]
    private static partial Regex EndsCondition();

    [GeneratedRegex(@"\G\bUNION\b")]
    private static partial Regex EndsSelect();
}
