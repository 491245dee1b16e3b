namespace Registry.Infrastructure.Records.Reading;

/// <summary>One page of a list.</summary>
/// <param name="Rows">The rows, in order.</param>
/// <param name="Last">The position after which the next page starts; null on the last page.</param>
/// <param name="Total">The total number of rows, when it was requested.</param>
public sealed record ListPage<T>(IReadOnlyList<T> Rows, (string Key, string Id)? Last, long? Total);

/// <summary>Operations on pages.</summary>
internal static class ListPage
{
    /// <summary>Merges rows in memory into a page that was read.</summary>
    /// <param name="page">The page, whose rows are the first ones after the requested position.</param>
    /// <param name="held">All the rows in memory, in any order.</param>
    /// <param name="request">The request.</param>
    public static ListPage<T> Merge<T>(ListPage<T> page, IReadOnlyCollection<T> held, ListRequest request)
        where T : ListRow
    {
        var behind = held.Where(row => request.After is not { } after || Compare(row.Place, after) > 0);
        T[] rows =
        [
            .. page.Rows.Concat(behind).Order(Comparer<T>.Create((one, other) => Compare(one.Place, other.Place))),
        ];
        var more = page.Last is not null || rows.Length > request.Limit;
        var given = rows[..Math.Min(rows.Length, request.Limit)];
        return new(given, more ? given[^1].Place : null, page.Total + held.Count);

        int Compare((string Key, string Id) one, (string Key, string Id) other)
        {
            var order = string.CompareOrdinal(one.Key, other.Key) is var keys and not 0
                ? keys
                : string.CompareOrdinal(one.Id, other.Id);
            return request.Descending ? -order : order;
        }
    }
}
