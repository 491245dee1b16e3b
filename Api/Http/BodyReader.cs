using System.Buffers;
using System.Collections;
using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Net.Http.Headers;
using Registry.Api.Http.Problems;
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
    private static readonly ConcurrentDictionary<Type, (string Member, string List)[]> DerivedMembers = new();

    private const int LongestBody = 2 * 1024 * 1024;

    /// <summary>The options of the writer, without its checks: everything that is written has been checked.</summary>
    private static readonly JsonWriterOptions Unchecked = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>The control characters of Unicode (C0, DEL and C1).</summary>
    private static readonly SearchValues<char> Controls = SearchValues.Create([
        .. Enumerable.Range(0, 0xA0).Select(code => (char)code).Where(char.IsControl),
    ]);

    private static readonly ConcurrentDictionary<Type, Dictionary<string, Member>> Members = new();

    private static readonly ConcurrentDictionary<Type, Shape> Shapes = new();

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

    /// <summary>Makes a patch that also removes the members that are derived from a list which it replaces.</summary>
    private static JsonObject WithDerivedMembers(JsonObject patch, Type type)
    {
        foreach (var (member, list) in DerivedMembers.GetOrAdd(type, DerivedMembersOf))
        {
            if (patch[list] is JsonArray { Count: > 0 } && !patch.ContainsKey(member))
            {
                patch = patch.DeepClone().AsObject();
                patch[member] = null;
            }
        }

        return patch;
    }

    private static (string Member, string List)[] DerivedMembersOf(Type type) =>
        [
            .. from member in RegistryJson.Options.GetTypeInfo(type).Properties
            from derived in member.AttributeProvider?.GetCustomAttributes(typeof(DerivedFromAttribute), true) ?? []
            select (member.Name, ((DerivedFromAttribute)derived).List),
        ];

    /// <summary>Reads a record after one change, and reports the rules that it breaks.</summary>
    public static RecordReading ReadRecord(Type type, JsonElement record)
    {
        var errors = new FieldErrors();
        var read = (RecordDocument?)ReadElement(record, type, errors);
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
            throw new BadHttpRequestException("The body must be a JSON object.");
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
                    $"The body can have at most {LongestBody} bytes.",
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
    private static object? ReadElement(JsonElement element, Type type, FieldErrors errors)
    {
        var fitting = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(fitting, Unchecked))
        {
            if (!Fit(writer, null, element, type, "", errors))
            {
                return null;
            }
        }

        return JsonSerializer.Deserialize(fitting.WrittenSpan, type, RegistryJson.Options);
    }

    /// <summary>Writes the valid parts of an element of a type, as a named member or as an item of a list.</summary>
    /// <returns>True when something was written.</returns>
    private static bool Fit(
        Utf8JsonWriter writer,
        string? name,
        JsonElement element,
        Type type,
        string path,
        FieldErrors errors
    )
    {
        var shape = Shapes.GetOrAdd(type, Shape.Of);
        switch (shape.Form)
        {
            case JsonForm.Text:
                return IsText(element, path, errors) && Write(writer, name, element);
            case JsonForm.Word:
                return IsWord(element, shape.Type, path, errors) && Write(writer, name, element);
            case JsonForm.List:
                return FitList(writer, name, element, shape.Item!, path, errors);
            default:
                return FitObject(writer, name, element, shape.Type, path, errors);
        }
    }

    private static bool Write(Utf8JsonWriter writer, string? name, JsonElement element)
    {
        if (name is not null)
        {
            writer.WritePropertyName(name);
        }

        element.WriteTo(writer);
        return true;
    }

    private static bool IsText(JsonElement element, string path, FieldErrors errors)
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            errors.Add(path, Sentences.Expecting(typeof(string)));
            return false;
        }

        try
        {
            if (!element.GetString().AsSpan().ContainsAny(Controls))
            {
                return true;
            }
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate is not valid text.
        }

        errors.Add(path, "It cannot have control characters or lone surrogates.");
        return false;
    }

    private static bool FitList(
        Utf8JsonWriter writer,
        string? name,
        JsonElement element,
        Type item,
        string path,
        FieldErrors errors
    )
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            errors.Add(path, "It is a list.");
            return false;
        }

        if (item.IsValueType)
        {
            // The items cannot be null, so that a list with an invalid word is left out as a whole.
            return AreWords(element, item, path, errors) && Write(writer, name, element);
        }

        if (name is not null)
        {
            writer.WritePropertyName(name);
        }

        writer.WriteStartArray();
        var index = 0;
        foreach (var entry in element.EnumerateArray())
        {
            var place = $"{path}[{index++}]";
            if (IsNull(entry, place, errors) || !Fit(writer, null, entry, item, place, errors))
            {
                writer.WriteNullValue();
            }
        }

        writer.WriteEndArray();
        return true;
    }

    private static bool AreWords(JsonElement list, Type item, string path, FieldErrors errors)
    {
        var (all, index) = (true, 0);
        foreach (var entry in list.EnumerateArray())
        {
            var place = $"{path}[{index++}]";
            all &= !IsNull(entry, place, errors) && IsWord(entry, item, place, errors);
        }

        return all;
    }

    private static bool IsNull(JsonElement entry, string place, FieldErrors errors)
    {
        if (entry.ValueKind != JsonValueKind.Null)
        {
            return false;
        }

        errors.Add(place, "It cannot be null.");
        return true;
    }

    private static bool IsWord(JsonElement element, Type type, string path, FieldErrors errors)
    {
        try
        {
            element.Deserialize(type, RegistryJson.Options);

            // The converter of enums also takes capitals, and lists such as "member,observer".
            if (!Words.IsList(type) || Words.All(type).Contains(element.GetString(), StringComparer.Ordinal))
            {
                return true;
            }
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // Reported below, like any other unknown word.
        }

        errors.Add(path, Sentences.Expecting(type));
        return false;
    }

    private static bool FitObject(
        Utf8JsonWriter writer,
        string? name,
        JsonElement element,
        Type type,
        string path,
        FieldErrors errors
    )
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            errors.Add(path, "It is an object.");
            return false;
        }

        if (name is not null)
        {
            writer.WritePropertyName(name);
        }

        var members = Members.GetOrAdd(type, MembersOf);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        writer.WriteStartObject();
        foreach (var member in element.EnumerateObject())
        {
            FitMember(writer, member, members, seen, path, errors);
        }

        writer.WriteEndObject();
        return true;
    }

    private static void FitMember(
        Utf8JsonWriter writer,
        JsonProperty member,
        Dictionary<string, Member> members,
        HashSet<string> seen,
        string path,
        FieldErrors errors
    )
    {
        var name = NameOf(member);
        var place = path.Length == 0 ? name : $"{path}.{name}";
        if (!seen.Add(name))
        {
            errors.Add(place, "It can be given only once.");
        }
        else if (!members.TryGetValue(name, out var known))
        {
            errors.Add(place, "There is no such member.");
        }
        else if (known.Type == typeof(ClaimedValue))
        {
            // Any JSON value, including null: the expected type depends on the claimed field.
            RefuseRepeated(member.Value, place, errors);
            Write(writer, name, member.Value);
        }
        else if (member.Value.ValueKind != JsonValueKind.Null && !known.IsKept)
        {
            Fit(writer, name, member.Value, known.Type, place, errors);
        }
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
                    errors.Add(place, "It can be given only once.");
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
            // The patch is applied before its texts are validated, and copying a text fails on a lone surrogate.
            IsText(element, path, errors);
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
            throw new BadHttpRequestException("The name of a member has a lone surrogate, which is invalid Unicode.");
        }
    }

    /// <param name="Type">The expected type.</param>
    /// <param name="IsKept">True for a read-only member.</param>
    private sealed record Member(Type Type, bool IsKept);

    private enum JsonForm
    {
        Text,
        Word,
        List,
        Object,
    }

    /// <summary>The JSON representation of a type.</summary>
    /// <param name="Form">The kind of JSON value.</param>
    /// <param name="Type">The type; for a nullable value type, the underlying type.</param>
    /// <param name="Item">The type of the items of a list.</param>
    private sealed record Shape(JsonForm Form, Type Type, Type? Item = null)
    {
        public static Shape Of(Type type)
        {
            var target = Nullable.GetUnderlyingType(type) ?? type;
            return target switch
            {
                _ when target == typeof(string) => new(JsonForm.Text, target),
                _ when typeof(IEnumerable).IsAssignableFrom(target) => new(
                    JsonForm.List,
                    target,
                    target.GetGenericArguments()[0]
                ),
                _ when IsWord(target) => new(JsonForm.Word, target),
                _ => new(JsonForm.Object, target),
            };
        }

        private static bool IsWord(Type type) =>
            Words.IsList(type) || type.IsPrimitive || type == typeof(PartialDate) || type == typeof(DateTimeOffset);
    }
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
                "It is an instant with its UTC offset, such as 2026-05-31T12:00:00Z; encode a + in a query string as %2B.",
            _ when target == typeof(PartialDate) => "It is a date of the calendar as YYYY, YYYY-MM or YYYY-MM-DD.",
            _ when Words.IsList(target) => $"It is one of {string.Join(", ", Words.All(target))}.",
            _ => "It is not valid.",
        };
    }
}
