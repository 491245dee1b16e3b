using Dapper;

namespace Registry.Infrastructure.Engine;

/// <summary>
/// Several values in the place of one. A statement has room for one of a few numbers of them and the last value fills what
/// is left, so that the texts of statements do not depend on how many values a caller names.
/// </summary>
internal static class ParameterLists
{
    /// <summary>The most values that a statement takes: not every server of the protocol takes a hundred parameters.</summary>
    public const int Most = 50;

    private static readonly int[] Sizes = [1, 4, 16, Most];

    /// <summary>Every number of places that a statement can have.</summary>
    public static IReadOnlyList<int> Places => Sizes;

    /// <summary>How many places the statement for so many values has.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are more values than a statement takes.</exception>
    public static int PlacesFor(int values) =>
        values <= Most
            ? Sizes.First(size => size >= values)
            : throw new ArgumentOutOfRangeException(
                nameof(values),
                values,
                $"A statement takes {Most} values at most."
            );

    /// <summary>The condition that a column has any of the values.</summary>
    public static string In(string name, int places) =>
        $"IN ({string.Join(", ", Enumerable.Range(0, places).Select(place => $"@{name}_{place}"))})";

    /// <summary>Adds the values as the parameters of <see cref="In"/>.</summary>
    /// <returns>How many places they take.</returns>
    public static int Add(DynamicParameters parameters, string name, IReadOnlyList<string> values)
    {
        var places = PlacesFor(values.Count);
        Fill(parameters, name, values, places);
        return places;
    }

    /// <summary>Adds the values as the parameters of <see cref="In"/> with so many places.</summary>
    public static void Fill(DynamicParameters parameters, string name, IReadOnlyList<string> values, int places)
    {
        for (var place = 0; place < places; place++)
        {
            parameters.Add($"{name}_{place}", values[Math.Min(place, values.Count - 1)]);
        }
    }
}
