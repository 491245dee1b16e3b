using System.Text.Json;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.OpenApi;
using Registry.Api.Access;
using Registry.Api.Routing;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Registry.Api.Contract.Operations;

/// <summary>Describes an operation from the request it reads and the shape it was mapped with.</summary>
internal sealed class OperationShapes(CodeComments comments) : IOperationFilter
{
    private readonly OperationBodies _bodies = new(comments);
    private readonly OperationParameters _parameters = new(comments);

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
            shape.NamesVersion,
            shape.Kind == OperationKind.Correct && shape.Resource is { CorrectionRemarks: { } remarks }
                ? remarks
                : comments.RemarksOf(shape.Request)
        );
        operation.Parameters = [.. _parameters.Of(shape, context)];
        operation.RequestBody = _bodies.Of(shape, context);
        operation.Responses = OperationResponses.Of(shape, context);
        operation.Security = SecurityOf(context);
    }

    /// <summary>Adapts the text of a standard operation, which is about any record, to the collection.</summary>
    private static string? TextOf(OperationShape shape, string? text) =>
        shape.Resource is { } resource ? resource.TextOf(text) : text;

    /// <summary>The alternatives: a key or a token, or neither where anyone may call.</summary>
    private static List<OpenApiSecurityRequirement> SecurityOf(OperationFilterContext context)
    {
        if (!context.NeedsKey)
        {
            return [];
        }

        return
        [
            .. context.AllowsAnonymous ? [new OpenApiSecurityRequirement()] : Array.Empty<OpenApiSecurityRequirement>(),
            Scheme(AccessAuthentication.KeyScheme),
            Scheme(JwtBearerDefaults.AuthenticationScheme),
        ];

        OpenApiSecurityRequirement Scheme(string name) =>
            new() { [new OpenApiSecuritySchemeReference(name, context.Document)] = [] };
    }
}
