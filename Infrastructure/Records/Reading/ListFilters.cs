using System.Collections.Concurrent;
using System.Reflection;
using Dapper;
using Registry.Domain;

namespace Registry.Infrastructure.Records.Reading;

/// <summary>
/// The filters of one list: one property for each condition, without a value when the condition does not apply.
/// </summary>
/// <remarks>
/// A property has the name of the condition of <see cref="ListSql"/> that it enables, or of another parameter of such a
/// condition. Several values of a property are combined with OR; the properties are combined with AND.
/// </remarks>
public abstract record ListFilters
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Properties = new();

    /// <summary>The names of the properties of the filters.</summary>
    internal static IReadOnlyList<PropertyInfo> Of(Type filters) =>
        Properties.GetOrAdd(
            filters,
            type => [.. type.GetProperties().Where(property => property.DeclaringType != typeof(ListFilters))]
        );

    /// <summary>The names of the parameters that a property sets.</summary>
    internal static IEnumerable<string> ParametersOf(PropertyInfo property) =>
        TypeOf(property) == typeof(DaySpan) ? [First(property.Name), Last(property.Name)] : [property.Name];

    /// <summary>True when the property takes several values, any of which matches.</summary>
    internal static bool IsMultiValue(PropertyInfo property) =>
        property.PropertyType.IsAssignableTo(typeof(IReadOnlyList<string>));

    /// <summary>Lists the conditions that apply, with their values.</summary>
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

    /// <summary>Adds the parameters of one value.</summary>
    internal static void Add(DynamicParameters parameters, string name, object value)
    {
        switch (value)
        {
            case DaySpan days:
                parameters.Add(First(name), days.First);
                parameters.Add(Last(name), days.Last);
                break;
            case bool yes:
                // Neither engine has an array type.
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

/// <summary>The filters of a list without conditions.</summary>
public sealed record NoFilters : ListFilters;
