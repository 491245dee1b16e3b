using Registry.Api.Contract.Examples;
using Registry.Api.Features.Records;
using Registry.Api.Routing;
using Registry.Infrastructure.Provenance;
using Registry.Infrastructure.Records.Models;

namespace Registry.Api.Features.Provenance;

/// <summary>Maps the operations on sources and claims.</summary>
internal static class ProvenanceRoutes
{
    private static readonly RecordResource Sources = new(SourceStore.Kind)
    {
        Tag = "Sources",
        Description = "Publications, registers and data sets that facts and claims rest on.",
        Examples = ProvenanceExamples.Sources,
    };

    private static readonly RecordResource Claims = new(ClaimStore.Kind)
    {
        Tag = "Claims",
        Description = "The values that sources give to fields of records, whether or not the records agree.",
        Examples = ProvenanceExamples.Claims,
    };

    public static void MapProvenance(this IEndpointRouteBuilder v1)
    {
        var sources = v1.MapGroup("").WithTags(Sources.Tag);
        sources.MapList<ListSources, SourceModel>("/sources");
        sources.MapRecords<SourceModel>(Sources);
        sources.MapList<ListSourceCitations, CitingRecordModel>("/sources/{id}/citations");

        var claims = v1.MapGroup("").WithTags(Claims.Tag);
        claims.MapList<ListClaims, ClaimModel>("/claims");
        claims.MapRecords<ClaimModel>(Claims);
        claims.MapCreate<PreferClaim, ClaimModel>("/claims/{id}/preference", Claims.AddressOf, OperationKind.Step);
    }
}
