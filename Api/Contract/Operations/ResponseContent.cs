using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Registry.Api.Contract.Examples;
using Registry.Api.Contract.Schemas;
using Registry.Api.Features.LinkedData;
using Registry.Api.Http;
using Registry.Api.Routing;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Tables;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Registry.Api.Contract.Operations;

/// <summary>Makes the content of responses, with schemas and examples, in the formats of an operation.</summary>
internal static class ResponseContent
{
    /// <summary>Adds the content in the other formats of the operation.</summary>
    public static Dictionary<string, IOpenApiMediaType> InAllFormats(
        Dictionary<string, IOpenApiMediaType> content,
        OperationShape shape
    )
    {
        for (var other = 1; other < shape.MediaTypes.Count; other++)
        {
            content[shape.MediaTypes[other]] = Text(shape, other);
        }

        return content;
    }

    /// <summary>Makes the content in a format that is sent as text.</summary>
    public static OpenApiMediaType Text(OperationShape shape, int mediaType) =>
        shape.MediaTypes[mediaType] == MediaTypes.JsonLd
            ? new()
            {
                Schema = new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = new OpenApiSchema() },
                Example = LinkedExampleOf(shape),
            }
        // A workbook is binary and has no example.
        : shape.MediaTypes[mediaType] == MediaTypes.Xlsx ? new() { Schema = PlainSchemas.Binary() }
        : new() { Schema = PlainSchemas.Text(), Example = ExampleOf(shape, shape.MediaTypes[mediaType]) };

    private static JsonObject? LinkedExampleOf(OperationShape shape)
    {
        const string Origin = "https://registry.example";
        return ExampleOf(shape)?.ToJsonString(RegistryJson.Options) is { } record
            ? Popolo.Document(Origin, Popolo.Nodes(Origin, shape.Answer!, record), shape.Kind == OperationKind.List)
            : null;
    }

    private static JsonNode ExampleOf(OperationShape shape, string mediaType)
    {
        if (shape.Kind == OperationKind.List && ExampleOf(shape) is { } item)
        {
            if (mediaType == MediaTypes.NdJson)
            {
                return $"{item.ToJsonString(RegistryJson.Options)}\n";
            }

            if (mediaType == MediaTypes.Csv)
            {
                return CsvLines.TextOf(CsvShape.Of(shape.Answer!), item.ToJsonString(RegistryJson.Options));
            }
        }

        return ChangeExamples.OfText(shape.Request, mediaType);
    }

    /// <summary>Makes the JSON content with the schema of the response type and its example.</summary>
    public static Dictionary<string, IOpenApiMediaType> JsonOf(OperationShape shape, OperationFilterContext context) =>
        Json(context.SchemaGenerator.GenerateSchema(shape.Answer!, context.SchemaRepository), ExampleOf(shape));

    /// <summary>Gets the example of the response, or of an item of it.</summary>
    public static JsonNode? ExampleOf(OperationShape shape) =>
        OperationExamples.OfAnswer(shape.Answer!, JsonNamingPolicy.CamelCase.ConvertName(shape.Name));

    /// <summary>Makes JSON content.</summary>
    public static Dictionary<string, IOpenApiMediaType> Json(IOpenApiSchema schema, JsonNode? example) =>
        new()
        {
            [MediaTypes.Json] = new OpenApiMediaType { Schema = schema, Example = example },
        };
}
