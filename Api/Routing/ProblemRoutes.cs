using System.Net;
using Registry.Api.Http.Problems;
using Registry.Domain;

namespace Registry.Api.Routing;

/// <summary>Maps the pages that explain the problem types.</summary>
internal static class ProblemRoutes
{
    private const string CacheControl = "public, max-age=3600";

    public static void MapProblems(this IEndpointRouteBuilder app)
    {
        app.MapPage("/problems", context => Overview(context.Request.PathBase), CacheControl);
        app.MapPage(
            "/problems/{code}",
            context => Explain(context.Request.PathBase, (string)context.Request.RouteValues["code"]!),
            CacheControl
        );
    }

    private static IResult Overview(PathString root) =>
        Page(
            "Problems",
            string.Concat(ProblemTypes.All.Select(type => $"<h2 id=\"{type.Code}\">{Line(root, type)}</h2>"))
        );

    private static IResult Explain(PathString root, string code) =>
        ProblemTypes.Find(code) is { } type
            ? Page(type.Title, $"<p>{Line(root, type)}</p><p>{WebUtility.HtmlEncode(type.Explanation)}</p>")
            : throw new NotFoundException("type of problem", code);

    private static string Line(PathString root, ProblemType type) =>
        $"<a href=\"{root}{type.Address}\"><code>{type.Code}</code></a> ({type.Status})";

    private static IResult Page(string title, string body) =>
        Results.Content(
            $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{WebUtility.HtmlEncode(title)}</title></head>"
                + $"<body><h1>{WebUtility.HtmlEncode(title)}</h1>{body}</body></html>",
            "text/html; charset=utf-8"
        );
}
