using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Registry.Api.Pipeline;
using Registry.Domain;
using Registry.Infrastructure;
using Registry.Infrastructure.Database;

namespace Registry.Api.Http;

/// <summary>A request read from path, parameters, headers and body.</summary>
internal sealed record Incoming<T>(T Request) : IBindableFromHttpContext<Incoming<T>>
    where T : class, new()
{
    public static async ValueTask<Incoming<T>?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        new(await RequestReader.ReadAsync<T>(context));
}

/// <summary>
/// Fills a request from HTTP and tells everything that is wrong with it at once: unknown, repeated and unreadable
/// parameters and members together. What a readable value may be is said by its annotations, which the pipeline checks.
/// </summary>
internal static class RequestReader
{
    private const int LongestBody = 2 * 1024 * 1024;

    public static async Task<T> ReadAsync<T>(HttpContext context)
        where T : class, new()
    {
        var request = new T();
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
                ReadCondition(request, property, header, context.Request.Headers[header], errors);
            }
            else if (property.IsDefined(typeof(FromBodyAttribute)))
            {
                property.SetValue(request, await ReadBodyAsync(context, property.PropertyType, errors));
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

    /// <summary>Reads a document that the program put together itself, such as a record with a patch applied.</summary>
    /// <exception cref="InvalidRequestException">It is no such document.</exception>
    public static T ReadDocument<T>(JsonNode document)
        where T : class
    {
        var errors = new FieldErrors();
        var read = (T?)ReadElement(JsonSerializer.SerializeToElement(document), typeof(T), errors);
        if (read is not null)
        {
            Annotations.Check(read, "", errors);
        }

        errors.ThrowIfAny();
        return read!;
    }

    /// <summary>The name of a parameter in a query.</summary>
    public static string ParameterOf(PropertyInfo property) => JsonNamingPolicy.CamelCase.ConvertName(property.Name);

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
        else if (TryConvert(values[0]!, property.PropertyType, out var value))
        {
            property.SetValue(request, value);
        }
        else
        {
            errors.Add(name, Expected(property.PropertyType));
        }
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
        else if (target.IsEnum && Words.All(target).Contains(text, StringComparer.Ordinal))
        {
            value = Enum.Parse(target, text.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);
        }

        return value is not null;
    }

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

    private static async Task<object?> ReadBodyAsync(HttpContext context, Type type, FieldErrors errors)
    {
        var isPatch = type == typeof(JsonObject);
        var mediaType = isPatch ? MediaTypes.MergePatch : MediaTypes.Json;
        if (
            !MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var given)
            || !string.Equals(given.MediaType.Value, mediaType, StringComparison.OrdinalIgnoreCase)
            || (
                given.Charset.HasValue
                && !string.Equals(given.Charset.Value?.Trim('"'), "utf-8", StringComparison.OrdinalIgnoreCase)
            )
        )
        {
            throw new UnsupportedMediaTypeException(mediaType, isPatch);
        }

        using var document = await ParseAsync(context);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new BadHttpRequestException("The body is a JSON object.");
        }

        if (!isPatch)
        {
            return ReadElement(document.RootElement, type, errors);
        }

        RefuseRepeated(document.RootElement, "", errors);
        return errors.Any ? null : JsonObject.Create(document.RootElement.Clone());
    }

    private static async Task<JsonDocument> ParseAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
        {
            if (body.Length + read > LongestBody)
            {
                throw new BadHttpRequestException(
                    $"The body may have at most {LongestBody} bytes.",
                    StatusCodes.Status413PayloadTooLarge
                );
            }

            body.Write(buffer, 0, read);
        }

        try
        {
            return JsonDocument.Parse(body.ToArray(), new JsonDocumentOptions { MaxDepth = 32 });
        }
        catch (JsonException broken)
        {
            throw new BadHttpRequestException(
                $"The body is not JSON: line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1}.",
                broken
            );
        }
    }

    /// <summary>
    /// Walks the JSON along the type it should have. What does not fit is named and left out, so that the rest can
    /// still be read and checked.
    /// </summary>
    private static object? ReadElement(JsonElement element, Type type, FieldErrors errors) =>
        Fit(element, type, "", errors) is { } fitting ? fitting.Deserialize(type, RegistryJson.Options) : null;

    private static JsonNode? Fit(JsonElement element, Type type, string path, FieldErrors errors)
    {
        var target = Nullable.GetUnderlyingType(type) ?? type;
        if (target == typeof(string))
        {
            return FitText(element, path, errors);
        }

        if (typeof(IEnumerable).IsAssignableFrom(target))
        {
            return FitList(element, target.GetGenericArguments()[0], path, errors);
        }

        if (IsWord(target))
        {
            return FitWord(element, target, path, errors);
        }

        return FitObject(element, target, path, errors);
    }

    private static JsonValue? FitText(JsonElement element, string path, FieldErrors errors)
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            errors.Add(path, Expected(typeof(string)));
            return null;
        }

        try
        {
            var text = element.GetString()!;
            if (!text.Any(char.IsControl))
            {
                return JsonValue.Create(text);
            }
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: no text.
        }

        errors.Add(path, "It has control characters or broken Unicode.");
        return null;
    }

    private static JsonArray? FitList(JsonElement element, Type item, string path, FieldErrors errors)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            errors.Add(path, "It is a list.");
            return null;
        }

        var list = new JsonArray();
        var index = 0;
        foreach (var entry in element.EnumerateArray())
        {
            var place = $"{path}[{index++}]";
            if (entry.ValueKind == JsonValueKind.Null)
            {
                errors.Add(place, "It may not be null.");
            }

            list.Add(entry.ValueKind == JsonValueKind.Null ? null : Fit(entry, item, place, errors));
        }

        return list;
    }

    private static JsonNode? FitWord(JsonElement element, Type type, string path, FieldErrors errors)
    {
        try
        {
            element.Deserialize(type, RegistryJson.Options);
            return JsonSerializer.SerializeToNode(element);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            errors.Add(path, Expected(type));
            return null;
        }
    }

    private static JsonObject? FitObject(JsonElement element, Type type, string path, FieldErrors errors)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            errors.Add(path, "It is an object.");
            return null;
        }

        var members = RegistryJson
            .Options.GetTypeInfo(type)
            .Properties.ToDictionary(member => member.Name, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var fitting = new JsonObject();
        foreach (var member in element.EnumerateObject())
        {
            var name = NameOf(member);
            var place = path.Length == 0 ? name : $"{path}.{name}";
            if (!seen.Add(name))
            {
                errors.Add(place, "It is given more than once.");
            }
            else if (!members.TryGetValue(name, out var known))
            {
                errors.Add(place, "There is no such member.");
            }
            else if (
                member.Value.ValueKind != JsonValueKind.Null
                && !Annotations.IsKept(known.AttributeProvider!)
                && Fit(member.Value, known.PropertyType, place, errors) is { } value
            )
            {
                fitting[name] = value;
            }
        }

        return fitting;
    }

    private static void RefuseRepeated(JsonElement element, string path, FieldErrors errors)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var member in element.EnumerateObject())
            {
                var place = path.Length == 0 ? NameOf(member) : $"{path}.{NameOf(member)}";
                if (!seen.Add(NameOf(member)))
                {
                    errors.Add(place, "It is given more than once.");
                }

                RefuseRepeated(member.Value, place, errors);
            }
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var entry in element.EnumerateArray())
            {
                RefuseRepeated(entry, $"{path}[{index++}]", errors);
            }
        }
    }

    private static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            throw new BadHttpRequestException("A member's name has broken Unicode.");
        }
    }

    private static bool IsWord(Type type) =>
        type.IsEnum || type.IsPrimitive || type == typeof(PartialDate) || type == typeof(DateTimeOffset);

    private static string Expected(Type type)
    {
        var target = Nullable.GetUnderlyingType(type) ?? type;
        return target switch
        {
            _ when target == typeof(string) => "It is a text.",
            _ when target == typeof(bool) => "It is true or false.",
            _ when target == typeof(int) => "It is a whole number.",
            _ when target == typeof(DateOnly) => "It is a day that exists: YYYY-MM-DD.",
            _ when target == typeof(PartialDate) => "It is a date that exists: YYYY, YYYY-MM or YYYY-MM-DD.",
            { IsEnum: true } => $"It is one of {string.Join(", ", Words.All(target))}.",
            _ => "It cannot be read.",
        };
    }
}

/// <summary>How a value in a path is spelled.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SpelledAttribute : Attribute
{
    /// <summary>True for codes in capitals; slugs are small.</summary>
    public bool Capitals { get; init; }
}
