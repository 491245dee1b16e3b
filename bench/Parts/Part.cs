namespace Registry.Bench.Parts;

/// <summary>A group of measurements that is made alone or with all others.</summary>
internal abstract class Part
{
    /// <summary>What it is called on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>What it measures.</summary>
    public abstract string Summary { get; }

    /// <summary>True where it fits into two minutes with the others.</summary>
    public virtual bool IsQuick => true;

    /// <summary>Measures and adds the rows.</summary>
    public abstract Task MeasureAsync(Workbench bench);
}

/// <summary>All parts, in the order in which they are measured.</summary>
internal static class PartList
{
    /// <summary>The parts.</summary>
    public static IReadOnlyList<Part> All { get; } =
    [
        new Items(),
        new Lists(),
        new Members(),
        new Mixed(),
        new Exports(),
        new Allocations(),
        new Writes(),
        new Scale(),
        new Peers(),
        new StartUp(),
        new Imports(),
        new Searches(),
        new Dearest(),
        new Beside(),
    ];
}
