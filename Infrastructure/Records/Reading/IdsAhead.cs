namespace Registry.Infrastructure.Records.Reading;

/// <summary>
/// The ids of the next rows of a whole list, in its order. The order and the conditions of a list are evaluated once for many
/// pages, whose rows are then found by their ids; evaluated for each page, they would cost the square of the number of rows.
/// </summary>
/// <param name="most">The maximum number of ids in memory; some megabytes when absent.</param>
public sealed class IdsAhead(int most = IdsAhead.UsualMost)
{
    private const int UsualMost = 100_000;

    private IReadOnlyList<string> _ids = [];
    private int _next;

    /// <summary>The maximum number of ids that are read at once.</summary>
    internal int Most => most;

    /// <summary>The number of times that ids were read.</summary>
    public int Scans { get; private set; }

    /// <summary>The position after which the ids continue; null when there are no more.</summary>
    internal (string Key, string Id)? Beyond { get; private set; }

    /// <summary>True when the ids that were read are used up.</summary>
    internal bool IsEmpty => _next == _ids.Count;

    /// <summary>Keeps the ids that were read.</summary>
    internal void Fill(IReadOnlyList<string> ids, (string Key, string Id)? beyond)
    {
        (_ids, _next, Beyond) = (ids, 0, beyond);
        Scans++;
    }

    /// <summary>Gets a function that gives back what is taken from here on, so that a page can be read again.</summary>
    public Action Mark()
    {
        var (ids, next, beyond) = (_ids, _next, Beyond);
        return () => (_ids, _next, Beyond) = (ids, next, beyond);
    }

    /// <summary>Takes the next ids.</summary>
    internal IReadOnlyList<string> Take(int count)
    {
        var taken = _ids.Skip(_next).Take(count).ToArray();
        _next += taken.Length;
        return taken;
    }
}
