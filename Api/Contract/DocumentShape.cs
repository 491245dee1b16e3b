using System.Text.Json;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using Registry.Api.Contract.Schemas;
using Registry.Api.Http;
using Registry.Api.Http.Problems;
using Registry.Domain;
using Registry.Infrastructure.Records.Models;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Registry.Api.Contract;

/// <summary>Adds what operations share: error responses, tags and the server.</summary>
internal sealed class DocumentShape : IDocumentFilter
{
    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        swaggerDoc.Servers = [new OpenApiServer { Url = "/", Description = "The server of this document." }];
        swaggerDoc.Tags = swaggerDoc
            .Paths.Values.SelectMany(path => path.Operations!.Values)
            .SelectMany(operation => operation.Tags!)
            .Select(tag => tag.Name!)
            .Distinct()
            .Order(StringComparer.Ordinal)
            .Select(name => new OpenApiTag { Name = name, Description = ContractText.TagDescription(name) })
            .ToHashSet();

        var problem = context.SchemaGenerator.GenerateSchema(typeof(Problem), context.SchemaRepository);

        // 405 is returned by routing, so that no operation documents it.
        swaggerDoc.Components!.Responses = ProblemTypes
            .All.Where(type => type.Status != StatusCodes.Status405MethodNotAllowed)
            .GroupBy(type => type.Status)
            .ToDictionary(types => NameOf(types.Key), IOpenApiResponse (types) => ResponseOf([.. types], problem));
        SchemaUse.Settle(swaggerDoc);
    }

    /// <summary>The name of the shared response for a status.</summary>
    public static string NameOf(int status) => $"Problem{status}";

    private static OpenApiResponse ResponseOf(ProblemType[] types, IOpenApiSchema schema) =>
        new OpenApiResponse
        {
            Description = string.Join(" Or: ", types.Select(type => type.Title)),
            Headers = HeadersOf(types[0].Status),
            Content = new Dictionary<string, IOpenApiMediaType>
            {
                [MediaTypes.Problem] = new OpenApiMediaType
                {
                    Schema = schema,
                    Examples = types.ToDictionary(type => type.Code, ExampleOf),
                },
            },
        };

    private static Dictionary<string, IOpenApiHeader>? HeadersOf(int status) =>
        status switch
        {
            StatusCodes.Status401Unauthorized => Header(
                HeaderNames.WWWAuthenticate,
                "The authentication scheme that is required."
            ),
            StatusCodes.Status415UnsupportedMediaType => new[]
            {
                Header(HeaderNames.Accept, "The accepted media types (RFC 9110)."),
                Header("Accept-Patch", "The accepted media types of patches (RFC 5789)."),
                Header(HeaderNames.AcceptEncoding, "The accepted codings, when that of the body is not (RFC 9110)."),
            }
                .SelectMany(header => header)
                .ToDictionary(),
            StatusCodes.Status429TooManyRequests => new[]
            {
                Header(HeaderNames.RetryAfter, "The seconds after which to try again."),
                Header("RateLimit-Policy", "The quotas of the caller (draft-ietf-httpapi-ratelimit-headers)."),
                Header("RateLimit", "What is left of them, and the seconds until they are whole again."),
            }
                .SelectMany(header => header)
                .ToDictionary(),
            StatusCodes.Status503ServiceUnavailable or StatusCodes.Status507InsufficientStorage => Header(
                HeaderNames.RetryAfter,
                "The seconds after which to try again."
            ),
            StatusCodes.Status428PreconditionRequired => Header(
                HeaderNames.ETag,
                "The ETag of the current version, for If-Match."
            ),
            _ => null,
        };

    private static Dictionary<string, IOpenApiHeader> Header(string name, string description) =>
        new()
        {
            [name] = new OpenApiHeader
            {
                Description = description,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            },
        };

    private static IOpenApiExample ExampleOf(ProblemType type) =>
        new OpenApiExample
        {
            Summary = type.Title,
            Description = type.Explanation,
            Value = JsonSerializer.SerializeToNode(
                new Problem
                {
                    Type = type.Address,
                    Title = type.Title,
                    Status = type.Status,
                    Errors =
                        type.Code == "invalid-request"
                            ? new Dictionary<string, string[]>
                            {
                                ["names[0].language"] = ["It is a BCP 47 language tag, such as en or sr-Latn."],
                                ["on"] = [ErrorMessages.Expecting(typeof(PartialDate))],
                            }
                            : null,
                    CurrentETag = type.Code == "version-required" ? "\"3\"" : null,
                    TraceId = "00-7d3c0f1a5b2e4c6d8f9a0b1c2d3e4f5a-6b7c8d9e0f1a2b3c-00",
                },
                RegistryJson.Options
            ),
        };
}
