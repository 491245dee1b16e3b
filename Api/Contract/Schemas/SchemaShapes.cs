using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Registry.Api.Http;
using Registry.Infrastructure.Records.Models;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Registry.Api.Contract.Schemas;

/// <summary>
/// Makes schemas not nullable: an unknown value is an absent member. Only the value of a claim can be null.
/// </summary>
internal sealed class SchemaShapes : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema shape)
        {
            return;
        }

        if (context.Type.GetCustomAttribute<OneOfAttribute>() is { } choice)
        {
            (shape.Type, shape.AdditionalProperties, shape.AdditionalPropertiesAllowed) = (null, null, true);
            shape.OneOf =
            [
                .. choice.Types.Select(type => context.SchemaGenerator.GenerateSchema(type, context.SchemaRepository)),
            ];
            return;
        }

        shape.Type &= ~JsonSchemaType.Null;
        // Requests and responses have separate schemas.
        shape.ReadOnly = false;
        if (Words.IsList(context.Type))
        {
            (shape.Type, shape.Properties, shape.Required) = (JsonSchemaType.String, null, null);
            (shape.AdditionalProperties, shape.AdditionalPropertiesAllowed) = (null, true);
            shape.Enum = [.. Words.All(context.Type).Select(word => JsonValue.Create(word)!)];
        }
        else if (context.Type == typeof(object))
        {
            shape.Type = JsonSchemaType.Object;
            shape.AdditionalProperties = new OpenApiSchema();
        }
        else if (shape is { Type: JsonSchemaType.Array, Items: OpenApiSchema items })
        {
            // The pattern and the length apply to each item, not to the list.
            items.Pattern ??= shape.Pattern;
            items.MinLength ??= shape.MinLength;
            items.MaxLength ??= shape.MaxLength;
            (shape.Pattern, shape.MinLength, shape.MaxLength) = (null, null, null);
        }
        else if (shape.Format == "int64" && shape.Maximum?.Contains('E', StringComparison.Ordinal) == true)
        {
            // The maximum of the integer type is not a meaningful bound.
            shape.Maximum = null;
        }

        if (shape.Properties is { Count: > 0 })
        {
            NamedSchemas.Describe(shape, context.Type, context.SchemaGenerator, context.SchemaRepository);
        }
    }
}
