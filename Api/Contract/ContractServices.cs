using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.OpenApi;
using Registry.Api.Access;
using Registry.Api.Contract.Operations;
using Registry.Api.Contract.Schemas;
using Registry.Api.Http;
using Registry.Api.Http.Caching;
using Registry.Api.Routing;
using Registry.Domain;
using Registry.Domain.Provenance;
using Registry.Infrastructure.Records.Models;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Registry.Api.Contract;

/// <summary>The contract (OpenAPI 3.1), generated from the operations, and its Swagger UI.</summary>
internal static class ContractServices
{
    /// <summary>The version of the contract, which is in its address.</summary>
    public const string Version = "v1";

    private const string JsonAddress = $"/openapi/{Version}.json";

    /// <summary>The path of the contract as YAML.</summary>
    public const string YamlAddress = $"/openapi/{Version}.yaml";

    public static IServiceCollection AddContract(this IServiceCollection services)
    {
        services.AddSingleton<ISerializerDataContractResolver>(
            new JsonSerializerDataContractResolver(RegistryJson.Options)
        );
        services.AddSingleton<CodeComments>();
        services.AddSingleton<RenderedContract>();
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(options =>
        {
            options.CustomSchemaIds(NamedSchemas.NameOf);
            options.SwaggerDoc(Version, ContractText.Info());
            options.DocInclusionPredicate((_, operation) => operation.HttpMethod != HttpMethods.Head);
            options.MapType<PartialDate>(ContractText.PartialDate);
            options.MapType<JsonNode>(() => new OpenApiSchema { Description = "Any JSON value." });
            options.MapType<ClaimedValue>(ContractText.ClaimedValue);
            options.AddSecurityDefinition(
                AccessAuthentication.KeyScheme,
                new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.ApiKey,
                    In = ParameterLocation.Header,
                    Name = AccessAuthentication.Header,
                    Description = ContractText.KeyScheme,
                }
            );
            options.AddSecurityDefinition(
                JwtBearerDefaults.AuthenticationScheme,
                new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http,
                    Scheme = "bearer",
                    BearerFormat = "JWT",
                    Description = ContractText.TokenScheme,
                }
            );
            foreach (var file in CodeComments.Files)
            {
                options.IncludeXmlComments(file);
            }

            options.SchemaFilter<SchemaShapes>();
            options.OperationFilter<OperationShapes>();
            options.DocumentFilter<DocumentShape>();
        });
        return services;
    }

    public static void MapContract(this WebApplication app)
    {
        var contract = app.Services.GetRequiredService<RenderedContract>();
        app.MapPage(JsonAddress, contract.WriteJsonAsync);
        app.MapPage(YamlAddress, contract.WriteYamlAsync);
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments("/swagger", StringComparison.Ordinal),
            pages =>
                pages
                    .UseUiPolicy()
                    .UsePlainTags()
                    .UseSwaggerUI(options =>
                    {
                        // Relative to the page, so that it works under a path prefix.
                        options.SwaggerEndpoint($"..{YamlAddress}", "Registry v1");
                        options.DocumentTitle = "Registry";
                        options.EnableTryItOutByDefault();
                        options.DisplayRequestDuration();
                        options.EnableDeepLinking();
                    })
        );
        app.MapPage("/", context => Results.Redirect($"{context.Request.PathBase}/swagger"));
    }

    /// <summary>
    /// Writes the contract to a file, as YAML or JSON by its name. The program requests it from itself.
    /// </summary>
    public static async Task WriteContractAsync(this WebApplication app, string file)
    {
        app.Urls.Clear();
        app.Urls.Add("http://127.0.0.1:0");
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        var address = Path.GetExtension(file) == ".json" ? JsonAddress : YamlAddress;
        await File.WriteAllTextAsync(file, await client.GetStringAsync(address));
        await app.StopAsync();
    }
}
