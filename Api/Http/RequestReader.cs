using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Registry.Api.Pipeline;
using Registry.Infrastructure;
using Registry.Infrastructure.Database;

namespace Registry.Api.Http;

/// <summary>
/// Fills a request from HTTP and tells everything that is wrong with it at once: unknown, repeated and unreadable
/// parameters and members together. What a readable value may be is said by its annotations, which the pipeline checks.
/// </summary>
internal static partial class RequestReader
{
    /// <param name="context">The request.</param>
    /// <param name="prepare">Tells the request what no parameter says, before it is checked.</param>
    public static async Task<T> ReadAsync<T>(HttpContext context, Action<T> prepare)
        where T : class, new()
    {
        var request = new T();
        prepare(request);
        var errors = new FieldErrors();
        var parameters = new HashSet<string>(StringComparer.Ordinal);

        foreach (var property in typeof(T).GetProperties())
        {
            if (property.IsDefined(typeof(FromRouteAttribute)))
            {
                property.SetValue(request, RouteValue(context, property));
            }
            else if (property.IsDefined(typeof(FromQueryAttribute)))
            {
                var name = ParameterOf(property);
                parameters.Add(name);
                if (context.Request.Query.TryGetValue(name, out var values))
                {
                    ReadParameter(request, property, name, values, errors);
                }
            }
            else if (property.GetCustomAttribute<FromHeaderAttribute>() is { Name: { } header })
            {
                var values = context.Request.Headers[header];
                if (property.PropertyType == typeof(ExpectedVersion))
                {
                    ReadCondition(request, property, header, values, errors);
                }
                else if (values.Count > 0)
                {
                    ReadParameter(request, property, header, values, errors);
                }
            }
            else if (property.IsDefined(typeof(FromFormAttribute)))
            {
                property.SetValue(request, await FormReader.ReadAsync(context, ParameterOf(property), errors));
            }
            else if (
                property.IsDefined(typeof(FromBodyAttribute))
                && (property.IsDefined(typeof(RequiredAttribute)) || HasBody(context.Request))
            )
            {
                property.SetValue(request, await BodyReader.ReadAsync(context, property.PropertyType, errors));
            }
        }

        foreach (var name in context.Request.Query.Keys.Where(name => !parameters.Contains(name)))
        {
            errors.Add(name, "There is no such parameter.");
        }

        if (errors.Any)
        {
            // What could be read is checked as well, so that one answer names every field at fault.
            Annotations.Check(request, "", errors);
        }

        errors.ThrowIfAny();
        return request;
    }

    /// <summary>The name of a parameter in a query.</summary>
    public static string ParameterOf(PropertyInfo property) => JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    private static bool HasBody(HttpRequest request) =>
        request.ContentLength is > 0 || request.Headers.ContainsKey(HeaderNames.TransferEncoding);

    private static string RouteValue(HttpContext context, PropertyInfo property)
    {
        var name = property.GetCustomAttribute<FromRouteAttribute>()!.Name ?? ParameterOf(property);
        var value = (string)context.Request.RouteValues[name]!;

        // Codes are capitals and slugs are small; whoever types an address by hand is not made to know.
        return property.GetCustomAttribute<SpelledAttribute>()?.Capitals == true
            ? value.ToUpperInvariant()
            : value.ToLowerInvariant();
    }

    private static void ReadParameter(
        object request,
        PropertyInfo property,
        string name,
        StringValues values,
        FieldErrors errors
    )
    {
        if (values.Count != 1)
        {
            errors.Add(name, "It is given more than once.");
        }
        else if (string.IsNullOrWhiteSpace(values[0]) || values[0]!.Any(char.IsControl))
        {
            errors.Add(name, "It is blank or has control characters.");
        }
        else if (Several.ItemOf(property.PropertyType) is { } item)
        {
            ReadSeveral(request, property, name, values[0]!.Split(','), item, errors);
        }
        else if (TryConvert(values[0]!, property.PropertyType, out var value))
        {
            property.SetValue(request, value);
        }
        else
        {
            errors.Add(name, Sentences.Expecting(property.PropertyType));
        }
    }

    private static void ReadSeveral(
        object request,
        PropertyInfo property,
        string name,
        string[] values,
        Type item,
        FieldErrors errors
    )
    {
        var list = (System.Collections.IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(item))!;
        foreach (var text in values.Select(text => text.Trim()).Distinct())
        {
            if (text.Length == 0 || !TryConvert(text, item, out var value))
            {
                errors.Add(name, text.Length == 0 ? "One of its values is blank." : Sentences.Expecting(item));
                return;
            }

            list.Add(value);
        }

        if (list.Count > Several.Most)
        {
            errors.Add(name, $"It names at most {Several.Most}.");
            return;
        }

        property.SetValue(request, list);
    }

    private static bool TryConvert(string text, Type type, out object? value)
    {
        var target = Nullable.GetUnderlyingType(type) ?? type;
        value = null;
        if (target == typeof(string))
        {
            value = text;
        }
        else if (
            target == typeof(int)
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        )
        {
            value = number;
        }
        else if (
            target == typeof(long)
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var large)
        )
        {
            value = large;
        }
        else if (target == typeof(bool) && text is "true" or "false")
        {
            value = text == "true";
        }
        else if (
            target == typeof(DateOnly)
            && DateOnly.TryParseExact(
                text,
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var day
            )
        )
        {
            value = day;
        }
        else if (target == typeof(DateTimeOffset) && Rfc3339().IsMatch(text))
        {
            value = DateTimeOffset.TryParse(
                text,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AdjustToUniversal,
                out var instant
            )
                ? instant
                : null;
        }
        else if (target.IsEnum && Words.All(target).Contains(text, StringComparer.Ordinal))
        {
            value = Enum.Parse(target, text.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);
        }

        return value is not null;
    }

    // Upper or lower case, with the offset that says which instant is meant.
    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,7})?([Zz]|[+-]\d{2}:\d{2})\z")]
    private static partial Regex Rfc3339();

    private static void ReadCondition(
        object request,
        PropertyInfo property,
        string header,
        StringValues values,
        FieldErrors errors
    )
    {
        if (values.Count == 0)
        {
            return;
        }

        if (header == HeaderNames.IfNoneMatch)
        {
            if (values is ["*"])
            {
                property.SetValue(request, ExpectedVersion.None);
            }
            else
            {
                errors.Add(header, "Only * is understood here.");
            }
        }
        else if (EntityTagHeaderValue.TryParseList(values.OfType<string>().ToList(), out var tags))
        {
            property.SetValue(request, Conditions.Expected(tags));
        }
        else
        {
            errors.Add(header, "It is a list of entity tags in double quotes, or *.");
        }
    }
}

/// <summary>How a value in a path is spelled.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SpelledAttribute : Attribute
{
    /// <summary>True for codes in capitals; slugs are small.</summary>
    public bool Capitals { get; init; }
}
