using Microsoft.OpenApi;
using Registry.Infrastructure;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Registry.Api.Contract;

/// <summary>In this API an unknown value is an absent member: nothing is null.</summary>
internal sealed class SchemaShapes : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema shape)
        {
            return;
        }

        shape.Type &= ~JsonSchemaType.Null;
        if (context.Type.IsEnum)
        {
            shape.Enum = [.. Words.All(context.Type).Select(word => System.Text.Json.Nodes.JsonValue.Create(word)!)];
        }
    }
}
