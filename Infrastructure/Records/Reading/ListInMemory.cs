using System.Globalization;
using Registry.Infrastructure.Records.Documents;

namespace Registry.Infrastructure.Records.Reading;

/// <summary>Pages of a list that is worked out in memory, cut as <see cref="ListSql"/> cuts those of a table.</summary>
public static class ListInMemory
{
    /// <summary>The page asked for.</summary>
    /// <param name="request">What the list was asked for.</param>
    /// <param name="rows">Every row.</param>
    /// <param name="place">The sort key of a row, and what tells it from the rows with the same key.</param>
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

    /// <summary>A number as a key, in the order of numbers.</summary>
    public static string KeyOf(int number) => number.ToString("D6", CultureInfo.InvariantCulture);

    /// <summary>A name as a key, in the order in which the lists of a table sort names.</summary>
    public static string KeyOf(string name) => SortName.Of(name);

    private static int Compare((string Key, string Id) one, (string Key, string Id) other) =>
        string.CompareOrdinal(one.Key, other.Key) is not 0 and var byKey
            ? byKey
            : string.CompareOrdinal(one.Id, other.Id);
}
