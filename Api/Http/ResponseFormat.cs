using Registry.Api.Http.Lists;
using Registry.Infrastructure.Records.Mapping;

namespace Registry.Api.Http;

/// <summary>A format of responses. A feature with its own format declares it together with its writers.</summary>
/// <param name="Name">The name in the parameter format.</param>
/// <param name="MediaType">The media type in the header Accept.</param>
internal sealed record ResponseFormat(string Name, string MediaType)
{
    public static readonly ResponseFormat Json = new("json", MediaTypes.Json) { HasFields = true };

    public static readonly ResponseFormat NdJson = new("ndjson", MediaTypes.NdJson)
    {
        IsWhole = true,
        HasFields = true,
    };

    public static readonly ResponseFormat Csv = new("csv", MediaTypes.Csv)
    {
        IsWhole = true,
        IsTable = true,
        HasFields = true,
    };

    public static readonly ResponseFormat Xlsx = new("xlsx", MediaTypes.Xlsx)
    {
        IsWhole = true,
        IsTable = true,
        HasFields = true,
    };

    public static readonly ResponseFormat EventStream = new("events", MediaTypes.EventStream) { IsWhole = true };

    public static readonly ResponseFormat Atom = new("atom", MediaTypes.Atom);

    /// <summary>True when a list is returned whole, not in pages.</summary>
    public bool IsWhole { get; init; }

    /// <summary>True when the items are rows with columns.</summary>
    public bool IsTable { get; init; }

    /// <summary>True when members of the items can be selected with the parameter fields.</summary>
    public bool HasFields { get; init; }

    /// <summary>
    /// The revision of the format, which is part of the entity tag: after a change of the format, clients with a cached response
    /// receive the new one. 0 for a format that has not changed.
    /// </summary>
    public int Revision { get; init; }

    /// <summary>Writes one record of a type; null for a format that only lists have.</summary>
    public Func<HttpRequest, Type, StoredRecord, string>? WriteRecord { get; init; }

    /// <summary>Makes the response for a list from its first page; null for the formats that every list has.</summary>
    public Func<ListQuery, Page, IResult>? AnswerList { get; init; }
}
