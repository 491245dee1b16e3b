using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;
using Registry.Api.Access;
using Registry.Api.Http;
using Registry.Infrastructure.Database;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Registry.Api.Contract;

/// <summary>Describes an operation from the request it reads and the shape it was mapped with.</summary>
internal sealed class OperationShapes(CodeComments comments) : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var shape = context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<OperationShape>().SingleOrDefault();
        if (shape is null)
        {
            return;
        }

        operation.OperationId = JsonNamingPolicy.CamelCase.ConvertName(shape.Request.Name);
        operation.Summary = comments.Of(shape.Request)?.TrimEnd('.');
        operation.Parameters = [.. ParametersOf(shape.Request, context)];
        operation.RequestBody = BodyOf(shape.Request, context);
        operation.Responses = ResponsesOf(shape, context);
        operation.Security = IsWrite(shape.Kind) ? [Key(context)] : [];
    }

    private static bool IsWrite(OperationKind kind) => kind is not (OperationKind.Get or OperationKind.List);

    private static OpenApiSecurityRequirement Key(OperationFilterContext context) =>
        new() { [new OpenApiSecuritySchemeReference(KeyAuthentication.SchemeName, context.Document)] = [] };

    private IEnumerable<IOpenApiParameter> ParametersOf(Type request, OperationFilterContext context)
    {
        // Those of the path first, then the operation's own, then what every list has.
        var properties = request
            .GetProperties()
            .OrderBy(property => property.IsDefined(typeof(FromRouteAttribute)) ? 0 : 1)
            .ThenBy(property => property.DeclaringType == typeof(ListQuery) ? 1 : 0);
        foreach (var property in properties)
        {
            if (property.GetCustomAttribute<FromRouteAttribute>() is { } route)
            {
                var name = route.Name ?? RequestReader.ParameterOf(property);
                yield return new OpenApiParameter
                {
                    Name = name,
                    In = ParameterLocation.Path,
                    Required = true,
                    Description = comments.Of(property),
                    Schema = Text(),
                    Example = Examples.OfPath(request, name),
                };
            }
            else if (property.GetCustomAttribute<FromHeaderAttribute>()?.Name is { } header)
            {
                yield return new OpenApiParameter
                {
                    Name = header,
                    In = ParameterLocation.Header,
                    Description = comments.Of(property),
                    Schema = Text(),
                };
            }
            else if (property.IsDefined(typeof(FromQueryAttribute)))
            {
                yield return new OpenApiParameter
                {
                    Name = RequestReader.ParameterOf(property),
                    In = ParameterLocation.Query,
                    Description = comments.Of(property),
                    Schema = SchemaOf(property, request, context),
                };
            }
        }
    }

    private static IOpenApiSchema SchemaOf(PropertyInfo property, Type request, OperationFilterContext context)
    {
        if (property.Name == nameof(ListQuery.Sort))
        {
            var sorts = ((ListQuery)Activator.CreateInstance(request)!).Sorts;
            return new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Enum = [.. sorts.Concat(sorts.Select(sort => $"-{sort}")).Select(sort => JsonValue.Create(sort)!)],
                Default = sorts[0],
            };
        }

        if (property.Name == nameof(ListQuery.Limit))
        {
            return new OpenApiSchema
            {
                Type = JsonSchemaType.Integer,
                Minimum = "1",
                Maximum = "200",
                Default = ((ListQuery)Activator.CreateInstance(request)!).DefaultLimit,
            };
        }

        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var schema = context.SchemaGenerator.GenerateSchema(type, context.SchemaRepository);
        if (schema is OpenApiSchema plain)
        {
            plain.Pattern = property.GetCustomAttribute<RegularExpressionAttribute>()?.Pattern;
            plain.MaxLength = property.GetCustomAttribute<StringLengthAttribute>()?.MaximumLength;
        }

        return schema;
    }

    private static OpenApiRequestBody? BodyOf(Type request, OperationFilterContext context)
    {
        var body = request.GetProperties().SingleOrDefault(property => property.IsDefined(typeof(FromBodyAttribute)));
        if (body is null)
        {
            return null;
        }

        var isPatch = body.PropertyType == typeof(JsonObject);
        return new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, IOpenApiMediaType>
            {
                [isPatch ? MediaTypes.MergePatch : MediaTypes.Json] = new OpenApiMediaType
                {
                    Schema = isPatch
                        ? new OpenApiSchema
                        {
                            Type = JsonSchemaType.Object,
                            Description = "The members that change; null removes one (RFC 7396).",
                        }
                        : context.SchemaGenerator.GenerateSchema(body.PropertyType, context.SchemaRepository),
                    Example = Examples.OfRequest(request),
                },
            },
        };
    }

    private static OpenApiResponses ResponsesOf(OperationShape shape, OperationFilterContext context)
    {
        var responses = new OpenApiResponses();
        var hasPath = context.ApiDescription.RelativePath!.Contains('{', StringComparison.Ordinal);
        if (shape.Kind == OperationKind.List)
        {
            responses["200"] = Page(shape, context);
        }
        else if (shape.Kind is OperationKind.Get or OperationKind.Correct or OperationKind.Replace)
        {
            responses["200"] = Record("The record as it stands.", shape, context, located: false);
        }

        if (shape.Kind is OperationKind.Create or OperationKind.Step or OperationKind.Replace)
        {
            responses["201"] = Record("The record, put on file.", shape, context, located: true);
        }

        if (shape.Kind == OperationKind.Delete)
        {
            responses["204"] = new OpenApiResponse { Description = "The record is off file." };
        }

        if (shape.Kind == OperationKind.Get)
        {
            responses["304"] = new OpenApiResponse { Description = "The caller has this version already." };
        }

        foreach (var status in ErrorsOf(shape, hasPath))
        {
            responses[$"{status}"] = new OpenApiResponseReference(DocumentShape.NameOf(status), context.Document);
        }

        return responses;
    }

    private static IEnumerable<int> ErrorsOf(OperationShape shape, bool hasPath)
    {
        yield return 400;
        if (IsWrite(shape.Kind))
        {
            yield return 401;
        }

        if (hasPath)
        {
            yield return 404;
        }

        yield return 406;
        if (IsWrite(shape.Kind))
        {
            yield return 409;
        }

        if (hasPath)
        {
            yield return 410;
        }

        if (shape.Request.GetProperties().Any(property => property.PropertyType == typeof(ExpectedVersion)))
        {
            yield return 412;
        }

        if (IsWrite(shape.Kind) && shape.Kind != OperationKind.Delete)
        {
            yield return 413;
            yield return 415;
        }

        if (shape.Kind is OperationKind.Replace or OperationKind.Correct or OperationKind.Delete)
        {
            yield return 428;
        }

        yield return 500;
        yield return 503;
    }

    private static OpenApiResponse Record(
        string description,
        OperationShape shape,
        OperationFilterContext context,
        bool located
    )
    {
        var headers = new Dictionary<string, IOpenApiHeader>
        {
            ["ETag"] = new OpenApiHeader { Description = "The version, as a strong entity tag.", Schema = Text() },
        };
        if (located)
        {
            headers["Location"] = new OpenApiHeader { Description = "The address of the record.", Schema = Text() };
        }

        return new OpenApiResponse
        {
            Description = description,
            Headers = headers,
            Content = Json(
                context.SchemaGenerator.GenerateSchema(shape.Answer!, context.SchemaRepository),
                Examples.OfAnswer(shape.Answer!)
            ),
        };
    }

    private static OpenApiResponse Page(OperationShape shape, OperationFilterContext context) =>
        new()
        {
            Description = "A page of the list.",
            Headers = new Dictionary<string, IOpenApiHeader>
            {
                ["Link"] = new OpenApiHeader
                {
                    Description = "The next page, as rel=next (RFC 8288); absent on the last one.",
                    Schema = Text(),
                },
            },
            Content = Json(
                new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Required = new HashSet<string> { "items" },
                    Properties = new Dictionary<string, IOpenApiSchema>
                    {
                        ["items"] = new OpenApiSchema
                        {
                            Type = JsonSchemaType.Array,
                            Items = context.SchemaGenerator.GenerateSchema(shape.Answer!, context.SchemaRepository),
                        },
                        ["next"] = new OpenApiSchema
                        {
                            Type = JsonSchemaType.String,
                            Description = "The address of the next page; absent on the last one.",
                        },
                        ["total"] = new OpenApiSchema
                        {
                            Type = JsonSchemaType.Integer,
                            Description = "How many items there are in all, if that was asked (count=true).",
                        },
                    },
                },
                new JsonObject { ["items"] = new JsonArray(Examples.OfAnswer(shape.Answer!)) }
            ),
        };

    private static Dictionary<string, IOpenApiMediaType> Json(IOpenApiSchema schema, JsonNode? example) =>
        new()
        {
            [MediaTypes.Json] = new OpenApiMediaType { Schema = schema, Example = example },
        };

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };
}
