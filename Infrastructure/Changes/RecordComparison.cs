using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Registry.Infrastructure.Changes;

/// <summary>Compares two versions of a record, member by member and, in lists, item by item.</summary>
/// <remarks>
/// The order of members and the notation of numbers are ignored, and a null member counts as absent. An item that is
/// added to a list or removed from it is one change, whatever its index; a moved item is removed and added. The values
/// of all changes together are never longer than both versions.
/// </remarks>
public static class RecordComparison
{
    /// <summary>The maximum number of pairs of items that are compared between two unchanged ones.</summary>
    private const int MaxPairs = 4096;

    /// <summary>The minimum share of equal members of two items that count as versions of one item.</summary>
    private const double MinSimilarity = 0.5;

    // Every version has its own values of these, so they are never a difference.
    private static readonly string[] OfVersion = ["version", "recordedAt"];

    /// <summary>Lists the differences between two versions of a record, in the order of its members.</summary>
    /// <param name="former">The former version, as JSON.</param>
    /// <param name="record">The new version, as JSON.</param>
    /// <exception cref="JsonException">One of them is not a JSON object.</exception>
    public static IReadOnlyList<FieldChange> Between(string former, string record)
    {
        var (before, after) = (Read(former), Read(record));
        foreach (var name in OfVersion)
        {
            before.Remove(name);
            after.Remove(name);
        }

        var changes = new List<FieldChange>();
        CompareObjects(before, after, "", changes);
        return changes;
    }

    /// <summary>True when two versions of a record are equal.</summary>
    /// <inheritdoc cref="Between"/>
    public static bool AreEqual(string former, string record) => Between(former, record).Count == 0;

    private static JsonObject Read(string record) =>
        JsonNode.Parse(record) as JsonObject ?? throw new JsonException("A record is a JSON object.");

    private static void CompareNodes(JsonNode before, JsonNode after, string path, List<FieldChange> changes)
    {
        switch (before, after)
        {
            case (JsonObject one, JsonObject other):
                CompareObjects(one, other, path, changes);
                break;
            case (JsonArray one, JsonArray other):
                CompareLists(one, other, path, changes);
                break;
            case var _ when TextOf(before) != TextOf(after):
                changes.Add(Make(FieldChangeKind.Replace, path, before, after));
                break;
        }
    }

    private static void CompareObjects(JsonObject before, JsonObject after, string path, List<FieldChange> changes)
    {
        foreach (var (name, value) in before)
        {
            if (value is null)
            {
                continue;
            }

            var place = $"{path}/{Escaped(name)}";
            if (after[name] is { } other)
            {
                CompareNodes(value, other, place, changes);
            }
            else
            {
                changes.Add(Make(FieldChangeKind.Remove, place, value, null));
            }
        }

        foreach (var (name, value) in after)
        {
            if (value is not null && before[name] is null)
            {
                changes.Add(Make(FieldChangeKind.Add, $"{path}/{Escaped(name)}", null, value));
            }
        }
    }

    private static void CompareLists(JsonArray before, JsonArray after, string path, List<FieldChange> changes)
    {
        var one = before.Select(item => new Item(item)).ToArray();
        var other = after.Select(item => new Item(item)).ToArray();
        var pairs = Paired(one, other);
        for (var (at, taken) = (0, 0); at < one.Length; at++)
        {
            if (taken < pairs.Count && pairs[taken].Before == at)
            {
                taken++;
            }
            else
            {
                changes.Add(Make(FieldChangeKind.Remove, $"{path}/{at}", before[at], null));
            }
        }

        for (var (at, taken) = (0, 0); at < other.Length; at++)
        {
            if (taken == pairs.Count || pairs[taken].After != at)
            {
                changes.Add(Make(FieldChangeKind.Add, $"{path}/{at}", null, after[at]));
                continue;
            }

            var (was, _) = pairs[taken++];
            if (one[was].Text == other[at].Text)
            {
                continue;
            }

            if (one[was].LikenessTo(other[at]) >= MinSimilarity)
            {
                CompareNodes(before[was]!, after[at]!, $"{path}/{at}", changes);
            }
            else
            {
                changes.Add(Make(FieldChangeKind.Replace, $"{path}/{at}", before[was], after[at]));
            }
        }
    }

    /// <summary>
    /// Pairs the items of two lists that are equal or two versions of one item, in the order of both lists.
    /// </summary>
    private static List<(int Before, int After)> Paired(Item[] before, Item[] after)
    {
        var pairs = new List<(int Before, int After)>();
        var (start, from) = (0, 0);
        foreach (var (one, other) in Unchanged(before, after).Append((before.Length, after.Length)))
        {
            PairBetween(before, start, one, after, from, other, pairs);
            if (one < before.Length)
            {
                pairs.Add((one, other));
            }

            (start, from) = (one + 1, other + 1);
        }

        return pairs;
    }

    /// <summary>Finds the longest common subsequence of both lists.</summary>
    private static List<(int Before, int After)> Unchanged(Item[] before, Item[] after)
    {
        // An item that occurs several times in a list is paired by its occurrence.
        var places = after
            .Select((item, place) => (item.Text, place))
            .GroupBy(item => item.Text, item => item.place, StringComparer.Ordinal)
            .ToDictionary(items => items.Key, items => new Queue<int>(items), StringComparer.Ordinal);
        var shared = new List<(int Before, int After)>();
        for (var at = 0; at < before.Length; at++)
        {
            if (places.TryGetValue(before[at].Text, out var found) && found.TryDequeue(out var place))
            {
                shared.Add((at, place));
            }
        }

        // The longest increasing subsequence: for each length, the pair that ends the subsequence with the lowest end.
        var ends = new List<int>();
        var previous = new int[shared.Count];
        for (var at = 0; at < shared.Count; at++)
        {
            var (low, high) = (0, ends.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = shared[ends[middle]].After < shared[at].After ? (middle + 1, high) : (low, middle);
            }

            previous[at] = low == 0 ? -1 : ends[low - 1];
            if (low == ends.Count)
            {
                ends.Add(at);
            }
            else
            {
                ends[low] = at;
            }
        }

        var run = new List<(int Before, int After)>();
        for (var at = ends.Count == 0 ? -1 : ends[^1]; at >= 0; at = previous[at])
        {
            run.Add(shared[at]);
        }

        run.Reverse();
        return run;
    }

    /// <summary>Pairs the items between two unchanged ones so that the total similarity is highest.</summary>
    private static void PairBetween(
        Item[] before,
        int start,
        int end,
        Item[] after,
        int from,
        int to,
        List<(int Before, int After)> pairs
    )
    {
        var (rows, columns) = (end - start, to - from);
        if (rows == 0 || columns == 0)
        {
            return;
        }

        if ((rows == 1 && columns == 1) || (long)rows * columns > MaxPairs)
        {
            pairs.AddRange(Enumerable.Range(0, Math.Min(rows, columns)).Select(at => (start + at, from + at)));
            return;
        }

        // The similarity of the best pairs of the items from here on.
        var best = new double[rows + 1, columns + 1];
        for (var row = rows - 1; row >= 0; row--)
        {
            for (var column = columns - 1; column >= 0; column--)
            {
                best[row, column] = Math.Max(
                    Math.Max(best[row + 1, column], best[row, column + 1]),
                    best[row + 1, column + 1] + WeightOf(row, column)
                );
            }
        }

        for (var (row, column) = (0, 0); row < rows && column < columns; )
        {
            var weight = WeightOf(row, column);
            if (weight > 0 && best[row, column] <= best[row + 1, column + 1] + weight)
            {
                pairs.Add((start + row++, from + column++));
            }
            else if (best[row, column] <= best[row + 1, column])
            {
                row++;
            }
            else
            {
                column++;
            }
        }

        double WeightOf(int row, int column) =>
            before[start + row].LikenessTo(after[from + column]) is var likeness && likeness >= MinSimilarity
                ? likeness
                : 0;
    }

    private static FieldChange Make(FieldChangeKind op, string path, JsonNode? from, JsonNode? to) =>
        new()
        {
            Op = op,
            Path = path,
            From = from?.DeepClone(),
            To = to?.DeepClone(),
        };

    private static string Escaped(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>Gets a canonical text, the same for equal nodes.</summary>
    private static string TextOf(JsonNode? node)
    {
        var text = new StringBuilder();
        Write(node, text);
        return text.ToString();
    }

    private static void Write(JsonNode? node, StringBuilder text)
    {
        switch (node)
        {
            case JsonObject members:
                text.Append('{');
                foreach (
                    var (name, value) in members
                        .Where(member => member.Value is not null)
                        .OrderBy(member => member.Key, StringComparer.Ordinal)
                )
                {
                    text.Append(JsonSerializer.Serialize(name)).Append(':');
                    Write(value, text);
                    text.Append(',');
                }

                text.Append('}');
                break;
            case JsonArray items:
                text.Append('[');
                foreach (var item in items)
                {
                    Write(item, text);
                    text.Append(',');
                }

                text.Append(']');
                break;
            case JsonValue value
                when value.GetValueKind() == JsonValueKind.Number
                    && decimal.TryParse(
                        value.ToJsonString(),
                        NumberStyles.Float,
                        CultureInfo.InvariantCulture,
                        out var number
                    ):
                // 1, 1.0 and 1e0 are the same number.
                text.Append(number.ToString("0.############################", CultureInfo.InvariantCulture));
                break;
            default:
                text.Append(node?.ToJsonString() ?? "null");
                break;
        }
    }

    /// <summary>An item of a list with its keys for comparison.</summary>
    private sealed class Item(JsonNode? node)
    {
        private readonly Dictionary<string, string>? _members = (node as JsonObject)
            ?.Where(member => member.Value is not null)
            .ToDictionary(member => member.Key, member => TextOf(member.Value), StringComparer.Ordinal);

        public string Text { get; } = TextOf(node);

        /// <summary>The share of members that are equal in both items, from 0 to 1.</summary>
        public double LikenessTo(Item other)
        {
            if (Text == other.Text)
            {
                return 1;
            }

            if (_members is not { Count: > 0 } members || other._members is not { Count: > 0 } others)
            {
                return 0;
            }

            var equal = members.Count(member => others.TryGetValue(member.Key, out var text) && text == member.Value);
            return (double)equal / members.Keys.Union(others.Keys).Count();
        }
    }
}
