using Microsoft.AspNetCore.Http.Features;
using Registry.Api.Access.Quotas;
using Registry.Api.Http;

namespace Registry.Api.Routing;

/// <summary>The costs of the work of operations, in units of quotas, in addition to <see cref="Costs.Request"/>.</summary>
internal static class OperationCosts
{
    /// <summary>The cost of the first part of a whole list: up to 1,000 records. Further ones are charged by their size.</summary>
    private const int FirstPart = 50;

    /// <summary>The cost of a page that is computed from many records.</summary>
    private const int ComputedPage = 20;

    /// <summary>The size of a query for which a unit is charged, in bytes.</summary>
    private const int QueryBytes = 50;

    /// <summary>The size of a body to write for which a unit is charged, in bytes.</summary>
    private const int BodyBytes = 1_000;

    /// <summary>The assumed size of a body that comes without its length, in bytes.</summary>
    private const int UnknownLength = 100_000;

    /// <summary>The cost of the work of an operation.</summary>
    /// <param name="shape">The operation.</param>
    /// <param name="format">The format of the response.</param>
    /// <param name="request">The request.</param>
    /// <param name="isCostly">True when a short response is computed from many records.</param>
    public static long Of(OperationShape shape, ResponseFormat format, HttpRequest request, bool isCostly)
    {
        var body = request.ContentLength ?? (HasBody(request) ? UnknownLength : 0);
        var work = shape.Kind switch
        {
            OperationKind.Ask => 10 + (body / QueryBytes),
            _ when IsHeavy(shape, format) => FirstPart,
            _ when isCostly => ComputedPage,
            OperationKind.Get or OperationKind.Answer => 1,
            OperationKind.List or OperationKind.Feed or OperationKind.Stream => 4,
            _ => 10 + (body / BodyBytes),
        };
        return work + ((request.QueryString.Value?.Length ?? 0) / QueryBytes);
    }

    private static bool HasBody(HttpRequest request) =>
        request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true };

    /// <summary>True for work that would slow down the other callers if much of it went on at the same time.</summary>
    public static bool IsHeavy(OperationShape shape, ResponseFormat format) =>
        shape.Kind == OperationKind.Ask || (format.IsWhole && format != ResponseFormat.EventStream);
}
