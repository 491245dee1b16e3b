using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using Registry.Api.Access;
using Registry.Api.Features.LinkedData;
using Registry.Api.Http;
using Registry.Api.Http.Lists;
using Registry.Api.Routing;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Documents;
using Registry.Infrastructure.Tables;
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

        operation.OperationId = JsonNamingPolicy.CamelCase.ConvertName(shape.Name);
        operation.Summary = TextOf(shape, comments.Of(shape.Request))?.TrimEnd('.');
        operation.Description = ContractText.OperationDescription(
            shape,
            NamesVersion(shape),
            shape.Kind == OperationKind.Correct && shape.Resource is { CorrectionRemarks: { } remarks }
                ? remarks
                : comments.RemarksOf(shape.Request)
        );
        operation.Parameters =
        [
            .. PathOf(shape, context),
            .. ParametersOf(shape.Request, context),
            .. IsTagged(shape) ? [Held()] : Array.Empty<OpenApiParameter>(),
            .. shape.Kind.IsWrite() && IsOfRecords(context) ? [Reason()] : Array.Empty<OpenApiParameter>(),
            .. shape.Kind.IsPosted() ? [IdempotencyKey()] : Array.Empty<OpenApiParameter>(),
        ];
        operation.RequestBody = UploadOf(shape, context) ?? BodyOf(shape, context);
        operation.Responses = ResponsesOf(shape, context);
        operation.Security = NeedsKey(shape, context) ? [Key(context)] : [];
    }

    /// <summary>Adapts the text of a standard operation, which is about any record, to the collection.</summary>
    private static string? TextOf(OperationShape shape, string? text) =>
        shape.Resource is { } resource ? resource.TextOf(text) : text;

    /// <summary>The path parameters of a standard operation on a record.</summary>
    private static IEnumerable<OpenApiParameter> PathOf(OperationShape shape, OperationFilterContext context) =>
        shape.Resource is not { } resource || !shape.Request.IsAssignableTo(typeof(IRecordRequest))
            ? []
            : resource.Parameters.Select(parameter => new OpenApiParameter
            {
                Name = parameter.Name,
                In = ParameterLocation.Path,
                Required = true,
                Description =
                    shape.Kind == OperationKind.Get && resource.OtherIds is { } others
                        ? $"{parameter.Description.TrimEnd('.')} {others}"
                        : parameter.Description,
                Schema = Text(),
                Example = ExamplePaths.Of(context.ApiDescription.RelativePath!, parameter.Name, shape.Kind),
            });

    /// <summary>True when the response has an ETag: records, and answers that only a write can change.</summary>
    private static bool IsTagged(OperationShape shape) =>
        shape.Kind == OperationKind.Get
        || (
            shape.Kind != OperationKind.Ask
            && shape.Request.IsAssignableTo(typeof(Question))
            && !shape.Request.IsAssignableTo(typeof(PresentListQuery))
        );

    /// <summary>True when the operation writes to records with a history, which keeps the reason of a change.</summary>
    private static bool IsOfRecords(OperationFilterContext context) =>
        !context.ApiDescription.RelativePath!.StartsWith("v1/subscriptions", StringComparison.Ordinal);

    private static bool NeedsKey(OperationShape shape, OperationFilterContext context) =>
        shape.Kind.IsWrite() || context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>().Any();

    private static OpenApiSecurityRequirement Key(OperationFilterContext context) =>
        new() { [new OpenApiSecuritySchemeReference(KeyAuthentication.SchemeName, context.Document)] = [] };

    private IEnumerable<IOpenApiParameter> ParametersOf(Type request, OperationFilterContext context)
    {
        // Path parameters first, then those of the operation, then those that every list has.
        var properties = request
            .GetProperties()
            .OrderBy(property => property.IsDefined(typeof(FromRouteAttribute)) ? 0 : 1)
            .ThenBy(property => property.DeclaringType == typeof(ListQuery) ? 1 : 0);
        foreach (var property in properties.Where(property => !LeadsNowhere(property, context)))
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
                    Example = ExamplePaths.Of(
                        context.ApiDescription.RelativePath!,
                        name,
                        context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<OperationShape>().Single().Kind
                    ),
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
                    Example = ExampleOf(header, request, context),
                };
            }
            else if (property.IsDefined(typeof(FromQueryAttribute)))
            {
                var name = RequestReader.ParameterOf(property);
                yield return new OpenApiParameter
                {
                    Name = name,
                    In = ParameterLocation.Query,
                    Required = property.IsDefined(typeof(RequiredAttribute)),
                    Example = Examples.OfParameter(request, name),
                    Description = comments.Of(property),
                    Schema = SchemaOf(property, request, context),
                    Style = ParameterStyle.Form,
                    Explode = !IsSeveral(property, request),
                };
            }
        }
    }

    /// <summary>The condition that makes the example succeed: PUT creates a record, other writes take any version.</summary>
    private static JsonNode? ExampleOf(string header, Type request, OperationFilterContext context) =>
        (header, context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<OperationShape>().Single().Kind) switch
        {
            ("If-None-Match", OperationKind.Replace) => "*",
            ("If-Match", OperationKind.Correct or OperationKind.Delete) => "*",
            _ => Examples.OfParameter(request, header),
        };

    private static OpenApiParameter Held() =>
        new()
        {
            Name = HeaderNames.IfNoneMatch,
            In = ParameterLocation.Header,
            Description =
                "The ETag of the response that the caller has. The response is 304 while that ETag is current.",
            Schema = Text(),
        };

    private static OpenApiParameter Reason() =>
        new()
        {
            Name = Reasons.Header,
            In = ParameterLocation.Header,
            Description = "The reason for the change. The history keeps it.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = Author.MaxReasonLength },
        };

    private static OpenApiParameter IdempotencyKey() =>
        new()
        {
            Name = Idempotency.Header,
            In = ParameterLocation.Header,
            Description =
                "A key chosen by the client, unique to the request. For 24 hours a request with the same key returns the "
                + "first response and is not carried out again.",
            Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                MinLength = 1,
                MaxLength = Idempotency.LongestKey,
            },
        };

    private static IOpenApiSchema SchemaOf(PropertyInfo property, Type request, OperationFilterContext context)
    {
        if (property.Name == nameof(ListQuery.Sort) && request.IsAssignableTo(typeof(ListQuery)))
        {
            var list = (ListQuery)Activator.CreateInstance(request)!;
            var sorts = list.Sorts;
            var words = sorts.Concat(sorts.Select(sort => $"-{sort}"));
            var one = context.WordsOf(
                NamedSchemas.NameOfChoice(
                    request,
                    list is RecordListQuery ? nameof(RecordListQuery.Orders) : nameof(ListQuery.Sorts),
                    "Sort"
                ),
                "A sort order of the list.",
                words
            );
            if (list.MostSorts > 1)
            {
                return new OpenApiSchema
                {
                    Type = JsonSchemaType.Array,
                    Items = one,
                    MaxItems = list.MostSorts,
                    Default = new JsonArray(list.DefaultSort),
                };
            }

            one.Default = list.DefaultSort;
            return one;
        }

        if (property.Name == nameof(ListQuery.Format) && request.IsAssignableTo(typeof(ListQuery)))
        {
            return context.WordsOf(
                NamedSchemas.NameOfChoice(request, nameof(ListQuery.Formats), "Format"),
                "A format of the list.",
                ((ListQuery)Activator.CreateInstance(request)!).Formats.Select(form => form.Name)
            );
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

        if (property.Name == nameof(RecordListQuery.Expand) && request.IsAssignableTo(typeof(RecordListQuery)))
        {
            var item = context
                .ApiDescription.ActionDescriptor.EndpointMetadata.OfType<OperationShape>()
                .Single()
                .Answer;
            return new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                MinItems = 1,
                Items = context.WordsOf(
                    NamedSchemas.NameOfExpansion(item!),
                    "A member that refers to other records.",
                    Expansions.Of(item)
                ),
            };
        }

        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var whole = context.SchemaGenerator.GenerateSchema(type, context.SchemaRepository);
        var schema = whole;
        if (MultiValueParameters.ItemOf(type) is not null && schema is OpenApiSchema { Items: { } items } several)
        {
            several.MinItems = 1;
            several.MaxItems = MultiValueParameters.Most;
            schema = items;
        }

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

        return whole;
    }

    /// <summary>True for a parameter that has no effect on this operation.</summary>
    private static bool LeadsNowhere(PropertyInfo property, OperationFilterContext context)
    {
        var shown = context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<OperationShape>().Single().Answer;
        return property.Name switch
        {
            nameof(RecordListQuery.Expand) => property.DeclaringType == typeof(RecordListQuery)
                && Expansions.Of(shown).Count == 0,
            nameof(INamed.Lang) => !ShownNames.AreIn(shown!),
            _ => false,
        };
    }

    private static bool IsSeveral(PropertyInfo property, Type request) =>
        MultiValueParameters.ItemOf(property.PropertyType) is not null
        || (
            property.Name == nameof(ListQuery.Sort) && Activator.CreateInstance(request) is ListQuery { MostSorts: > 1 }
        );

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
                                mediaType == MediaTypes.Json ? new OpenApiSchema { Type = JsonSchemaType.Object }
                                : mediaType == MediaTypes.Xlsx ? Binary()
                                : Text(),
                            Example = ImportExamples.OfFile(shape.Request, mediaType),
                        }
                ),
            };

    private OpenApiRequestBody? BodyOf(OperationShape shape, OperationFilterContext context)
    {
        PropertyInfo[] fields =
        [
            .. shape.Request.GetProperties().Where(property => property.IsDefined(typeof(FromFormAttribute))),
        ];
        if (fields.Length > 0)
        {
            return FormOf(fields, shape.Request, context);
        }

        var body = shape
            .Request.GetProperties()
            .SingleOrDefault(property => property.IsDefined(typeof(FromBodyAttribute)));
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
                    Schema = isPatch ? context.PatchOf(shape.Answer!) : context.InputOf(body.PropertyType),
                    Example = Examples.OfRequest(shape),
                },
            },
        };
    }

    private OpenApiRequestBody FormOf(PropertyInfo[] fields, Type request, OperationFilterContext context) =>
        new()
        {
            Required = true,
            Content = new Dictionary<string, IOpenApiMediaType>
            {
                [MediaTypes.Form] = new OpenApiMediaType
                {
                    Schema = context.FormOf(
                        $"{request.Name}Form",
                        [.. fields.Select(field => (RequestReader.ParameterOf(field), comments.Of(field)))],
                        comments.Of(request)
                    ),
                    Example = new JsonObject(
                        fields
                            .Select(RequestReader.ParameterOf)
                            .Where(name => Examples.OfParameter(request, name) is not null)
                            .Select(name => KeyValuePair.Create(name, Examples.OfParameter(request, name)))
                    ),
                },
            },
        };

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
                Description = "The streamed response.",
                Content = new Dictionary<string, IOpenApiMediaType> { [shape.MediaTypes[0]] = Text(shape, 0) },
            };
        }
        else if (UploadShapeOf(context) is not null)
        {
            responses["201"] = Started("The import ended while the request waited.", shape, context);
            responses["202"] = Started("The import is accepted and continues.", shape, context);
        }
        else if (shape.Kind is OperationKind.Answer or OperationKind.Act or OperationKind.Ask)
        {
            responses["200"] = shape.Answer!.IsAssignableTo(typeof(RecordDocument))
                ? Record("The current record.", shape, context, located: false)
                : new OpenApiResponse
                {
                    Description = "The result.",
                    Headers = TagsOf(shape),
                    Content = JsonOf(shape, context),
                };
        }
        else if (
            shape.Kind is OperationKind.Get or OperationKind.Correct or OperationKind.Replace or OperationKind.Step
        )
        {
            responses["200"] = Record("The current record.", shape, context, located: false);
        }

        if (shape.Kind is OperationKind.Create or OperationKind.Step or OperationKind.Replace or OperationKind.Restore)
        {
            responses["201"] = Record("The record as it was written.", shape, context, located: true);
        }

        if (shape.Kind == OperationKind.Delete)
        {
            responses["204"] = new OpenApiResponse
            {
                Description = NamesVersion(shape) ? "The record is deleted." : "The request is accepted.",
            };
        }

        if (IsTagged(shape))
        {
            responses["304"] = new OpenApiResponse
            {
                Description = "The response is unchanged since the ETag sent in If-None-Match.",
                Headers = new Dictionary<string, IOpenApiHeader> { [HeaderNames.ETag] = Tag() },
            };
        }

        foreach (var status in ErrorsOf(shape, hasPath, NeedsKey(shape, context), UploadShapeOf(context) is not null))
        {
            responses[$"{status}"] = new OpenApiResponseReference(DocumentShape.NameOf(status), context.Document);
        }

        return responses;
    }

    private static IEnumerable<int> ErrorsOf(OperationShape shape, bool hasPath, bool needsKey, bool takesFile)
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

        if (
            takesFile
            || shape.Kind == OperationKind.Ask
            || shape.Request.GetProperties().Any(property => property.IsDefined(typeof(FromBodyAttribute)))
        )
        {
            yield return 413;
            yield return 415;
        }

        if (shape.Kind.IsPosted())
        {
            yield return 422;
        }

        if (shape.Kind is OperationKind.Replace or OperationKind.Correct or OperationKind.Delete && NamesVersion(shape))
        {
            yield return 428;
        }

        yield return 500;
        yield return 503;

        if (shape.Kind.IsWrite())
        {
            yield return 507;
        }
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
        var headers = new Dictionary<string, IOpenApiHeader> { [HeaderNames.ETag] = Tag() };
        if (located)
        {
            headers["Location"] = new OpenApiHeader { Description = "The address of the record.", Schema = Text() };
        }

        return new OpenApiResponse
        {
            Description = description,
            Headers = headers,
            Content = WithFeed(JsonOf(shape, context), shape),
        };
    }

    private static Dictionary<string, IOpenApiHeader> TagsOf(OperationShape shape) =>
        IsTagged(shape) ? new() { [HeaderNames.ETag] = Tag() } : [];

    private static OpenApiHeader Tag() =>
        new()
        {
            Description =
                "The version of the record as a strong entity tag; a weak one when the response covers more than one record.",
            Schema = Text(),
        };

    private static OpenApiResponse Started(string description, OperationShape shape, OperationFilterContext context) =>
        new()
        {
            Description = description,
            Headers = new Dictionary<string, IOpenApiHeader>
            {
                ["Location"] = new OpenApiHeader
                {
                    Description = "The address of the import, which has its progress.",
                    Schema = Text(),
                },
                ["Preference-Applied"] = new OpenApiHeader
                {
                    Description = "wait, when the request asked for it (RFC 7240).",
                    Schema = Text(),
                },
            },
            Content = JsonOf(shape, context),
        };

    private static OpenApiResponse Page(OperationShape shape, OperationFilterContext context) =>
        new()
        {
            Description = "A page of the list.",
            Headers = new Dictionary<string, IOpenApiHeader>(TagsOf(shape))
            {
                ["Link"] = new OpenApiHeader
                {
                    Description = "The next page, as rel=next (RFC 8288); absent on the last one.",
                    Schema = Text(),
                },
            },
            Content = WithFeed(
                Json(context.PageOf(shape.Answer!), new JsonObject { ["items"] = new JsonArray(ExampleOf(shape)) }),
                shape
            ),
        };

    private static OpenApiResponse Feed(OperationShape shape, OperationFilterContext context) =>
        new()
        {
            Description = "A page of changes, in order.",
            Headers = new Dictionary<string, IOpenApiHeader>
            {
                ["Link"] = new OpenApiHeader
                {
                    Description = "The next page, as rel=next (RFC 8288).",
                    Schema = Text(),
                },
            },
            Content = WithFeed(
                Json(
                    context.FeedPageOf(shape.Answer!),
                    new JsonObject { ["items"] = new JsonArray(ExampleOf(shape)), ["next"] = ChangeExamples.Next }
                ),
                shape
            ),
        };

    /// <summary>The content in every media type of the operation.</summary>
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
        shape.MediaTypes[mediaType] == MediaTypes.JsonLd
            ? new()
            {
                Schema = new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = new OpenApiSchema() },
                Example = LinkedExampleOf(shape),
            }
        // A workbook is binary and has no example.
        : shape.MediaTypes[mediaType] == MediaTypes.Xlsx ? new() { Schema = Binary() }
        : new() { Schema = Text(), Example = ExampleOf(shape, shape.MediaTypes[mediaType]) };

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

    private static Dictionary<string, IOpenApiMediaType> JsonOf(OperationShape shape, OperationFilterContext context) =>
        Json(context.SchemaGenerator.GenerateSchema(shape.Answer!, context.SchemaRepository), ExampleOf(shape));

    private static JsonNode? ExampleOf(OperationShape shape) =>
        Examples.OfAnswer(shape.Answer!, JsonNamingPolicy.CamelCase.ConvertName(shape.Name));

    private static Dictionary<string, IOpenApiMediaType> Json(IOpenApiSchema schema, JsonNode? example) =>
        new()
        {
            [MediaTypes.Json] = new OpenApiMediaType { Schema = schema, Example = example },
        };

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };

    private static OpenApiSchema Binary() => new() { Type = JsonSchemaType.String, Format = "binary" };
}
