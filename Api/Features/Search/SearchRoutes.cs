using Registry.Api.Features.Changes;
using Registry.Api.Routing;
using Registry.Infrastructure.Records.Reading;
using Registry.Infrastructure.Search;

namespace Registry.Api.Features.Search;

/// <summary>Maps search, matching and reconciliation.</summary>
internal static class SearchRoutes
{
    public static void MapSearch(this IEndpointRouteBuilder v1)
    {
        var search = v1.MapGroup("").WithTags("Search");
        search.MapAnswer<SearchNames, SearchAnswer>("/search");
        search.MapAsk<MatchNames, MatchAnswer>("/match");

        search.MapAnswer<GetReconciliationService, ReconciliationService, Reconciliation>(
            "/reconcile",
            given => new ReconciliationAnswer(given)
        );
        search.MapAsk<ReconcileNames, ReconciliationBatch, Reconciliation>(
            "/reconcile",
            given => new ReconciliationAnswer(given)
        );
        search.MapAnswer<SuggestEntities, SuggestedEntities>("/reconcile/suggest");
        search.MapAnswer<SuggestProperties, SuggestedProperties>("/reconcile/suggest/property");
        search.MapAnswer<SuggestTypes, SuggestedTypes>("/reconcile/suggest/type");
        search.MapAnswer<ProposeProperties, ProposedProperties>("/reconcile/properties");

        // Pages for people who follow a link from their table or look at the preview of a record. They are not operations of
        // the contract: a client can derive the address of a record from its id.
        search.MapPage("/reconcile/view", View);
        search.MapPage("/reconcile/preview", PreviewAsync);
    }

    private static IResult View(HttpContext context) =>
        NamedIn(context.Request) is { } name
            ? Results.Redirect($"{context.Request.PathBase}{ChangeRoutes.AddressOf(name.Collection, name.Id)}")
            : Results.NotFound();

    private static async Task<IResult> PreviewAsync(HttpContext context)
    {
        var records = context.RequestServices.GetRequiredService<Inclusions>();
        var found = NamedIn(context.Request) is { } name
            ? await records.ReadAsync([name], null, context.RequestAborted)
            : [];
        context.Response.Headers.ContentSecurityPolicy = EntityPreview.Policy;
        return found is [var (which, record)]
            ? Results.Text(EntityPreview.Of(which, record, context.Request.PathBase), "text/html; charset=utf-8")
            : Results.NotFound();
    }

    private static RecordName? NamedIn(HttpRequest request) =>
        request.Query["id"] is [{ } id]
        && id.Split('/', 2) is [var collection, { Length: > 0 } rest]
        && SearchReads.Collections.Contains(collection, StringComparer.Ordinal)
        && rest.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '.' or '/')
            ? new RecordName(collection, rest)
            : null;
}
