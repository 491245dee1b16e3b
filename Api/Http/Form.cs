namespace Registry.Api.Http;

/// <summary>A form in which a read can be answered.</summary>
/// <param name="Name">Its name in the parameter format.</param>
/// <param name="MediaType">Its name in the header Accept.</param>
/// <param name="IsWhole">True where a list is given whole, and not in pages.</param>
/// <param name="IsTable">True where the items are rows with columns.</param>
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
