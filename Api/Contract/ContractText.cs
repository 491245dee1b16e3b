using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Registry.Api.Http;

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

                - **Every fact has a time.** Ask for a day with `on=2022-09-22`, a month (`2022-09`) or a year (`2022`);
                  without it, lists of standings answer for today (UTC). Dates may be known to the year (`1992`), the
                  month (`1992-05`) or the day (`1992-05-15`), and both ends of a period are inclusive. An item is given
                  that may have held on a day asked for; `certain` is true where it held on all of them, whatever the
                  exact dates were.
                - **Reading is open.** Writing needs a key in the header `X-Api-Key`; so does everything about subscriptions
                  and imports.
                - **No change of another is lost.** Every record has a strong ETag; send it in `If-Match` to replace,
                  correct or delete, and in `If-None-Match` to read only what changed.
                - **Lists** give `next` while there is more. Follow it; a cursor is good for its own list alone.
                - **Refusals** are problem details (RFC 9457) that name every field at fault. The `type` resolves to an
                  explanation.
                - HEAD is understood wherever GET is.
                """,
            Contact = new OpenApiContact { Name = "The maintainers of Registry" },
            License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
        };

    /// <summary>What is true of every operation of a kind.</summary>
    public static string OperationDescription(OperationShape shape) =>
        shape.Kind switch
        {
            OperationKind.Get =>
                "Answers with the version as a strong ETag; send it in If-None-Match, and the answer is 304 "
                    + "while the record stands as it was.",
            OperationKind.List =>
                "As JSON a page at a time: follow next until it is absent. A cursor is good for its own list, order "
                    + "and filters.",
            OperationKind.Feed =>
                "In the order of the sequence: who follows next misses nothing and sees nothing twice.",
            OperationKind.Stream =>
                "Goes on as long as there is something to give; what is read can be used as it comes.",
            OperationKind.Create => "Answers 201 with the address of the record in Location and its version in ETag.",
            OperationKind.Step =>
                "Keeps a change in the world beside what was before it, and answers with the record as it "
                    + "stands now; with 200 and the version it has where the record says so already.",
            OperationKind.Restore =>
                "Puts the record on file again as its next version, with what it said before the deletion. What it "
                    + "names has to be on record by now too.",
            OperationKind.Replace =>
                "Takes the record whole. Say which version is meant: its ETag in If-Match, or * in "
                    + "If-None-Match where the record is to be new. A record that was deleted is created again, as its "
                    + "next version. Where nothing changes, the version stays.",
            OperationKind.Correct =>
                "A merge patch (RFC 7396): what is left out stays, null removes a member, and a list is "
                    + "replaced whole. Say which version is meant: its ETag in If-Match. Where nothing changes, the version "
                    + "stays.",
            OperationKind.Delete =>
                "Leaves a tombstone: the versions stay on file, and the record can be restored. Say which "
                    + "version is meant: its ETag in If-Match.",
            OperationKind.Act => "Is done once for each request with a key of its own in Idempotency-Key.",
            _ => "Worked out anew for each request.",
        };

    public static OpenApiSchema PartialDate() =>
        new()
        {
            Type = JsonSchemaType.String,
            Pattern = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$",
            Description = "A date known to the year, the month or the day (EDTF level 0, ISO 8601-2).",
            Examples = [JsonValue.Create("1992-05-15"), JsonValue.Create("1992-05"), JsonValue.Create("1992")],
        };

    /// <summary>Any JSON, null too. Every type is named: where none is, generated clients take null for a fault.</summary>
    public static OpenApiSchema ClaimedValue() =>
        new()
        {
            Type =
                JsonSchemaType.Null
                | JsonSchemaType.String
                | JsonSchemaType.Number
                | JsonSchemaType.Boolean
                | JsonSchemaType.Object
                | JsonSchemaType.Array,
            Items = new OpenApiSchema(),
            AdditionalProperties = new OpenApiSchema(),
            Examples = [JsonValue.Create("2011")],
        };

    public static string TagDescription(string tag) =>
        tag switch
        {
            "Index" => "What there is, to start from.",
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
            "Search" => "Records found by their names, and lists of names matched with records.",
            "Subscriptions" => "Who is told of changes over HTTP (webhooks), which ones, and how that went.",
            _ => tag,
        };
}
