using Registry.Domain;

namespace Registry.Infrastructure.Records;

/// <summary>Makes ids from names, for things that are not records of a collection.</summary>
internal static class FreeIds
{
    private const int MaxNamesakes = 10_000;

    /// <summary>Gets the proposed id, or the first one with a number that is free.</summary>
    /// <param name="proposal">The id that is made from a name.</param>
    /// <param name="isTaken">True for an id that exists, or existed.</param>
    /// <param name="source">What the id is made from, for the error.</param>
    /// <exception cref="IllegalValueException">There are too many things with this name.</exception>
    public static async Task<string> FindAsync(string proposal, Func<string, Task<bool>> isTaken, string source)
    {
        for (var number = 1; number < MaxNamesakes; number++)
        {
            var id = number == 1 ? proposal : Slug.Numbered(proposal, number);
            if (!await isTaken(id))
            {
                return id;
            }
        }

        throw new IllegalValueException("id", $"It is required, because it cannot be made from the {source}.");
    }
}
