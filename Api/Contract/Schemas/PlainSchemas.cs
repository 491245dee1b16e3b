using Microsoft.OpenApi;

namespace Registry.Api.Contract.Schemas;

/// <summary>Schemas of values without a type in the code.</summary>
internal static class PlainSchemas
{
    public static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };

    public static OpenApiSchema Binary() => new() { Type = JsonSchemaType.String, Format = "binary" };
}
