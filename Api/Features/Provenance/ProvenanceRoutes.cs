using Registry.Api.Http;
using Registry.Infrastructure.Provenance;
using Registry.Infrastructure.Records;

namespace Registry.Api.Features.Provenance;

/// <summary>The addresses of sources and claims.</summary>
internal static class ProvenanceRoutes
{
    public static void MapProvenance(this IEndpointRouteBuilder v1)
    {
        var sources = v1.MapGroup("/sources").WithTags("Sources");
        sources.MapList<ListSources, SourceDocument>("");
        sources.MapCreate<CreateSource, SourceDocument>("", SourceAt);
        sources.MapRecord<GetSource, SourceDocument>("/{id}");
        sources.MapReplace<ReplaceSource, SourceDocument>("/{id}", SourceAt);
        sources.MapCorrect<CorrectSource, SourceDocument>("/{id}");
        sources.MapDelete<DeleteSource>("/{id}");
        sources.MapRestore<RestoreSource, SourceDocument>("/{id}", SourceAt);
        sources.MapList<ListSourceHistory, RecordedVersion>("/{id}/history");
        sources.MapList<ListSourceCitations, CitingRecordDocument>("/{id}/citations");

        var claims = v1.MapGroup("/claims").WithTags("Claims");
        claims.MapList<ListClaims, ClaimDocument>("");
        claims.MapCreate<CreateClaim, ClaimDocument>("", ClaimAt);
        claims.MapRecord<GetClaim, ClaimDocument>("/{id}");
        claims.MapReplace<ReplaceClaim, ClaimDocument>("/{id}", ClaimAt);
        claims.MapCorrect<CorrectClaim, ClaimDocument>("/{id}");
        claims.MapDelete<DeleteClaim>("/{id}");
        claims.MapRestore<RestoreClaim, ClaimDocument>("/{id}", ClaimAt);
        claims.MapList<ListClaimHistory, RecordedVersion>("/{id}/history");
        claims.MapCreate<PreferClaim, ClaimDocument>("/{id}/preference", ClaimAt, OperationKind.Step);
    }

    private static string SourceAt(StoredRecord stored) => $"/v1/sources/{stored.Id}";

    private static string ClaimAt(StoredRecord stored) => $"/v1/claims/{stored.Id}";
}
