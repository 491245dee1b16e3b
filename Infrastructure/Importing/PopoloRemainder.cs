using System.Globalization;

namespace Registry.Infrastructure.Importing;

/// <summary>What is left out of a Popolo document, counted and named, so that it can be said once for each kind.</summary>
internal sealed class PopoloRemainder
{
    private const int MostNamed = 50;

    private readonly SortedDictionary<string, List<string>> _organizations = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _posts = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _memberships = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _undated = new(StringComparer.Ordinal);
    private readonly SortedDictionary<(string List, string Member), int> _members = [];
    private readonly SortedDictionary<(string List, string Member), int> _items = [];
    private readonly SortedDictionary<string, int> _lists = new(StringComparer.Ordinal);

    /// <summary>An organization for which there is no place.</summary>
    public void Organization(string classification, string name)
    {
        if (!_organizations.TryGetValue(classification, out var names))
        {
            _organizations[classification] = names = [];
        }

        names.Add(name);
    }

    /// <summary>A post in an organization for which there is no place.</summary>
    public void Post(string organization) => Add(_posts, organization, 1);

    /// <summary>A membership in an organization for which there is no place.</summary>
    public void Membership(string organization) => Add(_memberships, organization, 1);

    /// <summary>A membership of which no date is known.</summary>
    public void Undated(string organization) => Add(_undated, organization, 1);

    /// <summary>A member of a list's items that records do not have.</summary>
    public void Member(string list, string member) => Add(_members, (list, member), 1);

    /// <summary>Items of a member for which a record has no room, or which cannot stand in one.</summary>
    public void Items(string member, string list, int count)
    {
        if (count > 0)
        {
            Add(_items, (list, member), count);
        }
    }

    /// <summary>A list that is not taken.</summary>
    public void List(string list, int count)
    {
        if (count > 0)
        {
            Add(_lists, list, count);
        }
    }

    /// <summary>What is left out, a sentence for each kind.</summary>
    public IEnumerable<string> Sentences() =>
        _organizations
            .Select(kind =>
                $"Left out, since the registry has no place for an organization of this kind ({kind.Key}): {Named(kind.Value)}."
            )
            .Concat(
                _posts.Select(kind =>
                    $"Left out: {Count(kind.Value, "post")} in {kind.Key}. Say whose it is (state=) to take them."
                )
            )
            .Concat(
                _memberships.Select(kind =>
                    $"Left out: {Count(kind.Value, "membership")} in {kind.Key}. Say whose it is (state=) to take them as appointments."
                )
            )
            .Concat(
                _undated.Select(kind =>
                    $"Left out, since no date is given: {Count(kind.Value, "membership")} in {kind.Key}."
                )
            )
            .Concat(
                _members.Select(kind =>
                    $"Left out: {kind.Key.Member} of {Count(kind.Value, kind.Key.List.TrimEnd('s'))}."
                )
            )
            .Concat(
                _items.Select(kind =>
                    $"Left out, since a record cannot hold them: {kind.Value.ToString(CultureInfo.InvariantCulture)} of the {kind.Key.Member} of {kind.Key.List}."
                )
            )
            .Concat(_lists.Select(kind => $"Left out: {Count(kind.Value, kind.Key.TrimEnd('s'))} ({kind.Key})."));

    private static string Named(List<string> names) =>
        names.Count <= MostNamed
            ? string.Join(", ", names)
            : $"{string.Join(", ", names.Take(MostNamed))} and {Count(names.Count - MostNamed, "other")}";

    private static string Count(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    private static void Add<TKey>(SortedDictionary<TKey, int> counts, TKey key, int count)
        where TKey : notnull => counts[key] = counts.GetValueOrDefault(key) + count;
}
