using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Registry.Api.Routing;

namespace Registry.Api.Contract;

/// <summary>The texts of the contract that are not taken from doc comments.</summary>
internal static class ContractText
{
    public static OpenApiInfo Info() =>
        new()
        {
            Title = "Registry",
            Version = "v1",
            Description = """
                Which states belong to which forums, since when, and according to which sources.

                - **Dates.** Select a day with `on=2022-09-22`, a month with `2022-09` or a year with `2022`; without `on`,
                  lists of standings show today (UTC). A date is known to the year (`1992`), the month (`1992-05`) or the
                  day (`1992-05-15`). Both ends of a period are inclusive. A list includes every item that may have held on
                  a selected day; `certain` is true when it held on all of them, whatever the exact dates were.
                - **Authentication.** Reading is open. Writing needs a key in the header `X-Api-Key`, and so do all
                  operations on subscriptions and imports.
                - **Concurrency.** Every record has a strong ETag. Send it in `If-Match` to replace, update or delete the
                  record, so that no concurrent change is lost, and in `If-None-Match` to read only what changed.
                - **Paging.** A list returns `next` while there are more items. A cursor is valid only for its own list.
                - **Errors** are problem details (RFC 9457) that name every invalid field. Their `type` resolves to an
                  explanation.
                - HEAD is supported wherever GET is.
                """,
            Contact = new OpenApiContact { Name = "The maintainers of Registry" },
            License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
        };

    /// <summary>The description of the operation's kind, then the remarks on its request.</summary>
    public static string? OperationDescription(OperationShape shape, bool namesVersion, string? remarks)
    {
        var texts = new[] { KindDescription(shape.Kind, namesVersion), remarks }.Where(text => text is not null);
        return texts.Any() ? string.Join("\n\n", texts) : null;
    }

    private static string? KindDescription(OperationKind kind, bool namesVersion) =>
        kind switch
        {
            OperationKind.Get =>
                "Returns the version as a strong ETag. Send it in If-None-Match: the response is 304 while the record "
                    + "is unchanged.",
            OperationKind.List =>
                "Returns JSON one page at a time: follow next until it is absent. A cursor is valid only for its own "
                    + "list, order and filters.",
            OperationKind.Feed =>
                "Returns changes in the order of the sequence: a client that follows next misses none and receives "
                    + "none twice.",
            OperationKind.Stream => "Streams the response: each part can be used as soon as it arrives.",
            OperationKind.Create => "Returns 201 with the address of the record in Location and its version in ETag.",
            OperationKind.Step =>
                "Adds a change in the world to the record and keeps what was before it. Returns the current record; "
                    + "when the record says so already, returns 200 and the version is unchanged.",
            OperationKind.Restore =>
                "Restores a deleted record as its next version, with its content before the deletion. The records that "
                    + "it refers to must exist.",
            OperationKind.Replace =>
                "Replaces the whole record. Name the version to replace: its ETag in If-Match, or * in If-None-Match to "
                    + "create a new record. A deleted record is created again, as its next version. When nothing "
                    + "changes, the version stays the same.",
            OperationKind.Correct =>
                "Applies a JSON merge patch (RFC 7396): omitted members stay, null removes a member, and a list is "
                    + "replaced as a whole. Name the version to change: its ETag in If-Match. When nothing changes, the "
                    + "version stays the same.",
            OperationKind.Delete => namesVersion ? "Name the version to delete: its ETag in If-Match." : null,
            OperationKind.Act => "Carries out a request only once per Idempotency-Key.",
            _ => "Computes the response for each request.",
        };

    public static OpenApiSchema PartialDate() =>
        new()
        {
            Type = JsonSchemaType.String,
            Pattern = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$",
            Description = "A date known to the year, the month or the day (EDTF level 0, ISO 8601-2).",
            Examples = [JsonValue.Create("1992-05-15"), JsonValue.Create("1992-05"), JsonValue.Create("1992")],
        };

    /// <summary>
    /// Any JSON value, including null. Every type is listed, because generated clients reject null otherwise.
    /// </summary>
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

    /// <summary>The description of API keys.</summary>
    public const string KeyScheme =
        "An API key. Writing needs the role editor, keys, the audit log and the status need admin. Reading needs no key while reads are "
        + "open, except for subscriptions and imports.";

    /// <summary>The description of bearer tokens.</summary>
    public const string TokenScheme =
        "A token of an OpenID Connect issuer (JWT, RFC 7519), accepted when an issuer is configured.";

    /// <summary>The description of a tag.</summary>
    public static string TagDescription(string tag) =>
        tag switch
        {
            "Index" => "The index of the registry.",
            "Changes" => "The change log as pages, as a stream and as a feed, and the export of the registry.",
            "Search" => "Search of records by name, and matching of lists of names.",
            "Keys" => "API keys with their roles and scopes, and the caller itself.",
            "Audit" => "The audit log: writes, changes of keys, refusals.",
            "Status" => "The state of the registry, for operators.",
            "Subscriptions" => "Webhooks: which changes are sent to whom, and the log of deliveries.",
            _ => RecordResources
                .All.FirstOrDefault(resource => resource.Tag == tag && resource.Description is not null)
                ?.Description
                ?? tag,
        };
}
