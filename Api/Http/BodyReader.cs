using System.Collections;
using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Net.Http.Headers;
using Registry.Domain;
using Registry.Domain.Provenance;
using Registry.Infrastructure.Provenance;
using Registry.Infrastructure.Records.Documents;

namespace Registry.Api.Http;

/// <summary>
/// Deserializes JSON into a type, and reports every invalid member by its path: unknown, repeated, of the wrong type,
/// or with an invalid value.
/// </summary>
internal static class BodyReader
{
    private const int LongestBody = 2 * 1024 * 1024;

    private static readonly ConcurrentDictionary<Type, Dictionary<string, Member>> Members = new();

    /// <summary>Reads a record after applying a patch.</summary>
    /// <exception cref="InvalidRequestException">The result is not a valid document, or the patch removes an unknown member.</exception>
    public static T ReadPatched<T>(string record, JsonObject patch)
        where T : class
    {
        var errors = new FieldErrors();
        NameUnknownRemovals(patch, typeof(T), "", errors);
        patch = WithDerivedMembers(patch, typeof(T));
        var patched = JsonSerializer.SerializeToElement(MergePatch.Apply(record, patch));
        var read = (T?)ReadElement(patched, typeof(T), errors);
        if (read is not null)
        {
            Annotations.Check(read, "", errors);
        }

        errors.ThrowIfAny();
        return read!;
    }

    /// <summary>The patch that also removes the members which are derived from a list that it replaces.</summary>
    private static JsonObject WithDerivedMembers(JsonObject patch, Type type)
    {
        foreach (var member in RegistryJson.Options.GetTypeInfo(type).Properties)
        {
            if (
                member.AttributeProvider?.GetCustomAttributes(typeof(DerivedFromAttribute), inherit: true)
                    is [DerivedFromAttribute derived]
                && patch[derived.List] is JsonArray { Count: > 0 }
                && !patch.ContainsKey(member.Name)
            )
            {
                patch = patch.DeepClone().AsObject();
                patch[member.Name] = null;
            }
        }

        return patch;
    }

    /// <summary>Reads a record after one change, and reports the rules that it breaks.</summary>
    public static RecordReading ReadRecord(Type type, JsonObject record)
    {
        var errors = new FieldErrors();
        var read = (RecordDocument?)ReadElement(JsonSerializer.SerializeToElement(record), type, errors);
        if (read is not null)
        {
            Annotations.Check(read, "", errors);
        }

        return new RecordReading(read, errors.Found);
    }

    public static async Task<object?> ReadAsync(HttpContext context, Type type, FieldErrors errors)
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

    /// <summary>Reads the bytes of the body.</summary>
    /// <exception cref="BadHttpRequestException">The body is too large.</exception>
    public static async Task<byte[]> BytesAsync(HttpContext context)
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

        return body.ToArray();
    }

    private static async Task<JsonDocument> ParseAsync(HttpContext context)
    {
        var body = TextChecks.Utf8Body(await BytesAsync(context));
        try
        {
            return JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 32 });
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
    /// Reads an element as a type. An invalid value is reported and skipped, so that the rest can still be read and
    /// checked.
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
            errors.Add(path, Sentences.Expecting(typeof(string)));
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

        // A list of words has no place for what is none: it is left out, like any other value that does not fit.
        return item.IsValueType && list.Contains(null) ? null : list;
    }

    private static JsonNode? FitWord(JsonElement element, Type type, string path, FieldErrors errors)
    {
        try
        {
            element.Deserialize(type, RegistryJson.Options);

            // The converter of enums also takes capitals, and lists such as "member,observer".
            if (!type.IsEnum || Words.All(type).Contains(element.GetString(), StringComparer.Ordinal))
            {
                return JsonSerializer.SerializeToNode(element);
            }
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // Named below, like any other word that is none.
        }

        errors.Add(path, Sentences.Expecting(type));
        return null;
    }

    private static JsonObject? FitObject(JsonElement element, Type type, string path, FieldErrors errors)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            errors.Add(path, "It is an object.");
            return null;
        }

        var members = Members.GetOrAdd(type, MembersOf);
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
            else if (known.Type == typeof(ClaimedValue))
            {
                // Any JSON, null too: of what kind it has to be depends on the field it is claimed for.
                RefuseRepeated(member.Value, place, errors);
                fitting[name] = JsonNode.Parse(member.Value.GetRawText());
            }
            else if (
                member.Value.ValueKind != JsonValueKind.Null
                && !known.IsKept
                && Fit(member.Value, known.Type, place, errors) is { } value
            )
            {
                fitting[name] = value;
            }
        }

        return fitting;
    }

    private static Dictionary<string, Member> MembersOf(Type type) =>
        RegistryJson
            .Options.GetTypeInfo(type)
            .Properties.ToDictionary(
                member => member.Name,
                member => new Member(member.PropertyType, Annotations.IsKept(member.AttributeProvider!)),
                StringComparer.Ordinal
            );

    /// <summary>Reports unknown members that a patch sets to null: they leave no trace in the record.</summary>
    private static void NameUnknownRemovals(JsonObject patch, Type type, string path, FieldErrors errors)
    {
        var members = RegistryJson
            .Options.GetTypeInfo(type)
            .Properties.ToDictionary(member => member.Name, StringComparer.Ordinal);
        foreach (var (name, change) in patch)
        {
            var place = path.Length == 0 ? name : $"{path}.{name}";
            if (!members.TryGetValue(name, out var known))
            {
                errors.Add(place, "There is no such member.");
            }
            else if (change is JsonObject nested && !Annotations.IsKept(known.AttributeProvider!) && IsObject(known))
            {
                NameUnknownRemovals(nested, known.PropertyType, place, errors);
            }
        }

        static bool IsObject(JsonPropertyInfo member) =>
            RegistryJson.Options.GetTypeInfo(member.PropertyType).Kind == JsonTypeInfoKind.Object;
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
        else if (element.ValueKind == JsonValueKind.String)
        {
            // A patch is applied before it is read along a type, and half of a surrogate pair cannot be copied.
            FitText(element, path, errors);
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

    /// <param name="Type">The expected type.</param>
    /// <param name="IsKept">True for a read-only member.</param>
    private sealed record Member(Type Type, bool IsKept);

    private static bool IsWord(Type type) =>
        type.IsEnum || type.IsPrimitive || type == typeof(PartialDate) || type == typeof(DateTimeOffset);
}

/// <summary>Error messages that name the expected value.</summary>
internal static class Sentences
{
    public static string Expecting(Type type)
    {
        var target = Nullable.GetUnderlyingType(type) ?? type;
        return target switch
        {
            _ when target == typeof(string) => "It is a text.",
            _ when target == typeof(bool) => "It is true or false.",
            _ when target == typeof(int) || target == typeof(long) => "It is a whole number.",
            _ when target == typeof(DateTimeOffset) =>
                "It is an instant with its offset: 2026-05-31T12:00:00Z; a + in an address is written %2B.",
            _ when target == typeof(PartialDate) => "It is a date that exists: YYYY, YYYY-MM or YYYY-MM-DD.",
            { IsEnum: true } => $"It is one of {string.Join(", ", Words.All(target))}.",
            _ => "It cannot be read.",
        };
    }
}
