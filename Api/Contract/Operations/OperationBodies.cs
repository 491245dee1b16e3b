using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;
using Registry.Api.Contract.Examples;
using Registry.Api.Contract.Schemas;
using Registry.Api.Http;
using Registry.Api.Http.Requests;
using Registry.Api.Routing;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Registry.Api.Contract.Operations;

/// <summary>Describes the request body of an operation: JSON, a merge patch, a form or a file.</summary>
internal sealed class OperationBodies(CodeComments comments)
{
    /// <summary>The request body, or null when the operation has none.</summary>
    public OpenApiRequestBody? Of(OperationShape shape, OperationFilterContext context) =>
        UploadOf(shape, context) ?? BodyOf(shape, context);

    private static OpenApiRequestBody? UploadOf(OperationShape shape, OperationFilterContext context) =>
        context.Upload is not { } upload
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
                                : mediaType == MediaTypes.Xlsx ? PlainSchemas.Binary()
                                : PlainSchemas.Text(),
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
                    Example = OperationExamples.OfRequest(shape),
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
                            .Where(name => OperationExamples.OfParameter(request, name) is not null)
                            .Select(name => KeyValuePair.Create(name, OperationExamples.OfParameter(request, name)))
                    ),
                },
            },
        };
}
