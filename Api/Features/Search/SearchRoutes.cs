using Registry.Api.Features.Changes;
using Registry.Api.Http;
using Registry.Infrastructure.Search;

namespace Registry.Api.Features.Search;

/// <summary>The addresses of search, matching and reconciliation.</summary>
internal static class SearchRoutes
{
    public static void MapSearch(this IEndpointRouteBuilder v1)
    {
        var search = v1.MapGroup("").WithTags("Search");
        search.MapAnswer<SearchNames, SearchAnswer>("/search");
        search.MapAsk<MatchNames, MatchAnswer>("/match");

        search.MapAnswer<GetReconciliationService, ServiceManifest, Reconciliation>(
            "/reconcile",
            given => new ReconciliationAnswer(given)
        );
        search.MapAsk<ReconcileNames, IReadOnlyDictionary<string, ReconciliationResults>, Reconciliation>(
            "/reconcile",
            given => new ReconciliationAnswer(given)
        );
        search.MapAnswer<SuggestEntities, SuggestedEntities>("/reconcile/suggest");

        // For people who follow a link out of their table; whoever writes a client has the address from the id itself.
        search.MapMethods("/reconcile/view", Endpoints.ReadMethods, View).ExcludeFromDescription();
    }

    private static IResult View(HttpRequest request) =>
        request.Query["id"] is [{ } id]
        && id.Split('/', 2) is [var collection, var rest]
        && SearchReads.Collections.Contains(collection, StringComparer.Ordinal)
        && rest.Length > 0
        && rest.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '.' or '/')
            ? Results.Redirect($"{request.PathBase}{ChangeRoutes.AddressOf(collection, rest)}")
            : Results.NotFound();
}
