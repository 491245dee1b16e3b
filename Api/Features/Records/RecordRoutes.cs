using Registry.Api.Http.Lists;
using Registry.Api.Routing;
using Registry.Infrastructure.Records.Documents;

namespace Registry.Api.Features.Records;

/// <summary>Maps the standard operations of a collection.</summary>
internal static class RecordRoutes
{
    /// <summary>
    /// Maps the standard operations on the records of a collection: create, get, replace, correct, delete, restore and
    /// history. The list, which has its own filters, and the creation of records under another record are mapped separately.
    /// </summary>
    /// <param name="routes">The group of /v1, with the tag of the collection.</param>
    /// <param name="resource">The collection.</param>
    /// <param name="creates">False when records are created under another record.</param>
    public static void MapRecords<TDocument>(
        this IEndpointRouteBuilder routes,
        RecordResource resource,
        bool creates = true
    )
        where TDocument : RecordDocument
    {
        if (creates)
        {
            routes.MapCreate<CreateRecord<TDocument>, TDocument>(
                resource.CollectionPath,
                resource.AddressOf,
                resource: resource
            );
        }

        if (resource.Formats.Count == 1)
        {
            routes.MapRecord<GetRecord<TDocument>, TDocument>(resource);
        }
        else
        {
            routes.MapRecord<GetFormattedRecord<TDocument>, TDocument>(resource);
        }

        routes.MapReplace<ReplaceRecord<TDocument>, TDocument>(resource);
        routes.MapCorrect<CorrectRecord<TDocument>, TDocument>(resource.Path, resource);
        routes.MapDelete<DeleteRecord<TDocument>>(resource.Path, resource);
        routes.MapRestore<RestoreRecord<TDocument>, TDocument>(resource);
        routes.MapList<ListRecordHistory<TDocument>, RecordedVersion>($"{resource.Path}/history", resource);
    }
}
