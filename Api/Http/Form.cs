namespace Registry.Api.Http;

/// <summary>A response format of a read.</summary>
/// <param name="Name">The name in the parameter format.</param>
/// <param name="MediaType">The media type in the header Accept.</param>
/// <param name="IsWhole">True when a list is returned whole, not in pages.</param>
/// <param name="IsTable">True when the items are rows with columns.</param>
internal sealed record Form(string Name, string MediaType, bool IsWhole = false, bool IsTable = false)
{
    public static readonly Form Json = new("json", MediaTypes.Json);

    public static readonly Form NdJson = new("ndjson", MediaTypes.NdJson, IsWhole: true);

    public static readonly Form Csv = new("csv", MediaTypes.Csv, IsWhole: true, IsTable: true);

    public static readonly Form Xlsx = new("xlsx", MediaTypes.Xlsx, IsWhole: true, IsTable: true);

    public static readonly Form Calendar = new("ical", MediaTypes.Calendar, IsWhole: true);

    public static readonly Form JsonLd = new("jsonld", MediaTypes.JsonLd);

    public static readonly Form EventStream = new("events", MediaTypes.EventStream, IsWhole: true);

    public static readonly Form Atom = new("atom", MediaTypes.Atom);
}
