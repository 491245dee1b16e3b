using System.Globalization;

namespace Registry.Infrastructure.Importing.Files;

/// <summary>
/// The parts of a Popolo document that are left out, counted and named, so that each kind is reported once.
/// </summary>
internal sealed class PopoloRemainder
{
    private const int MaxListed = 50;

    private readonly SortedDictionary<string, List<string>> _organizations = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _posts = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _memberships = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _undated = new(StringComparer.Ordinal);
    private readonly SortedDictionary<(string List, string Member), int> _members = [];
    private readonly SortedDictionary<(string List, string Member), int> _items = [];
    private readonly SortedDictionary<string, int> _lists = new(StringComparer.Ordinal);

    /// <summary>Adds an organization that the registry has no record for.</summary>
    public void Organization(string classification, string name)
    {
        if (!_organizations.TryGetValue(classification, out var names))
        {
            _organizations[classification] = names = [];
        }

        names.Add(name);
    }

    /// <summary>Adds a post in such an organization.</summary>
    public void Post(string organization) => Add(_posts, organization, 1);

    /// <summary>Adds a membership in such an organization.</summary>
    public void Membership(string organization) => Add(_memberships, organization, 1);

    /// <summary>Adds a membership without any date.</summary>
    public void Undated(string organization) => Add(_undated, organization, 1);

    /// <summary>Adds a member of items that records do not have.</summary>
    public void Member(string list, string member) => Add(_members, (list, member), 1);

    /// <summary>Adds items that exceed the limit of a record, or that it cannot have.</summary>
    public void Items(string member, string list, int count)
    {
        if (count > 0)
        {
            Add(_items, (list, member), count);
        }
    }

    /// <summary>Adds a list that is not imported.</summary>
    public void List(string list, int count)
    {
        if (count > 0)
        {
            Add(_lists, list, count);
        }
    }

    /// <summary>Lists the messages, one for each kind.</summary>
    public IEnumerable<string> Sentences() =>
        _organizations
            .Select(kind =>
                $"Left out, because the registry has no record for an organization of this kind ({kind.Key}): {Named(kind.Value)}."
            )
            .Concat(
                _posts.Select(kind =>
                    $"Left out: {Count(kind.Value, "post")} in {kind.Key}. Give the state (state=) to import them."
                )
            )
            .Concat(
                _memberships.Select(kind =>
                    $"Left out: {Count(kind.Value, "membership")} in {kind.Key}. Give the state (state=) to import them as appointments."
                )
            )
            .Concat(
                _undated.Select(kind =>
                    $"Left out, because no date is given: {Count(kind.Value, "membership")} in {kind.Key}."
                )
            )
            .Concat(
                _members.Select(kind =>
                    $"Left out: {kind.Key.Member} of {Count(kind.Value, kind.Key.List.TrimEnd('s'))}."
                )
            )
            .Concat(
                _items.Select(kind =>
                    $"Left out, because a record cannot have them: {kind.Value.ToString(CultureInfo.InvariantCulture)} of the {kind.Key.Member} of {kind.Key.List}."
                )
            )
            .Concat(_lists.Select(kind => $"Left out: {Count(kind.Value, kind.Key.TrimEnd('s'))} ({kind.Key})."));

    private static string Named(List<string> names) =>
        names.Count <= MaxListed
            ? string.Join(", ", names)
            : $"{string.Join(", ", names.Take(MaxListed))} and {Count(names.Count - MaxListed, "other")}";

    private static string Count(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    private static void Add<TKey>(SortedDictionary<TKey, int> counts, TKey key, int count)
        where TKey : notnull => counts[key] = counts.GetValueOrDefault(key) + count;
}
