using System.ComponentModel;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Registry.Domain;
using Registry.Domain.Provenance;
using Registry.Infrastructure.Records.Models;

namespace Registry.Infrastructure.Provenance;

/// <summary>Finds the fields of claims in records, and writes claimed values into them.</summary>
internal static class FieldsOfRecords
{
    /// <summary>The members that identify a record, which cannot be claimed.</summary>
    private static readonly string[] Names = ["id", "code"];

    /// <summary>Gets the value of the field in the record, or none when it is absent.</summary>
    public static ClaimedValue ValueAt(string record, ClaimedField field)
    {
        using var whole = JsonDocument.Parse(record);
        var here = whole.RootElement;
        foreach (var step in field.Steps)
        {
            if (here.ValueKind == JsonValueKind.Object && here.TryGetProperty(step, out var member))
            {
                here = member;
            }
            else if (here.ValueKind == JsonValueKind.Array && PlaceOf(step, here.GetArrayLength()) is { } place)
            {
                here = here[place];
            }
            else
            {
                return ClaimedValue.None;
            }
        }

        return ClaimedValue.Of(here);
    }

    /// <summary>Gets the record with the value in the field, and the path of the field for error messages.</summary>
    /// <exception cref="IllegalValueException">Records of the type have no such field, or it is required.</exception>
    public static (JsonObject Record, string Path) With(
        Type document,
        string record,
        ClaimedField field,
        ClaimedValue value
    )
    {
        var whole = JsonNode.Parse(record)!.AsObject();
        JsonNode here = whole;
        var type = document;
        var path = new StringBuilder();
        foreach (var (index, step) in field.Steps.Index())
        {
            var isLast = index == field.Steps.Count - 1;
            if (here is JsonArray list)
            {
                var place = PlaceOf(step, list.Count) ?? throw Unknown(field);
                type = type.GetGenericArguments()[0];
                path.Append(CultureInfo.InvariantCulture, $"[{place}]");
                if (isLast)
                {
                    list[place] =
                        value.ToNode() ?? throw new IllegalValueException("value", "An item of a list needs a value.");
                    break;
                }

                here = list[place]!;
            }
            else if (here is JsonObject members && MemberOf(type, step) is { } member && !(index == 0 && IsName(step)))
            {
                type = member.PropertyType;
                path.Append(path.Length == 0 ? step : $".{step}");
                if (isLast)
                {
                    members.Remove(step);
                    if (!value.IsNone)
                    {
                        members[step] = value.ToNode();
                    }

                    break;
                }

                // An absent member has no items, but its own members can be claimed.
                here = members[step] ?? (members[step] = HasMembers(type) ? new JsonObject() : throw Unknown(field));
            }
            else
            {
                throw Unknown(field);
            }
        }

        return (whole, path.ToString());
    }

    private static IllegalValueException Unknown(ClaimedField field) =>
        new("field", $"The record has no field {field} that can be claimed.");

    private static bool IsName(string step) => Names.Contains(step, StringComparer.Ordinal);

    private static JsonPropertyInfo? MemberOf(Type type, string name) =>
        HasMembers(type)
            ? RegistryJson
                .Options.GetTypeInfo(type)
                .Properties.FirstOrDefault(member =>
                    member.Name == name && !member.AttributeProvider!.IsDefined(typeof(ReadOnlyAttribute), true)
                )
            : null;

    private static bool HasMembers(Type type) => RegistryJson.Options.GetTypeInfo(type).Kind == JsonTypeInfoKind.Object;

    /// <summary>An index of a list as in RFC 6901: without leading zeros.</summary>
    private static int? PlaceOf(string step, int count) =>
        int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
        && place < count
        && step == place.ToString(CultureInfo.InvariantCulture)
            ? place
            : null;
}
