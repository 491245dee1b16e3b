using System.Globalization;
using Registry.Api.Http;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Mapping;

namespace Registry.Api.Routing;

/// <summary>A collection of records as the API serves it: the addresses, formats and texts of its standard operations.</summary>
internal sealed record RecordResource
{
    private const string AnyRecord = "a record";

    public RecordResource(RecordKind kind)
    {
        Kind = kind;
        Parameters = kind.Ids switch
        {
            IdForm.Code => [new("code", $"The code of the {kind.Noun}.")],
            IdForm.CodeInForum =>
            [
                new("forum", "The code of the forum."),
                new("code", $"The code of the {kind.Noun}."),
            ],
            _ => [new("id", $"The id of the {kind.Noun}.")],
        };
        CollectionPath = Parameters.Count == 1 ? $"/{kind.Collection}" : $"/forums/{{forum}}/{kind.Collection}";
        Path = $"{CollectionPath}/{{{Parameters[^1].Name}}}";
    }

    /// <summary>The description of the collection.</summary>
    public RecordKind Kind { get; }

    /// <summary>The parameters in the path of a record, in order.</summary>
    public IReadOnlyList<PathParameter> Parameters { get; }

    /// <summary>The tag of the operations in the contract: the name of the collection, unless another collection has the tag.</summary>
    public required string Tag { get; init; }

    /// <summary>The description of the tag; null when another collection describes it.</summary>
    public string? Description { get; init; }

    /// <summary>The examples of the operations.</summary>
    public required RecordExamples Examples { get; init; }

    /// <summary>The formats of a record; the first one is the default.</summary>
    public IReadOnlyList<ResponseFormat> Formats { get; init; } = [ResponseFormat.Json];

    /// <summary>The end of the description of the path parameter of GET; null for none.</summary>
    public string? OtherIds { get; init; }

    /// <summary>When other ids redirect to a record, as the description of the status 308; null when none do.</summary>
    public string? Redirects { get; init; }

    /// <summary>The end of the description of PATCH; null for none.</summary>
    public string? CorrectionRemarks { get; init; }

    /// <summary>The path of the collection below /v1, with parameters in braces.</summary>
    public string CollectionPath { get; }

    /// <summary>The path of a record below /v1, with parameters in braces.</summary>
    public string Path { get; }

    /// <summary>The id of the record that a path names. Codes are upper case and slugs are lower case, however they are typed.</summary>
    public string IdIn(RouteValueDictionary values) =>
        Kind.Cased(string.Join('/', Parameters.Select(parameter => (string)values[parameter.Name]!)));

    /// <summary>The address of a record.</summary>
    public string AddressOf(StoredRecord stored) => AddressOf(stored.Id);

    /// <summary>The address of the record with the id, whether or not it exists.</summary>
    public string AddressOf(string id)
    {
        var address = $"/v1{Path}";
        foreach (var (parameter, value) in Parameters.Zip(id.Split('/')))
        {
            address = address.Replace($"{{{parameter.Name}}}", value, StringComparison.Ordinal);
        }

        return address;
    }

    /// <summary>The name of a standard operation: <c>GetForum</c> for GetRecord.</summary>
    public string NameOf(Type request)
    {
        var name = request.Name.Split('`')[0].Replace("Formatted", "", StringComparison.Ordinal);
        return name.Replace(
            "Record",
            CultureInfo.InvariantCulture.TextInfo.ToTitleCase(Kind.Noun),
            StringComparison.Ordinal
        );
    }

    /// <summary>Adapts a text about any record to this collection: <c>Get a forum.</c></summary>
    public string? TextOf(string? text) =>
        text?.Replace(
            AnyRecord,
            $"{("aeiou".Contains(Kind.Noun[0], StringComparison.Ordinal) ? "an" : "a")} {Kind.Noun}",
            StringComparison.Ordinal
        );
}

/// <summary>A parameter in a path.</summary>
/// <param name="Name">The name in the path template.</param>
/// <param name="Description">The description in the contract.</param>
internal sealed record PathParameter(string Name, string Description);

/// <summary>Examples of the records of a collection.</summary>
/// <param name="Read">The id of the record of the default catalogue that examples of reads use.</param>
/// <param name="Created">The id of the record that the example of POST creates, for the steps after it.</param>
/// <param name="Replaced">The id of the record that the example of PUT creates, which is updated, deleted and restored.</param>
internal sealed record RecordExamples(string Read, string Created, string Replaced)
{
    /// <summary>A record as it is served.</summary>
    public required Func<object> Answer { get; init; }

    /// <summary>The body of POST; null when records are created under another one.</summary>
    public Func<object>? Create { get; init; }

    /// <summary>The body of PUT.</summary>
    public required Func<object> Replace { get; init; }

    /// <summary>The body of PATCH.</summary>
    public required Func<object> Correct { get; init; }

    /// <summary>The body of an operation of the kind, or null when it has none.</summary>
    public object? BodyOf(OperationKind kind) =>
        kind switch
        {
            OperationKind.Create => Create?.Invoke(),
            OperationKind.Replace => Replace(),
            OperationKind.Correct => Correct(),
            _ => null,
        };
}
