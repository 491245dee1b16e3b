using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using Registry.Api.Contract.Examples;
using Registry.Api.Contract.Schemas;
using Registry.Api.Http;
using Registry.Api.Http.Lists;
using Registry.Api.Http.Requests;
using Registry.Api.Routing;
using Registry.Infrastructure.Records.Writing;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Registry.Api.Contract.Operations;

/// <summary>Describes the parameters of an operation: path, query and headers.</summary>
internal sealed class OperationParameters(CodeComments comments)
{
    /// <summary>Lists the parameters in the order of the contract.</summary>
    public IEnumerable<IOpenApiParameter> Of(OperationShape shape, OperationFilterContext context) =>
        [
            .. PathOf(shape, context),
            .. ParametersOf(shape.Request, context),
            .. shape.IsTagged ? [KnownTag()] : Array.Empty<OpenApiParameter>(),
            .. shape.Kind.IsWrite() && context.IsOfRecords ? [Reason()] : Array.Empty<OpenApiParameter>(),
            .. shape.Kind.IsPosted() ? [IdempotencyKey()] : Array.Empty<OpenApiParameter>(),
        ];

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
                Schema = PlainSchemas.Text(),
                Example = ExamplePaths.Of(context.ApiDescription.RelativePath!, parameter.Name, shape.Kind),
            });

    private IEnumerable<IOpenApiParameter> ParametersOf(Type request, OperationFilterContext context)
    {
        // Path parameters first, then those of the operation, then those that every list has.
        var properties = request
            .GetProperties()
            .OrderBy(property => property.IsDefined(typeof(FromRouteAttribute)) ? 0 : 1)
            .ThenBy(property => property.DeclaringType == typeof(ListQuery) ? 1 : 0);
        foreach (var property in properties.Where(property => !HasNoEffect(property, context)))
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
                    Schema = PlainSchemas.Text(),
                    Example = ExamplePaths.Of(context.ApiDescription.RelativePath!, name, context.Shape.Kind),
                };
            }
            else if (property.GetCustomAttribute<FromHeaderAttribute>()?.Name is { } header)
            {
                yield return new OpenApiParameter
                {
                    Name = header,
                    In = ParameterLocation.Header,
                    Description = comments.Of(property),
                    Schema = PlainSchemas.Text(),
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
                    Example = OperationExamples.OfParameter(request, name),
                    Description = comments.Of(property),
                    Schema = ParameterSchemas.Of(property, request, context),
                    Style = ParameterStyle.Form,
                    Explode = !ParameterSchemas.IsMultiValue(property, request),
                };
            }
        }
    }

    /// <summary>The condition that makes the example succeed: PUT creates a record, other writes take any version.</summary>
    private static JsonNode? ExampleOf(string header, Type request, OperationFilterContext context) =>
        (header, context.Shape.Kind) switch
        {
            ("If-None-Match", OperationKind.Replace) => "*",
            ("If-Match", OperationKind.Correct or OperationKind.Delete) => "*",
            _ => OperationExamples.OfParameter(request, header),
        };

    private static OpenApiParameter KnownTag() =>
        new()
        {
            Name = HeaderNames.IfNoneMatch,
            In = ParameterLocation.Header,
            Description =
                "The ETag of the response that the caller has. The response is 304 while that ETag is current.",
            Schema = PlainSchemas.Text(),
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
                MaxLength = Idempotency.MaxKeyLength,
            },
        };

    /// <summary>True for a parameter that has no effect on this operation.</summary>
    private static bool HasNoEffect(PropertyInfo property, OperationFilterContext context)
    {
        var shown = context.Shape.Answer;
        return property.Name switch
        {
            nameof(RecordListQuery.Expand) => property.DeclaringType == typeof(RecordListQuery)
                && Expansions.Of(shown).Count == 0,
            nameof(INamed.Lang) => !ShownNames.AreIn(shown!),
            _ => false,
        };
    }
}
