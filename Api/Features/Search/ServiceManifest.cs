using Registry.Infrastructure.Search;

namespace Registry.Api.Features.Search;

/// <summary>What the reconciliation service is and can do (Reconciliation Service API 0.2).</summary>
public sealed record ServiceManifest
{
    /// <summary>The versions of the protocol that are spoken.</summary>
    public required IReadOnlyList<string> Versions { get; init; }

    /// <summary>What the service is called.</summary>
    public required string Name { get; init; }

    /// <summary>Where the ids of the answers are at home.</summary>
    public required string IdentifierSpace { get; init; }

    /// <summary>Where the types and properties are at home.</summary>
    public required string SchemaSpace { get; init; }

    /// <summary>Where the service is described.</summary>
    public required string Documentation { get; init; }

    /// <summary>The types that can be asked for.</summary>
    public required IReadOnlyList<EntityType> DefaultTypes { get; init; }

    /// <summary>How an id becomes an address for people.</summary>
    public required ServiceView View { get; init; }

    /// <summary>What is suggested while somebody types.</summary>
    public required ServiceSuggestions Suggest { get; init; }

    /// <summary>Where a small page about a record is.</summary>
    public required ServicePreview Preview { get; init; }

    /// <summary>How the values of properties are fetched.</summary>
    public required ServiceExtension Extend { get; init; }

    /// <summary>The most queries of a batch.</summary>
    public required int BatchSize { get; init; }

    /// <summary>The manifest of the service at an address, without a stroke behind it.</summary>
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
                        HelpText = "The most values of a record; 0 for all.",
                    },
                ],
            },
            BatchSize = ReconciliationQueries.Most,
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

/// <summary>How an id becomes an address.</summary>
public sealed record ServiceView
{
    /// <summary>The address, with <c>{{id}}</c> in the place of the id.</summary>
    public required string Url { get; init; }
}

/// <summary>What is suggested while somebody types.</summary>
public sealed record ServiceSuggestions
{
    /// <summary>Records.</summary>
    public required ServiceAddress Entity { get; init; }

    /// <summary>Properties, which refine a query or are fetched.</summary>
    public required ServiceAddress Property { get; init; }

    /// <summary>Types.</summary>
    public required ServiceAddress Type { get; init; }
}

/// <summary>Where a small page about a record is.</summary>
public sealed record ServicePreview
{
    /// <summary>The address, with <c>{{id}}</c> in the place of the id.</summary>
    public required string Url { get; init; }

    /// <summary>The width of its frame in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>The height of its frame in pixels.</summary>
    public required int Height { get; init; }
}

/// <summary>How the values of properties are fetched.</summary>
public sealed record ServiceExtension
{
    /// <summary>Where the properties of a type are listed.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("propose_properties")]
    public required ServiceAddress ProposeProperties { get; init; }

    /// <summary>What can be set for each property.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("property_settings")]
    public required IReadOnlyList<PropertySetting> PropertySettings { get; init; }
}

/// <summary>A setting of a property that is fetched.</summary>
public sealed record PropertySetting
{
    /// <summary>The name under which it is sent.</summary>
    public required string Name { get; init; }

    /// <summary>What people call it.</summary>
    public required string Label { get; init; }

    /// <summary>What it takes: number.</summary>
    public required string Type { get; init; }

    /// <summary>What holds when it is not sent.</summary>
    public required int Default { get; init; }

    /// <summary>What it does.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("help_text")]
    public required string HelpText { get; init; }
}

/// <summary>Where a part of the service is.</summary>
public sealed record ServiceAddress
{
    /// <summary>The beginning of the address.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("service_url")]
    public required string ServiceUrl { get; init; }

    /// <summary>The rest of it.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("service_path")]
    public required string ServicePath { get; init; }
}
