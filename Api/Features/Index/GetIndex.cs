using MediatR;
using Microsoft.AspNetCore.Routing.Patterns;
using Registry.Api.Contract;
using Registry.Api.Formats;

namespace Registry.Api.Features.Index;

/// <summary>The index: the addresses of everything that the registry offers.</summary>
public sealed record ApiIndex
{
    /// <summary>The address of the documentation (Swagger UI).</summary>
    public required string Documentation { get; init; }

    /// <summary>The address of the contract (OpenAPI 3.1 as YAML).</summary>
    public required string Contract { get; init; }

    /// <summary>The address of the Atom feed of all changes (RFC 4287).</summary>
    public required string Feed { get; init; }

    /// <summary>The address of the export of the whole registry as lines of JSON.</summary>
    public required string Export { get; init; }

    /// <summary>The address of the readiness check.</summary>
    public required string Health { get; init; }

    /// <summary>The collections and services, in alphabetical order.</summary>
    public required IReadOnlyList<IndexEntry> Collections { get; init; }

    /// <summary>The index with addresses under a path prefix.</summary>
    internal ApiIndex Under(PathString root) =>
        !root.HasValue
            ? this
            : new()
            {
                Documentation = root + Documentation,
                Contract = root + Contract,
                Feed = root + Feed,
                Export = root + Export,
                Health = root + Health,
                Collections =
                [
                    .. Collections.Select(entry =>
                        entry with
                        {
                            Path = root + entry.Path,
                            Operations =
                            [
                                .. entry.Operations.Select(operation =>
                                    operation with
                                    {
                                        Path = root + operation.Path,
                                    }
                                ),
                            ],
                        }
                    ),
                ],
            };
}

/// <summary>A collection or service with its operations.</summary>
public sealed record IndexEntry
{
    /// <summary>The name, such as forums.</summary>
    public required string Name { get; init; }

    /// <summary>The path at which it begins.</summary>
    public required string Path { get; init; }

    /// <summary>The operations at this path and below.</summary>
    public required IReadOnlyList<IndexOperation> Operations { get; init; }
}

/// <summary>An operation of the contract.</summary>
public sealed record IndexOperation
{
    /// <summary>The HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>The path template, with parameters in braces.</summary>
    public required string Path { get; init; }
}

/// <summary>Get the index.</summary>
/// <remarks>
/// Lists the collections with their operations, and links the documentation, the contract, the feed and the export.
/// </remarks>
public sealed record GetIndex : IRequest<ApiIndex>;

/// <summary>Writes the index with the addresses as the client sees them.</summary>
internal sealed class IndexAnswer(ApiIndex index) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) =>
        new ObjectAnswer(index.Under(httpContext.Request.PathBase)).ExecuteAsync(httpContext);
}

/// <summary>Makes the index from the mapped routes, so that it always matches them.</summary>
internal sealed class GetIndexHandler(EndpointDataSource endpoints) : IRequestHandler<GetIndex, ApiIndex>
{
    private const string Root = "/v1";

    private readonly ApiIndex _index = new()
    {
        Documentation = "/swagger",
        Contract = ContractServices.YamlAddress,
        Feed = $"{Root}/changes?format=atom",
        Export = $"{Root}/export",
        Health = "/health/ready",
        Collections =
        [
            .. OperationsOf(endpoints)
                .GroupBy(operation => operation.Path.Split('/')[2])
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new IndexEntry
                {
                    Name = group.Key,
                    Path = $"{Root}/{group.Key}",
                    Operations = [.. group],
                }),
        ],
    };

    public Task<ApiIndex> Handle(GetIndex request, CancellationToken cancellationToken) => Task.FromResult(_index);

    private static IEnumerable<IndexOperation> OperationsOf(EndpointDataSource endpoints) =>
        from endpoint in endpoints.Endpoints.OfType<RouteEndpoint>()
        where endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is not { ExcludeFromDescription: true }
        let path = PathOf(endpoint.RoutePattern)
        where path.StartsWith($"{Root}/", StringComparison.Ordinal) && path.Length > Root.Length + 1
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []
        where !HttpMethods.IsHead(method)
        orderby path, method
        select new IndexOperation { Method = method, Path = path };

    private static string PathOf(RoutePattern pattern) =>
        $"/{string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(TextOf))))}";

    private static string TextOf(RoutePatternPart part) =>
        part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
            _ => "",
        };
}
