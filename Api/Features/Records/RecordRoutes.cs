using Registry.Api.Http.Lists;
using Registry.Api.Routing;
using Registry.Infrastructure.Records.Models;

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
    public static void MapRecords<TModel>(
        this IEndpointRouteBuilder routes,
        RecordResource resource,
        bool creates = true
    )
        where TModel : RecordModel
    {
        if (creates)
        {
            routes.MapCreate<CreateRecord<TModel>, TModel>(
                resource.CollectionPath,
                resource.AddressOf,
                resource: resource
            );
        }

        if (resource.Formats.Count == 1)
        {
            routes.MapRecord<GetRecord<TModel>, TModel>(resource);
        }
        else
        {
            routes.MapRecord<GetFormattedRecord<TModel>, TModel>(resource);
        }

        routes.MapReplace<ReplaceRecord<TModel>, TModel>(resource);
        routes.MapCorrect<CorrectRecord<TModel>, TModel>(resource.Path, resource);
        routes.MapDelete<DeleteRecord<TModel>>(resource.Path, resource);
        routes.MapRestore<RestoreRecord<TModel>, TModel>(resource);
        routes.MapList<ListRecordHistory<TModel>, RecordedVersion>($"{resource.Path}/history", resource);
    }
}
