using Registry.Infrastructure.Search;

namespace Registry.Api.Features.Search;

/// <summary>The manifest of the reconciliation service (Reconciliation Service API 0.2).</summary>
public sealed record ServiceManifest
{
    /// <summary>The supported versions of the protocol.</summary>
    public required IReadOnlyList<string> Versions { get; init; }

    /// <summary>The name of the service.</summary>
    public required string Name { get; init; }

    /// <summary>The URI of the space of record ids.</summary>
    public required string IdentifierSpace { get; init; }

    /// <summary>The URI of the space of types and properties.</summary>
    public required string SchemaSpace { get; init; }

    /// <summary>The address of the documentation of the service.</summary>
    public required string Documentation { get; init; }

    /// <summary>The types that can be queried.</summary>
    public required IReadOnlyList<EntityType> DefaultTypes { get; init; }

    /// <summary>The template of the address of a record, for people.</summary>
    public required ServiceView View { get; init; }

    /// <summary>The suggest services, for use while a user types.</summary>
    public required ServiceSuggestions Suggest { get; init; }

    /// <summary>The preview of a record: a small page about it.</summary>
    public required ServicePreview Preview { get; init; }

    /// <summary>The data extension service: how values of properties are fetched.</summary>
    public required ServiceExtension Extend { get; init; }

    /// <summary>The maximum number of queries in a batch.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Makes the manifest of the service at a base URL without a trailing slash.</summary>
    internal static ServiceManifest At(string address) =>
        new()
        {
            Versions = ["0.2"],
            Name = "Registry",
            IdentifierSpace = $"{address}/v1/",
            SchemaSpace = $"{address}/v1/",
            Documentation = $"{address}/swagger",
            DefaultTypes = [.. SearchReads.Collections.Select(EntityType.Of)],
            View = new ServiceView { Url = $"{address}/v1/reconcile/view?id={{{{id}}}}" },
            Suggest = new ServiceSuggestions
            {
                Entity = new ServiceAddress { ServiceUrl = address, ServicePath = "/v1/reconcile/suggest" },
                Property = new ServiceAddress { ServiceUrl = address, ServicePath = "/v1/reconcile/suggest/property" },
                Type = new ServiceAddress { ServiceUrl = address, ServicePath = "/v1/reconcile/suggest/type" },
            },
            Preview = new ServicePreview
            {
                Url = $"{address}/v1/reconcile/preview?id={{{{id}}}}",
                Width = EntityPreview.Width,
                Height = EntityPreview.Height,
            },
            Extend = new ServiceExtension
            {
                ProposeProperties = new ServiceAddress
                {
                    ServiceUrl = address,
                    ServicePath = "/v1/reconcile/properties",
                },
                PropertySettings =
                [
                    new PropertySetting
                    {
                        Name = "limit",
                        Label = "Limit",
                        Type = "number",
                        Default = 0,
                        HelpText = "The maximum number of values of a record; 0 for all.",
                    },
                ],
            },
            BatchSize = ReconciliationQueries.MaxQueries,
        };
}

/// <summary>A type of the reconciliation service: a collection.</summary>
public sealed record EntityType
{
    /// <summary>The collection.</summary>
    public required string Id { get; init; }

    /// <summary>One of its records.</summary>
    public required string Name { get; init; }

    internal static EntityType Of(string collection) =>
        new() { Id = collection, Name = SearchReads.NounOf(collection) };
}

/// <summary>The template of the address of a record.</summary>
public sealed record ServiceView
{
    /// <summary>The address, with <c>{{id}}</c> in place of the id.</summary>
    public required string Url { get; init; }
}

/// <summary>The suggest services, for use while a user types.</summary>
public sealed record ServiceSuggestions
{
    /// <summary>Records.</summary>
    public required ServiceAddress Entity { get; init; }

    /// <summary>Properties, which refine a query or are fetched by a data extension query.</summary>
    public required ServiceAddress Property { get; init; }

    /// <summary>Types.</summary>
    public required ServiceAddress Type { get; init; }
}

/// <summary>The preview of a record: a small page about it.</summary>
public sealed record ServicePreview
{
    /// <summary>The address, with <c>{{id}}</c> in place of the id.</summary>
    public required string Url { get; init; }

    /// <summary>The width of the preview in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>The height of the preview in pixels.</summary>
    public required int Height { get; init; }
}

/// <summary>The data extension service: how values of properties are fetched.</summary>
public sealed record ServiceExtension
{
    /// <summary>The address of the list of properties of a type.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("propose_properties")]
    public required ServiceAddress ProposeProperties { get; init; }

    /// <summary>The settings of each property.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("property_settings")]
    public required IReadOnlyList<PropertySetting> PropertySettings { get; init; }
}

/// <summary>A setting of a property in a data extension query.</summary>
public sealed record PropertySetting
{
    /// <summary>The name of the setting in a request.</summary>
    public required string Name { get; init; }

    /// <summary>The label shown to people.</summary>
    public required string Label { get; init; }

    /// <summary>The type of the value: number.</summary>
    public required string Type { get; init; }

    /// <summary>The default value.</summary>
    public required int Default { get; init; }

    /// <summary>The effect of the setting.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("help_text")]
    public required string HelpText { get; init; }
}

/// <summary>The address of a part of the service.</summary>
public sealed record ServiceAddress
{
    /// <summary>The base URL.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("service_url")]
    public required string ServiceUrl { get; init; }

    /// <summary>The path below the base URL.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("service_path")]
    public required string ServicePath { get; init; }
}
