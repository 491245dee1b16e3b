using System.Collections.Concurrent;
using System.Reflection;
using Dapper;
using Registry.Domain;

namespace Registry.Infrastructure.Records.Reading;

/// <summary>
/// The conditions on the rows of one list: a property each, without a value where the condition does not hold. A property
/// is called as the condition of <see cref="ListSql"/> that it turns on, or as a parameter that such a condition reads besides.
/// </summary>
/// <remarks>Several texts are joined by OR; the properties are joined by AND.</remarks>
public abstract record ListFilters
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Properties = new();

    /// <summary>The names of the properties of such conditions.</summary>
    internal static IReadOnlyList<PropertyInfo> Of(Type filters) =>
        Properties.GetOrAdd(
            filters,
            type => [.. type.GetProperties().Where(property => property.DeclaringType != typeof(ListFilters))]
        );

    /// <summary>The names of the parameters that a property fills.</summary>
    internal static IEnumerable<string> ParametersOf(PropertyInfo property) =>
        TypeOf(property) == typeof(DaySpan) ? [First(property.Name), Last(property.Name)] : [property.Name];

    /// <summary>True when the property takes several values, any of which fits.</summary>
    internal static bool TakesSeveral(PropertyInfo property) =>
        property.PropertyType.IsAssignableTo(typeof(IReadOnlyList<string>));

    /// <summary>The conditions that hold, with their values.</summary>
    internal IEnumerable<(string Name, object Value)> Given()
    {
        foreach (var property in Of(GetType()))
        {
            if (property.GetValue(this) is { } value)
            {
                yield return (property.Name, value);
            }
        }
    }

    /// <summary>Adds the parameters for one value.</summary>
    internal static void Add(DynamicParameters parameters, string name, object value)
    {
        switch (value)
        {
            case DaySpan days:
                parameters.Add(First(name), days.First);
                parameters.Add(Last(name), days.Last);
                break;
            case bool yes:
                // Neither engine has a type for it.
                parameters.Add(name, yes ? 1 : 0);
                break;
            default:
                parameters.Add(name, value);
                break;
        }
    }

    private static string First(string name) => $"{name}First";

    private static string Last(string name) => $"{name}Last";

    private static Type TypeOf(PropertyInfo property) =>
        Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
}

/// <summary>The conditions of a list that takes none.</summary>
public sealed record NoFilters : ListFilters;
