using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Registry.Api.Features.Changes;
using Registry.Api.Http;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Api.Features.Search;

/// <summary>A record as a small page, for clients that show it in a frame (Reconciliation Service API 0.2).</summary>
internal static class EntityPreview
{
    /// <summary>The size of the frame in pixels.</summary>
    public const int Width = 400;

    /// <inheritdoc cref="Width"/>
    public const int Height = 160;

    private const string Style =
        "body{font:14px/1.35 sans-serif;margin:8px;overflow-wrap:anywhere}h1{font-size:16px;margin:0 0 4px}p{margin:0 0 4px}";

    /// <summary>The value of Content-Security-Policy for the page.</summary>
    public static string Policy { get; } = SecurityHeaders.OfFrame(Style);

    private static readonly string[] Shown =
    [
        "kind",
        "region",
        "alpha2",
        "founded",
        "dissolved",
        "starts",
        "ends",
        "city",
        "date",
        "status",
        "born",
        "died",
        "symbol",
        "published",
    ];

    /// <summary>Renders the page of a record.</summary>
    /// <param name="name">The record as the index of names has it.</param>
    /// <param name="record">The record as it is served.</param>
    /// <param name="root">The base URL of the service, without a trailing slash.</param>
    public static string Of(RecordName name, string record, string root)
    {
        using var document = JsonDocument.Parse(record);
        var title = Text(document.RootElement, "name") ?? Text(document.RootElement, "title") ?? name.Id;
        var facts = Shown
            .Select(member => (Member: member, Value: Text(document.RootElement, member)))
            .Where(fact => fact.Value is not null)
            .Take(5);
        var page = new StringBuilder("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
            .Append(Safe(title))
            .Append("</title><style>")
            .Append(Style)
            .Append("</style></head><body><h1><a target=\"_blank\" rel=\"noopener\" href=\"")
            .Append(Safe($"{root}{ChangeRoutes.AddressOf(name.Collection, name.Id)}"))
            .Append("\">")
            .Append(Safe(title))
            .Append("</a></h1><p>")
            .Append(Safe($"{EntityType.Of(name.Collection).Name} {name.Id}"))
            .Append("</p>");
        foreach (var (member, value) in facts)
        {
            page.Append("<p>").Append(Safe($"{member}: {value}")).Append("</p>");
        }

        return page.Append("</body></html>").ToString();
    }

    private static string Safe(string text) => HtmlEncoder.Default.Encode(text);

    private static string? Text(JsonElement record, string member) =>
        record.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
