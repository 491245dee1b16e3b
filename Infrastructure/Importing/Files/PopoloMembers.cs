using System.Text.Json;
using System.Text.Json.Nodes;

namespace Registry.Infrastructure.Importing.Files;

/// <summary>The members of a Popolo document that are imported.</summary>
internal static class PopoloMembers
{
    /// <summary>The members of each list that are imported, or that only repeat others.</summary>
    private static readonly Dictionary<string, string[]> Imported = new(StringComparer.Ordinal)
    {
        ["persons"] =
        [
            "id",
            "name",
            "family_name",
            "given_name",
            "patronymic_name",
            "sort_name",
            "other_names",
            "birth_date",
            "death_date",
            "identifiers",
            "links",
            "sources",
        ],
        ["organizations"] =
        [
            "id",
            "name",
            "other_names",
            "classification",
            "parent_id",
            "founding_date",
            "dissolution_date",
            "identifiers",
            "sources",
        ],
        ["posts"] = ["id", "label", "role", "organization_id", "start_date", "end_date", "sources"],
        ["memberships"] =
        [
            "id",
            "person_id",
            "post_id",
            "organization_id",
            "role",
            "label",
            "start_date",
            "end_date",
            "legislative_period_id",
            "sources",
        ],
    };

    /// <summary>Notes the members of an object that are not imported.</summary>
    public static void NoteOthers(string list, JsonObject one, PopoloRemainder remainder)
    {
        foreach (var (member, value) in one)
        {
            var isEmpty =
                value is null or JsonArray { Count: 0 }
                || (
                    value is JsonValue
                    && PopoloJson.Text(one, member) is null
                    && value.GetValueKind() == JsonValueKind.String
                );
            if (!isEmpty && !Imported[list].Contains(member))
            {
                remainder.Member(list, member);
            }
        }
    }

    /// <summary>Notes the lists of the document that are not imported at all.</summary>
    public static void NoteOtherLists(JsonObject document, PopoloRemainder remainder)
    {
        var terms = PopoloJson
            .Of(document, "memberships")
            .Select(membership => PopoloJson.Text(membership, "legislative_period_id"))
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        remainder.List(
            "events",
            PopoloJson
                .Of(document, "events")
                .Count(one => PopoloJson.Text(one, "id") is not { } id || !terms.Contains(id))
        );
        foreach (var (list, value) in document)
        {
            if (value is JsonArray items && list != "events" && !Imported.ContainsKey(list))
            {
                remainder.List(list, items.Count);
            }
        }
    }
}
