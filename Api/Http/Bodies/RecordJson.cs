using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Registry.Api.Http.Problems;
using Registry.Infrastructure.Provenance;
using Registry.Infrastructure.Records.Models;

namespace Registry.Api.Http.Bodies;

/// <summary>Reads records from JSON: whole, or after a merge patch.</summary>
internal static class RecordJson
{
    private static readonly ConcurrentDictionary<Type, (string Member, string List)[]> DerivedMembers = new();

    /// <summary>Reads a record after applying a patch.</summary>
    /// <exception cref="InvalidRequestException">The result is not a valid document, or the patch removes an unknown member.</exception>
    public static T ReadPatched<T>(string record, JsonObject patch)
        where T : class
    {
        var errors = new FieldErrors();
        ReportUnknownRemovals(patch, typeof(T), "", errors);
        patch = WithDerivedMembers(patch, typeof(T));
        var patched = JsonSerializer.SerializeToElement(MergePatch.Apply(record, patch));
        var read = (T?)JsonBinder.Read(patched, typeof(T), errors);
        if (read is not null)
        {
            Annotations.Check(read, "", errors);
        }

        errors.ThrowIfAny();
        return read!;
    }

    /// <summary>Reads a whole record, and reports its errors.</summary>
    public static RecordReading Read(Type type, JsonElement record)
    {
        var errors = new FieldErrors();
        var read = (RecordModel?)JsonBinder.Read(record, type, errors);
        if (read is not null)
        {
            Annotations.Check(read, "", errors);
        }

        return new RecordReading(read, errors.Found);
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

    /// <summary>Reports unknown members that a patch sets to null: they leave no trace in the record.</summary>
    private static void ReportUnknownRemovals(JsonObject patch, Type type, string path, FieldErrors errors)
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
            else if (
                change is JsonObject nested
                && !Annotations.IsReadOnly(known.AttributeProvider!)
                && IsObject(known)
            )
            {
                ReportUnknownRemovals(nested, known.PropertyType, place, errors);
            }
        }

        static bool IsObject(JsonPropertyInfo member) =>
            RegistryJson.Options.GetTypeInfo(member.PropertyType).Kind == JsonTypeInfoKind.Object;
    }
}
