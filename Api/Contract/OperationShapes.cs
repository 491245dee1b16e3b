using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
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
        operation.Parameters =
        [
            .. ParametersOf(shape.Request, context),
            .. shape.Kind.IsWrite() ? [Reason()] : Array.Empty<OpenApiParameter>(),
        ];
        operation.RequestBody = UploadOf(shape, context) ?? BodyOf(shape.Request, context);
        operation.Responses = ResponsesOf(shape, context);
        operation.Security = NeedsKey(shape, context) ? [Key(context)] : [];
    }

    private static bool NeedsKey(OperationShape shape, OperationFilterContext context) =>
        shape.Kind.IsWrite() || context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>().Any();

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
                    Example = Examples.OfPath(context.ApiDescription.RelativePath!, name),
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

    private static OpenApiParameter Reason() =>
        new()
        {
            Name = Reasons.Header,
            In = ParameterLocation.Header,
            Description = "Why; kept in the history beside the change.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = Author.MaxReasonLength },
        };

    private static IOpenApiSchema SchemaOf(PropertyInfo property, Type request, OperationFilterContext context)
    {
        if (property.Name == nameof(ListQuery.Sort))
        {
            var list = (ListQuery)Activator.CreateInstance(request)!;
            var sorts = list.Sorts;
            return new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Enum = [.. sorts.Concat(sorts.Select(sort => $"-{sort}")).Select(sort => JsonValue.Create(sort)!)],
                Default = list.DefaultSort,
            };
        }

        if (property.Name == nameof(ListQuery.Limit) && request.IsAssignableTo(typeof(ListQuery)))
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
            if (property.GetCustomAttribute<RangeAttribute>() is { } range)
            {
                plain.Minimum = $"{range.Minimum}";
                plain.Maximum = $"{range.Maximum}";
            }

            if (property.GetCustomAttribute<DefaultValueAttribute>() is { Value: { } absent })
            {
                plain.Default = JsonValue.Create((int)absent);
            }
        }

        return schema;
    }

    private static UploadShape? UploadShapeOf(OperationFilterContext context) =>
        context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<UploadShape>().SingleOrDefault();

    private static OpenApiRequestBody? UploadOf(OperationShape shape, OperationFilterContext context) =>
        UploadShapeOf(context) is not { } upload
            ? null
            : new OpenApiRequestBody
            {
                Required = true,
                Content = upload.MediaTypes.ToDictionary(
                    mediaType => mediaType,
                    IOpenApiMediaType (mediaType) =>
                        new OpenApiMediaType
                        {
                            Schema =
                                mediaType == MediaTypes.Json
                                    ? new OpenApiSchema { Type = JsonSchemaType.Object }
                                    : Text(),
                            Example = ImportExamples.OfFile(shape.Request, mediaType),
                        }
                ),
            };

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
            Required = body.IsDefined(typeof(RequiredAttribute)),
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
        else if (shape.Kind == OperationKind.Feed)
        {
            responses["200"] = Feed(shape, context);
        }
        else if (shape.Kind == OperationKind.Stream)
        {
            responses["200"] = new OpenApiResponse
            {
                Description = "As much as there is, piece by piece.",
                Content = new Dictionary<string, IOpenApiMediaType> { [shape.MediaTypes[0]] = Text(shape, 0) },
            };
        }
        else if (UploadShapeOf(context) is not null)
        {
            responses["201"] = Started("The caller waited, and it has ended.", shape, context);
            responses["202"] = Started("It is received and goes on.", shape, context);
        }
        else if (shape.Kind is OperationKind.Answer or OperationKind.Act)
        {
            responses["200"] = new OpenApiResponse { Description = "The answer.", Content = JsonOf(shape, context) };
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
            responses["204"] = new OpenApiResponse
            {
                Description = NamesVersion(shape) ? "The record is off file." : "It is seen to.",
            };
        }

        if (shape.Kind == OperationKind.Get)
        {
            responses["304"] = new OpenApiResponse { Description = "The caller has this version already." };
        }

        foreach (var status in ErrorsOf(shape, hasPath, NeedsKey(shape, context)))
        {
            responses[$"{status}"] = new OpenApiResponseReference(DocumentShape.NameOf(status), context.Document);
        }

        return responses;
    }

    private static IEnumerable<int> ErrorsOf(OperationShape shape, bool hasPath, bool needsKey)
    {
        yield return 400;
        if (needsKey)
        {
            yield return 401;
        }

        if (hasPath)
        {
            yield return 404;
        }

        yield return 406;
        if (shape.Kind.IsWrite())
        {
            yield return 409;
        }

        if (hasPath)
        {
            yield return 410;
        }

        if (NamesVersion(shape))
        {
            yield return 412;
        }

        if (shape.Kind.IsWrite() && shape.Kind != OperationKind.Delete)
        {
            yield return 413;
            yield return 415;
        }

        if (shape.Kind is OperationKind.Replace or OperationKind.Correct or OperationKind.Delete && NamesVersion(shape))
        {
            yield return 428;
        }

        yield return 500;
        yield return 503;
    }

    private static bool NamesVersion(OperationShape shape) =>
        shape.Request.GetProperties().Any(property => property.PropertyType == typeof(ExpectedVersion));

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
            Content = JsonOf(shape, context),
        };
    }

    private static OpenApiResponse Started(string description, OperationShape shape, OperationFilterContext context) =>
        new()
        {
            Description = description,
            Headers = new Dictionary<string, IOpenApiHeader>
            {
                ["Location"] = new OpenApiHeader { Description = "Where to ask how far it has come.", Schema = Text() },
                ["Preference-Applied"] = new OpenApiHeader
                {
                    Description = "wait, where the caller asked for that (RFC 7240).",
                    Schema = Text(),
                },
            },
            Content = JsonOf(shape, context),
        };

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
            Content = WithFeed(
                Json(
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
                shape
            ),
        };

    private static OpenApiResponse Feed(OperationShape shape, OperationFilterContext context) =>
        new()
        {
            Description = "Changes, in order.",
            Headers = new Dictionary<string, IOpenApiHeader>
            {
                ["Link"] = new OpenApiHeader { Description = "What follows, as rel=next (RFC 8288).", Schema = Text() },
            },
            Content = WithFeed(
                Json(
                    new OpenApiSchema
                    {
                        Type = JsonSchemaType.Object,
                        Required = new HashSet<string> { "items", "next" },
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
                                Description = "The address of what follows, there already or not.",
                            },
                        },
                    },
                    new JsonObject
                    {
                        ["items"] = new JsonArray(Examples.OfAnswer(shape.Answer!)),
                        ["next"] = ChangeExamples.Next,
                    }
                ),
                shape
            ),
        };

    /// <summary>The list, also as an Atom feed where it is one.</summary>
    private static Dictionary<string, IOpenApiMediaType> WithFeed(
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

    private static OpenApiMediaType Text(OperationShape shape, int mediaType) =>
        new() { Schema = Text(), Example = ChangeExamples.OfText(shape.Request, shape.MediaTypes[mediaType]) };

    private static Dictionary<string, IOpenApiMediaType> JsonOf(OperationShape shape, OperationFilterContext context) =>
        Json(
            context.SchemaGenerator.GenerateSchema(shape.Answer!, context.SchemaRepository),
            Examples.OfAnswer(shape.Answer!)
        );

    private static Dictionary<string, IOpenApiMediaType> Json(IOpenApiSchema schema, JsonNode? example) =>
        new()
        {
            [MediaTypes.Json] = new OpenApiMediaType { Schema = schema, Example = example },
        };

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };
}
