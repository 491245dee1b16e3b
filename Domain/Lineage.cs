namespace Registry.Domain;

/// <summary>Who came out of whom: a graph that time keeps free of circles.</summary>
public static class Lineage
{
    /// <summary>Refuses predecessors that would make something its own ancestor.</summary>
    /// <param name="code">The one that names them.</param>
    /// <param name="predecessors">The ones it names.</param>
    /// <param name="known">What is on record: from a code to its predecessors.</param>
    /// <exception cref="RuleBrokenException">The lineage would close a circle.</exception>
    public static void RefuseCircle(string code, IEnumerable<string> predecessors, ILookup<string, string> known)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Stack<string>(predecessors);
        while (waiting.TryPop(out var ancestor))
        {
            if (ancestor == code)
            {
                throw new RuleBrokenException("lineage-circle", $"{code} would be its own predecessor.");
            }

            if (seen.Add(ancestor))
            {
                foreach (var further in known[ancestor])
                {
                    waiting.Push(further);
                }
            }
        }
    }
}
