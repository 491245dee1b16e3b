using System.Reflection;

namespace Registry.Api.Routing;

/// <summary>All collections of records that the API serves, found as the fields of that type in the route classes.</summary>
internal static class RecordResources
{
    /// <summary>The collections.</summary>
    public static IReadOnlyList<RecordResource> All { get; } =
    [
        .. typeof(RecordResources)
            .Assembly.GetTypes()
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => field.FieldType == typeof(RecordResource))
            .Select(field => (RecordResource)field.GetValue(null)!),
    ];

    /// <summary>A collection by its name.</summary>
    /// <exception cref="InvalidOperationException">There is no collection with this name.</exception>
    public static RecordResource Of(string collection) =>
        Find(collection) ?? throw new InvalidOperationException($"There is no collection '{collection}'.");

    /// <summary>A collection by its name; null when there is none.</summary>
    public static RecordResource? Find(string collection) =>
        All.FirstOrDefault(resource => resource.Kind.Collection == collection);

    /// <summary>The collection whose records have a type; null when there is none.</summary>
    public static RecordResource? Find(Type document) =>
        All.FirstOrDefault(resource => resource.Kind.Model == document);
}
