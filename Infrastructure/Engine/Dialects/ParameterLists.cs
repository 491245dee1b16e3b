using Dapper;

namespace Registry.Infrastructure.Engine.Dialects;

/// <summary>A list of values for one parameter.</summary>
/// <remarks>
/// A statement has one of a few numbers of parameters, and the last value fills the remaining ones. So the texts of
/// statements do not depend on the number of values, and stay cached.
/// </remarks>
internal static class ParameterLists
{
    /// <summary>
    /// The maximum number of values of a statement: not every server with the protocol accepts a hundred parameters.
    /// </summary>
    public const int MaxParameters = 50;

    private static readonly int[] Sizes = [1, 4, 16, MaxParameters];

    /// <summary>The numbers of parameters that a statement can have.</summary>
    public static IReadOnlyList<int> Places => Sizes;

    /// <summary>Gets the number of parameters for a number of values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are more values than the maximum.</exception>
    public static int PlacesFor(int values) =>
        values <= MaxParameters
            ? Sizes.First(size => size >= values)
            : throw new ArgumentOutOfRangeException(
                nameof(values),
                values,
                $"A statement takes {MaxParameters} values at most."
            );

    /// <summary>Gets the condition that a column has one of the values.</summary>
    public static string In(string name, int places) =>
        $"IN ({string.Join(", ", Enumerable.Range(0, places).Select(place => $"@{name}_{place}"))})";

    /// <summary>Adds the values as the parameters of <see cref="In"/>.</summary>
    /// <returns>The number of parameters.</returns>
    public static int Add(DynamicParameters parameters, string name, IReadOnlyList<string> values)
    {
        var places = PlacesFor(values.Count);
        Fill(parameters, name, values, places);
        return places;
    }

    /// <summary>Adds the values as the parameters of <see cref="In"/>, with that number of parameters.</summary>
    public static void Fill(DynamicParameters parameters, string name, IReadOnlyList<string> values, int places)
    {
        for (var place = 0; place < places; place++)
        {
            parameters.Add($"{name}_{place}", values[Math.Min(place, values.Count - 1)]);
        }
    }
}
