using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Registry.Api.Contract;

/// <summary>What the contract says in words.</summary>
internal static class ContractText
{
    public static OpenApiInfo Info() =>
        new()
        {
            Title = "Registry",
            Version = "v1",
            Description = """
                Which states belong to which forums and since when, in their own words and with their sources.

                - **Every fact has a time.** Ask for a day with `on=YYYY-MM-DD`; without it, lists of standings answer for
                  today (UTC). Dates may be known to the year (`1992`), the month (`1992-05`) or the day (`1992-05-15`),
                  and both ends of a period are inclusive. Where a day falls inside an end that is not known exactly,
                  `certain` is false.
                - **Reading is open.** Writing needs a key in the header `X-Api-Key`; so does everything about subscriptions
                  and imports.
                - **No change of another is lost.** Every record has a strong ETag; send it in `If-Match` to replace,
                  correct or delete, and in `If-None-Match` to read only what changed.
                - **Lists** give `next` while there is more. Follow it; a cursor is good for its own list alone.
                - **Refusals** are problem details (RFC 9457) that name every field at fault. The `type` resolves to an
                  explanation.
                - HEAD is understood wherever GET is.
                """,
            License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
        };

    public static OpenApiSchema PartialDate() =>
        new()
        {
            Type = JsonSchemaType.String,
            Pattern = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$",
            Description = "A date known to the year, the month or the day (EDTF level 0, ISO 8601-2).",
            Examples = [JsonValue.Create("1992-05-15"), JsonValue.Create("1992-05"), JsonValue.Create("1992")],
        };

    /// <summary>Any JSON: a schema that says nothing of the type.</summary>
    public static OpenApiSchema ClaimedValue() => new() { Examples = [JsonValue.Create("2011")] };

    public static string TagDescription(string tag) =>
        tag switch
        {
            "Forums" => "Conferences, alliances, unions and organizations of states.",
            "Meetings" => "Meetings of forums and their bodies: steps, agenda, who took part and who spoke for whom.",
            "Documents" => "What meetings draft, discuss, adopt and sign, until it is superseded or withdrawn.",
            "Outcomes" => "What meetings did, what they asked for, and how far that has come.",
            "Bodies" => "The organs of a forum: summits, councils, secretariats, funds.",
            "States" => "States, existing and gone.",
            "Memberships" => "Who stands in which forum, as what, and in which period.",
            "Chairmanships" => "Who chairs a forum or a body of it, and since when.",
            "Ministers" => "Persons who hold or held posts: ministers, heads of state, secretaries general.",
            "Changes" => "Every write in order, as pages, as a stream and as a feed, and the registry whole.",
            "Sources" => "Publications, registers and data sets that facts and claims rest on.",
            "Claims" => "What sources say of fields of records, also where the records say otherwise.",
            "Posts" => "Offices of states and bodies, and who is appointed to them.",
            "Subscriptions" => "Who is told of changes over HTTP (webhooks), which ones, and how that went.",
            _ => tag,
        };
}
