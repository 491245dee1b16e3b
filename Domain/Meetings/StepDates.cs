namespace Registry.Domain.Meetings;

/// <summary>The rules for the dates of successive steps.</summary>
internal static class StepDates
{
    /// <summary>Refuses a step that certainly preceded an earlier one.</summary>
    public static void RefuseBackwards(IEnumerable<(string Name, PartialDate? On)> steps, string rule)
    {
        (string Name, PartialDate On)? latest = null;
        foreach (var (name, on) in steps)
        {
            if (on is null)
            {
                continue;
            }

            if (latest is { } before && on.LastDay < before.On.FirstDay)
            {
                throw new RuleBrokenException(
                    rule,
                    $"The step {name} on {on} cannot follow {before.Name} on {before.On}."
                );
            }

            if (latest is not { } known || on.FirstDay > known.On.FirstDay)
            {
                latest = (name, on);
            }
        }
    }
}
