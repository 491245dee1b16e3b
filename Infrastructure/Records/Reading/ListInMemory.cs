using System.Globalization;
using Registry.Infrastructure.Records.Models;

namespace Registry.Infrastructure.Records.Reading;

/// <summary>Pages of a list that is computed in memory, cut as <see cref="ListSql"/> cuts those of a table.</summary>
public static class ListInMemory
{
    /// <summary>Gets the requested page.</summary>
    /// <param name="request">The request of the list.</param>
    /// <param name="rows">All rows.</param>
    /// <param name="place">Gets the sort key of a row and its tie-breaker.</param>
    public static ListPage<T> Page<T>(
        ListRequest request,
        IReadOnlyCollection<T> rows,
        Func<T, (string Key, string Id)> place
    )
    {
        var ordered = rows.Select(row => (Row: row, Place: place(row)))
            .OrderBy(entry => entry.Place, Comparer<(string, string)>.Create(Compare))
            .ToArray();
        if (request.Descending)
        {
            Array.Reverse(ordered);
        }

        var beyond = request.After is { } after
            ? ordered.Where(entry => Compare(entry.Place, after) * (request.Descending ? -1 : 1) > 0).ToArray()
            : ordered;
        var page = beyond.Take(request.Limit).ToArray();
        return new ListPage<T>(
            [.. page.Select(entry => entry.Row)],
            page.Length < beyond.Length ? page[^1].Place : null,
            request.WithTotal ? rows.Count : null
        );
    }

    /// <summary>Gets the sort key of a number, in numerical order.</summary>
    public static string KeyOf(int number) => number.ToString("D6", CultureInfo.InvariantCulture);

    /// <summary>Gets the sort key of a name, in the order of the lists of a table.</summary>
    public static string KeyOf(string name) => SortName.Of(name);

    private static int Compare((string Key, string Id) one, (string Key, string Id) other) =>
        string.CompareOrdinal(one.Key, other.Key) is not 0 and var byKey
            ? byKey
            : string.CompareOrdinal(one.Id, other.Id);
}
