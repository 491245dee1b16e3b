using System.Collections.Frozen;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Registry.Api.Http.Bodies;
using Registry.Api.Http.Caching;
using Registry.Api.Http.Lists;
using Registry.Api.Http.Problems;
using Registry.Domain;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Models;

namespace Registry.Api.Http.Requests;

/// <summary>
/// Binds an HTTP request to a request record, and reports all errors at once: unknown, repeated and unreadable
/// parameters and members. The pipeline validates readable values by their annotations.
/// </summary>
internal static partial class RequestReader
{
    /// <param name="context">The request.</param>
    /// <param name="prepare">Completes the request with data that is not a parameter, before it is validated.</param>
    public static async Task<T> ReadAsync<T>(HttpContext context, Action<T> prepare)
        where T : class, new()
    {
        var request = new T();
        prepare(request);
        var errors = new FieldErrors();
        IReadOnlyDictionary<string, string>? form = null;

        foreach (var member in Plan<T>.Members)
        {
            switch (member.From)
            {
                case Origin.Route:
                    member.Property.SetValue(request, RouteValue(context, member));
                    break;
                case Origin.Query when context.Request.Query.TryGetValue(member.Name, out var values):
                    ReadParameter(request, member.Property, member.Name, values, errors);
                    break;
                case Origin.Condition:
                    ReadCondition(request, member.Property, member.Name, context.Request.Headers[member.Name], errors);
                    break;
                case Origin.Header when context.Request.Headers[member.Name] is { Count: > 0 } values:
                    ReadParameter(request, member.Property, member.Name, values, errors);
                    break;
                case Origin.Form:
                    form ??= await FormReader.ReadAsync(context, Plan<T>.Fields, errors);
                    member.Property.SetValue(request, form.GetValueOrDefault(member.Name));
                    break;
                case Origin.Body when member.IsRequired || HasBody(context.Request):
                    member.Property.SetValue(
                        request,
                        await BodyReader.ReadAsync(context, member.Property.PropertyType, errors)
                    );
                    break;
            }
        }

        foreach (var name in TextChecks.NotUtf8(context.Request.QueryString.Value ?? ""))
        {
            errors.Add(name, TextChecks.Sentence);
        }

        if (context.Request.Query is { Count: > 0 } query)
        {
            foreach (var name in query.Keys.Where(name => !Plan<T>.Parameters.Contains(name)))
            {
                errors.Add(name, "There is no such parameter.");
            }
        }

        if (errors.Any)
        {
            // The readable values are validated too, so that one response names every invalid field.
            Annotations.Check(request, "", errors);
        }

        errors.ThrowIfAny();
        return request;
    }

    /// <summary>The name of a query parameter.</summary>
    public static string ParameterOf(PropertyInfo property) => JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    private static bool HasBody(HttpRequest request) =>
        request.ContentLength is > 0 || request.Headers.ContainsKey(HeaderNames.TransferEncoding);

    private static string RouteValue(HttpContext context, Member member)
    {
        var value = (string)context.Request.RouteValues[member.Name]!;

        // Codes are upper case and slugs lower case; the case in the path does not matter.
        return member.InCapitals ? value.ToUpperInvariant() : value.ToLowerInvariant();
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
            errors.Add(name, "It can be given only once.");
        }
        else if (string.IsNullOrWhiteSpace(values[0]) || values[0]!.Any(char.IsControl))
        {
            errors.Add(name, "It cannot be blank or have control characters.");
        }
        else if (MultiValueParameters.ItemOf(property.PropertyType) is { } item)
        {
            ReadSeveral(request, property, name, values[0]!.Split(','), item, errors);
        }
        else if (TryConvert(values[0]!, property.PropertyType, out var value))
        {
            property.SetValue(request, value);
        }
        else
        {
            errors.Add(name, ErrorMessages.Expecting(property.PropertyType));
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
                errors.Add(name, text.Length == 0 ? "None of its values can be blank." : ErrorMessages.Expecting(item));
                return;
            }

            list.Add(value);
        }

        if (list.Count > MultiValueParameters.MaxValues)
        {
            errors.Add(name, $"It has at most {MultiValueParameters.MaxValues} values.");
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
        else if (target == typeof(PartialDate) && PartialDate.TryParse(text, out var date))
        {
            value = date;
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
        else if (Words.IsList(target) && Words.All(target).Contains(text, StringComparer.Ordinal))
        {
            value = Words.Read(target, text);
        }

        return value is not null;
    }

    // T and Z in upper or lower case; the UTC offset is required.
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
                errors.Add(header, "Its only valid value is *.");
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

    private enum Origin
    {
        Route,
        Query,
        Header,
        Condition,
        Form,
        Body,
    }

    /// <summary>A member of a request and the part of the HTTP request that it is bound to.</summary>
    private sealed record Member(PropertyInfo Property, Origin From, string Name, bool IsRequired, bool InCapitals)
    {
        public static Member? Of(PropertyInfo property)
        {
            if (property.GetCustomAttribute<FromRouteAttribute>() is { } route)
            {
                return Made(Origin.Route, route.Name ?? ParameterOf(property));
            }

            if (property.GetCustomAttribute<FromHeaderAttribute>() is { Name: { } header })
            {
                return Made(
                    property.PropertyType == typeof(ExpectedVersion) ? Origin.Condition : Origin.Header,
                    header
                );
            }

            return property.IsDefined(typeof(FromQueryAttribute)) ? Made(Origin.Query, ParameterOf(property))
                : property.IsDefined(typeof(FromFormAttribute)) ? Made(Origin.Form, ParameterOf(property))
                : property.IsDefined(typeof(FromBodyAttribute)) ? Made(Origin.Body, "")
                : null;

            Member Made(Origin from, string name) =>
                new(
                    property,
                    from,
                    name,
                    property.IsDefined(typeof(RequiredAttribute)),
                    property.IsDefined(typeof(UpperCaseAttribute))
                );
        }
    }

    /// <summary>The binding plan of a request type, made once by reflection.</summary>
    private static class Plan<T>
    {
        public static readonly Member[] Members = [.. typeof(T).GetProperties().Select(Member.Of).OfType<Member>()];

        public static readonly FrozenSet<string> Parameters = Members
            .Where(member => member.From == Origin.Query)
            .Select(member => member.Name)
            .ToFrozenSet(StringComparer.Ordinal);

        public static readonly FrozenSet<string> Fields = Members
            .Where(member => member.From == Origin.Form)
            .Select(member => member.Name)
            .ToFrozenSet(StringComparer.Ordinal);
    }
}

/// <summary>Marks a path parameter that is a code: codes are upper case, other path parameters lower case.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class UpperCaseAttribute : Attribute;
