namespace Registry.Domain;

/// <summary>The lineage of states and forums: a graph without cycles.</summary>
public static class Lineage
{
    /// <summary>Refuses predecessors that would make a state or forum its own ancestor.</summary>
    /// <param name="code">The code of the record with the predecessors.</param>
    /// <param name="predecessors">The predecessors.</param>
    /// <param name="known">The predecessors of a code on record.</param>
    /// <exception cref="RuleBrokenException">The lineage would form a cycle.</exception>
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
