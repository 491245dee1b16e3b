using Dapper;
using Registry.Infrastructure.Engine.Dialects;

namespace Registry.Infrastructure.Records.Reading;

/// <summary>Reads one page of a list by the statements of the list.</summary>
/// <typeparam name="T">The row of the list.</typeparam>
internal sealed class ListReader<T>
    where T : ListRow
{
    private readonly ListSql _list;
    private readonly ReadSession _session;
    private readonly ListRequest _request;
    private readonly DynamicParameters _parameters = new();
    private readonly List<ListSql.Condition> _conditions = [];

    /// <param name="list">The list.</param>
    /// <param name="session">The session to read in.</param>
    /// <param name="request">The request, whose filters are those of the list.</param>
    public ListReader(ListSql list, ReadSession session, ListRequest request)
    {
        (_list, _session, _request) = (list, session, request);
        foreach (var (name, value) in request.Filters.Given())
        {
            AddFilter(name, value);
        }

        if (request.ChangedSince is { } instant)
        {
            _parameters.Add(ListSql.ChangedSince, instant);
            _conditions.Add(new ListSql.Condition(ListSql.ChangedSince, list.Filters[ListSql.ChangedSince]));
        }

        // One row more than the limit shows whether there is a next page.
        _parameters.Add("Take", request.Limit + 1);
        AddPosition(request.After);
    }

    private bool IsAfter => _request.After is not null;

    /// <summary>Reads the page.</summary>
    public async Task<ListPage<T>> ReadAsync()
    {
        if (_request is { WithTotal: true, ChangedSince: not null })
        {
            return await CountedPageAsync();
        }

        var total = _request.WithTotal ? await CountAsync() : (long?)null;
        if (_request is { Ahead: { } ahead, After: { } position } && _list.FindsByIds && !IsInOrderOfKey())
        {
            return await PageAheadAsync(ahead, position);
        }

        if (_request.WithDeleted)
        {
            return await PageWithDeletedAsync();
        }

        var rows = await RowsAsync<T>(_list.Page(_session.Dialect, _request.Orderings, IsAfter, _conditions));
        if (rows.Count <= _request.Limit)
        {
            return new ListPage<T>(rows, null, total);
        }

        rows = [.. rows.Take(_request.Limit)];
        return new ListPage<T>(rows, rows[^1].Place, total);
    }

    private void AddFilter(string name, object value)
    {
        if (value is IReadOnlyList<string> several)
        {
            var places = ParameterLists.Add(_parameters, name, several);
            _conditions.Add(new ListSql.Condition(name, _list.Filters[name].WithValues(name, places)));
            return;
        }

        ListFilters.Add(_parameters, name, value);
        if (_list.Filters.TryGetValue(name, out var text))
        {
            _conditions.Add(new ListSql.Condition(name, text));
        }
    }

    private void AddPosition((string Key, string Id)? position)
    {
        _parameters.Add("AfterId", position?.Id);
        var keys = position?.Key.Split(ListRow.KeyEnd) ?? [];
        for (var place = 0; place < _request.Orderings.Count; place++)
        {
            _parameters.Add(ListSql.Key("AfterKey", place), keys.ElementAtOrDefault(place));
        }
    }

    /// <summary>True in the order of the ids without conditions: the key of the table leads to each page.</summary>
    private bool IsInOrderOfKey() => _conditions.Count == 0 && _list.IsId(_list.Sorts[_request.Sort]);

    /// <summary>
    /// Reads a page of what changed with the number of all rows. What changed may be most of the table, so the conditions
    /// are evaluated once for both.
    /// </summary>
    private async Task<ListPage<T>> CountedPageAsync()
    {
        var counted = await RowsAsync<ListSql.CountedId>(
            _list.CountedIds(_session.Dialect, _request.Orderings, IsAfter, _conditions)
        );
        var total = counted.Count > 0 ? counted[0].Total : await CountAsync();
        return await PageOfAsync([.. counted.Select(row => row.SortId)]) with { Total = total };
    }

    /// <summary>
    /// Reads a page with deleted records. SQLite sorts all rows of both tables, so it sorts their ids, and reads the records
    /// of the page alone.
    /// </summary>
    private async Task<ListPage<T>> PageWithDeletedAsync() =>
        await PageOfAsync(
            await RowsAsync<string>(_list.Ids(_session.Dialect, _request.Orderings, IsAfter, _conditions))
        );

    /// <summary>Reads the next page of a whole list by ids that are read ahead.</summary>
    private async Task<ListPage<T>> PageAheadAsync(IdsAhead ahead, (string Key, string Id) position)
    {
        if (ahead.IsEmpty)
        {
            _parameters.Add("Take", ahead.Most);
            AddPosition(ahead.Beyond ?? position);
            var ids = await RowsAsync<string>(
                _list.Ids(_session.Dialect, _request.Orderings, after: true, _conditions)
            );
            ahead.Fill(ids, ids.Count == ahead.Most ? await LastPlaceAsync(ids) : null);
        }

        var found = await RowsOfAsync(ahead.Take(_request.Limit));
        var more = !ahead.IsEmpty || ahead.Beyond is not null;
        var last = found.Count > 0 ? found[^1].Place : position;
        return new ListPage<T>(found, more ? last : null, null);
    }

    /// <summary>The position of the last row that still exists: some may have been deleted since their ids were read.</summary>
    private async Task<(string Key, string Id)?> LastPlaceAsync(IReadOnlyList<string> ids)
    {
        foreach (var some in ids.Chunk(ParameterLists.MaxParameters).Reverse())
        {
            if (await RowsOfAsync(some) is [.., var last])
            {
                return last.Place;
            }
        }

        return null;
    }

    /// <summary>Reads the page of some ids, of which there is one more than the limit when there is a next page.</summary>
    private async Task<ListPage<T>> PageOfAsync(IReadOnlyList<string> ids)
    {
        var rows = await RowsOfAsync([.. ids.Take(_request.Limit)]);
        return new ListPage<T>(rows, ids.Count > _request.Limit ? rows[^1].Place : null, null);
    }

    /// <summary>Reads the rows with some ids, in the order of the ids.</summary>
    /// <remarks>A record that was deleted meanwhile, or no longer meets the conditions, is left out.</remarks>
    private async Task<IReadOnlyList<T>> RowsOfAsync(IReadOnlyList<string> ids)
    {
        var statement = _list.Rows(_request.Orderings, ParameterLists.MaxParameters, _conditions);
        var found = new List<T>(ids.Count);
        foreach (var some in ids.Chunk(ParameterLists.MaxParameters))
        {
            ParameterLists.Fill(_parameters, ListSql.Ahead, some, ParameterLists.MaxParameters);
            var rows = (await RowsAsync<T>(statement)).ToDictionary(row => row.SortId, StringComparer.Ordinal);
            found.AddRange(some.Select(rows.GetValueOrDefault).OfType<T>());
        }

        return found;
    }

    private async Task<long> CountAsync() => (await RowsAsync<long>(_list.CountWhere(_conditions))).Single();

    private Task<IReadOnlyList<TRow>> RowsAsync<TRow>(ComposedSql statement) =>
        _session.RowsAsync<TRow>(statement, _parameters, _request.WithDeleted);
}
