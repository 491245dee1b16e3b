using Microsoft.OpenApi;

namespace Registry.Api.Contract.Schemas;

/// <summary>
/// Adapts schemas to their use: those of requests are closed, those of responses are open, unused ones are removed.
/// </summary>
internal static class SchemaUse
{
    public static void Settle(OpenApiDocument contract)
    {
        var schemas = contract.Components!.Schemas!;
        var operations = contract.Paths.Values.SelectMany(path => path.Operations!.Values).ToList();
        var sent = new HashSet<string>(StringComparer.Ordinal);
        var used = new HashSet<string>(StringComparer.Ordinal);

        foreach (var operation in operations)
        {
            Follow(ContentOf(operation.RequestBody?.Content), schemas, sent);
            Follow(operation.Parameters?.Select(parameter => parameter.Schema), schemas, used);
            Follow(
                operation.Responses!.Values.OfType<OpenApiResponse>().SelectMany(answer => ContentOf(answer.Content)),
                schemas,
                used
            );
        }

        Follow(contract.Components.Responses!.Values.SelectMany(answer => ContentOf(answer.Content)), schemas, used);
        foreach (var name in schemas.Keys.Where(name => !sent.Contains(name) && !used.Contains(name)).ToList())
        {
            schemas.Remove(name);
        }

        foreach (var (name, schema) in schemas)
        {
            if (schema is OpenApiSchema { Type: JsonSchemaType.Object, AdditionalProperties: null } shape)
            {
                // Clients must accept unknown members in responses, and the registry refuses them in requests. The schema of a
                // patch stays open, because many generated clients can send null only as an additional property.
                shape.AdditionalPropertiesAllowed =
                    !sent.Contains(name) || name.EndsWith("Patch", StringComparison.Ordinal);
            }
        }
    }

    private static IEnumerable<IOpenApiSchema?> ContentOf(IDictionary<string, IOpenApiMediaType>? content) =>
        content?.Values.Select(media => media.Schema) ?? [];

    private static void Follow(
        IEnumerable<IOpenApiSchema?>? from,
        IDictionary<string, IOpenApiSchema> schemas,
        HashSet<string> found
    )
    {
        foreach (var schema in from ?? [])
        {
            if (schema is OpenApiSchemaReference { Reference.Id: { } name })
            {
                if (found.Add(name))
                {
                    Follow([schemas[name]], schemas, found);
                }
            }
            else if (schema is OpenApiSchema shape)
            {
                Follow(
                    [.. shape.Properties?.Values ?? [], .. shape.OneOf ?? [], shape.Items, shape.AdditionalProperties],
                    schemas,
                    found
                );
            }
        }
    }
}
