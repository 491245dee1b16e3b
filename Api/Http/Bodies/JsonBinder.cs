using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;
using Registry.Api.Http.Problems;
using Registry.Domain.Provenance;
using Registry.Infrastructure.Records.Models;

namespace Registry.Api.Http.Bodies;

/// <summary>
/// Deserializes JSON into a type, and reports every invalid member by its path: unknown, repeated, of the wrong type,
/// or with an invalid value.
/// </summary>
internal static class JsonBinder
{
    /// <summary>The options of the writer, without its checks: everything that is written has been checked.</summary>
    private static readonly JsonWriterOptions Unchecked = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private static readonly ConcurrentDictionary<Type, Dictionary<string, Member>> Members = new();

    private static readonly ConcurrentDictionary<Type, JsonShape> Shapes = new();

    /// <summary>
    /// Reads an element as a type. An invalid value is reported and skipped, so that the rest can still be read and
    /// checked.
    /// </summary>
    public static object? Read(JsonElement element, Type type, FieldErrors errors)
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
        var shape = Shapes.GetOrAdd(type, JsonShape.Of);
        switch (shape.Form)
        {
            case JsonForm.Text:
                return JsonTexts.IsText(element, path, errors) && Write(writer, name, element);
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

        errors.Add(path, ErrorMessages.Expecting(type));
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
        var name = JsonTexts.NameOf(member);
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
            JsonTexts.RefuseRepeated(member.Value, place, errors);
            Write(writer, name, member.Value);
        }
        else if (member.Value.ValueKind != JsonValueKind.Null && !known.IsReadOnly)
        {
            Fit(writer, name, member.Value, known.Type, place, errors);
        }
    }

    private static Dictionary<string, Member> MembersOf(Type type) =>
        RegistryJson
            .Options.GetTypeInfo(type)
            .Properties.ToDictionary(
                member => member.Name,
                member => new Member(member.PropertyType, Annotations.IsReadOnly(member.AttributeProvider!)),
                StringComparer.Ordinal
            );

    /// <param name="Type">The expected type.</param>
    /// <param name="IsReadOnly">True for a read-only member.</param>
    private sealed record Member(Type Type, bool IsReadOnly);
}
